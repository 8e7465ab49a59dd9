"""What failed, and whether all is well otherwise."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from mailer.models import Message

from cms.publishing.models import Publication, Release


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong, and where to mend it."""

    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Health:
    """What the press reported last."""

    number: int | None = None
    since: datetime | None = None
    pages: int = 0


def faults_and_health() -> tuple[list[Fault], Health]:
    """Return what is wrong and what is live, in three queries."""
    release = Release.objects.first()
    faults = [*_failed(), *_left_out(release), *_mail()]
    if release is None:
        return faults, Health()
    return faults, Health(release.number, release.activated_at, release.pages)


def _failed() -> list[Fault]:
    newer = Publication.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    failed = (
        Publication.objects.filter(
            Q(state=Publication.State.FAILED)
            | Q(state=Publication.State.SCHEDULED) & ~Q(failure=""),
            ~Exists(newer),
            page__isnull=False,
        )
        .select_related("page")
        .order_by("due_at")
    )
    return [
        Fault(
            _("‘%(title)s’ did not go live: %(failure)s")
            % {"title": one.page.draft_title, "failure": one.failure},
            reverse("desk:moment", args=[one.page_id]),
        )
        for one in failed
        if one.page
    ]


def _left_out(release: Release | None) -> list[Fault]:
    number = len(release.set_aside) if release else 0
    if not number:
        return []
    sentence = ngettext(
        "%(number)s item is not in the newest release: the press could not print it.",
        "%(number)s items are not in the newest release: the press could not print them.",
        number,
    )
    return [Fault(sentence % {"number": number})]


def _mail() -> list[Fault]:
    number = Message.objects.deferred().count()
    if not number:
        return []
    sentence = ngettext(
        "%(number)s mail could not be sent yet.", "%(number)s mails could not be sent yet.", number
    )
    return [Fault(sentence % {"number": number})]
