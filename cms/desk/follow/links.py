"""Personal links by which a calendar or a feed reader reads for somebody, without signing in."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.core.languages import Language
from cms.core.public_ids import new_public_id
from cms.links import keys
from cms.links.actions import revoke
from cms.links.models import PersonalLink
from cms.links.purposes import Purpose, register
from cms.stories.models import Rubric

FOLLOW = "follow"
KEPT = timedelta(days=366)
MOST = 10
"""Links of one person at once: a phone, a laptop, and then somebody lost count."""
AGENDA, ATOM, JSON_FEED = "agenda.ics", "feed.atom", "feed.json"


@dataclass(frozen=True)
class Ways:
    """The whole addresses of what can be followed, of the hub or of one rubric."""

    title: str
    agenda: str
    atom: str
    json_feed: str

    @property
    def agenda_app(self) -> str:
        """The address by which a device opens its own calendar."""
        return urlunsplit(urlsplit(self.agenda)._replace(scheme="webcal"))


class TooManyLinksError(Exception):
    """This person has as many links as one person can use."""


def register_purpose() -> None:
    register(Purpose(FOLLOW, leads_to=lambda _link: reverse("follow:follow"), kept=KEPT))


def links_of(user: User) -> QuerySet[PersonalLink]:
    """Return the links by which something reads for this person now, the newest first."""
    return PersonalLink.objects.open().filter(user=user, purpose=FOLLOW).order_by("-pk")


@transaction.atomic
def add_link(user: User, *, used_for: str, language: str = Language.DUTCH) -> str:
    """Make one more link and return its key, which can't be shown again.

    Args:
        user: Whose it is; it opens what she may read, for as long as she may.
        used_for: In her own words: 'Outlook', 'my phone'.
        language: Of her own pages.

    Raises:
        TooManyLinksError: She has the most that one person can have.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if links_of(user).count() >= MOST:
        raise TooManyLinksError
    link = PersonalLink.objects.create(
        purpose=FOLLOW,
        thing=new_public_id(),
        name=used_for[:120],
        user=user,
        language=language,
        made_by=user,
        expires_at=timezone.now() + KEPT,
    )
    return keys.add_key(link)


def end_link(user: User, public_id: str) -> bool:
    """Let one of her own links open nothing any more; say whether there was such a one."""
    link = links_of(user).filter(public_id=public_id).first()
    if link is not None:
        revoke(link, by=user)
    return link is not None


def ways_by(key: str) -> list[Ways]:
    """Return what can be followed with this key: the whole hub first, then each rubric."""
    rubrics = Rubric.objects.live().order_by("path").values_list("title", "slug")
    return [_ways(key, "", ""), *(_ways(key, title, f"{slug}/") for title, slug in rubrics)]


def _ways(key: str, title: str, folder: str) -> Ways:
    start = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/f/{key}/{folder}"
    return Ways(title, *(f"{start}{file}" for file in (AGENDA, ATOM, JSON_FEED)))
