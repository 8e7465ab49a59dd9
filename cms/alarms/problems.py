"""What can be wrong: the kinds of problems, who answers for each, and how long it may last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

type Facts = Mapping[str, str | int]


class Kind(TextChoices):
    """Every kind of problem that Plein notices by itself."""

    PUBLICATION = "publication", _("An item did not go live")
    OVERDUE = "overdue", _("An item is late")
    NOT_PRINTED = "not-printed", _("Something is not on the hub yet")
    LEFT_OUT = "left-out", _("An item could not be printed")
    PICTURE = "picture", _("A picture is missing")
    EMERGENCY = "emergency", _("An emergency message waits for a second person")
    TAKEN_DOWN = "taken-down", _("An emergency message was taken offline")
    SIZES = "sizes", _("A picture can't be made ready")
    PAGE = "page", _("A hand-kept page is left out")
    FEED = "feed", _("The press can't reach the newsroom")
    BUILD = "build", _("The hub can't be printed")
    SEARCH = "search", _("Search is behind")
    RECEIPT = "receipt", _("Receipts don't arrive")
    REMOVAL = "removal", _("What was taken offline is not removed yet")
    UPKEEP = "upkeep", _("Old releases can't be tidied up")
    PART = "part", _("A part of Plein stands still")
    DISK = "disk", _("The disk is nearly full")
    DATABASE = "database", _("Nothing can be saved")
    MAIL = "mail", _("Mail can't be sent")

    @property
    def is_of_machines(self) -> bool:
        """Administrators answer for it; for everything else community managers do."""
        return self in {
            *(Kind.PAGE, Kind.FEED, Kind.BUILD, Kind.RECEIPT, Kind.REMOVAL, Kind.UPKEEP),
            *(Kind.PART, Kind.DISK, Kind.DATABASE, Kind.MAIL, Kind.SEARCH),
        }

    @property
    def patience(self) -> timedelta:
        """How long it may last before somebody is called: what restarts by itself is no news."""
        if self == Kind.EMERGENCY:
            # Who can say yes was written to at once; everybody hears it while there is still time.
            return timedelta(minutes=20)
        return timedelta(seconds=15) if self in RESTARTING else timedelta()


RESTARTING = frozenset(
    {
        *(Kind.NOT_PRINTED, Kind.FEED, Kind.BUILD, Kind.RECEIPT, Kind.UPKEEP, Kind.PART),
        *(Kind.PICTURE, Kind.SEARCH),
    }
)


@dataclass(frozen=True)
class Problem:
    """Something that is wrong now.

    Attributes:
        kind: What sort of thing.
        about: Which one of that kind; empty where there can be only one.
        facts: What its words are made of; plain values, because they are kept.
        page_id: The item that it is about, whose approvers are called too.
    """

    kind: Kind
    about: str = ""
    facts: Facts = field(default_factory=dict)
    page_id: int | None = None

    @property
    def key(self) -> str:
        """The same problem has the same key for as long as it lasts."""
        return f"{self.kind}:{self.about}"
