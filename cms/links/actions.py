"""Personal links: made, found again, renewed and revoked.

A page that may be opened by link asks `cms.links.visits.link_of`.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import Person, User
from cms.core.languages import Language
from cms.core.security_log import note
from cms.links import keys
from cms.links.models import PersonalLink
from cms.links.purposes import purpose_of

DOOR = "way_in"
"""The name of the address that links lead to."""


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """For whom a link is; nobody else should have it.

    Attributes:
        name: How the pages call her.
        email: Where a mail with the link goes, a new one as well; empty where she has none.
        phone: As it was given, for who sends the text message.
    """

    name: str
    user: User | None = None
    person: Person | None = None
    email: str = ""
    phone: str = ""
    language: str = Language.DUTCH


@transaction.atomic
def make_link(
    purpose: str,
    thing: UUID,
    *,
    bearer: Bearer,
    by: User | None,
    until: datetime | None = None,
) -> tuple[PersonalLink, str]:
    """Return a link to exactly one thing and its whole address, which can't be shown again.

    The link that this bearer has to this thing for this purpose already is used again, and stays
    good for as long as it was: then only the address is new.

    Args:
        purpose: The word of a registered purpose.
        thing: The public id of what it opens.
        bearer: For whom it is. Who has the same account, person, or else name and address, is
            the same bearer.
        by: Who gives it; None where Plein itself does.
        until: When it stops working; else the purpose says.

    Raises:
        LookupError: Nobody registered this purpose.
    """
    known = purpose_of(purpose)
    expires_at = until or timezone.now() + known.kept
    link = _known_of(purpose, thing, bearer)
    if link is None:
        link = PersonalLink.objects.create(
            purpose=purpose,
            thing=thing,
            name=bearer.name[:120],
            user=bearer.user,
            person=bearer.person,
            email=bearer.email,
            phone=bearer.phone[:40],
            language=bearer.language,
            made_by=by,
            expires_at=expires_at,
        )
    else:
        link.expires_at = max(link.expires_at, expires_at)
        link.email, link.phone = bearer.email or link.email, bearer.phone[:40] or link.phone
        link.save(update_fields=["expires_at", "email", "phone"])
    return link, another_url(link)


def another_url(link: PersonalLink) -> str:
    """Return one more whole address of a link; those before it stay good."""
    # Behind a question mark, because that part of an address stands in no log of ours.
    asked = urlencode({"k": keys.add_key(link)})
    return f"{door_address()}?{asked}"


def make_code(link: PersonalLink) -> str:
    """Return a code for paper, XXXXX-XXXXX, good once and for two weeks at most."""
    return keys.add_code(link)


def door_address() -> str:
    """Return the whole address where links lead to and codes are typed."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(DOOR)


def revoke(link: PersonalLink, *, by: User | None) -> None:
    """Let a link open nothing from this moment on, also where it is open now."""
    _revoke(PersonalLink.objects.filter(pk=link.pk), by=by)
    link.refresh_from_db(fields=["revoked_at"])


def revoke_all(thing: UUID, *, purpose: str, by: User | None, but: User | None = None) -> None:
    """Revoke every link to a thing for a purpose, but those of one account."""
    links = PersonalLink.objects.to(thing, purpose=purpose)
    _revoke(links.exclude(user=but) if but else links, by=by)


def renew(link: PersonalLink) -> str | None:
    """Return a new address for a link whose time is over; None for one that was revoked."""
    if link.revoked_at is not None or (link.user is not None and not link.user.is_active):
        return None
    kept_until = timezone.now() + purpose_of(link.purpose).kept
    PersonalLink.objects.filter(pk=link.pk, expires_at__lt=kept_until).update(expires_at=kept_until)
    return another_url(link)


def _known_of(purpose: str, thing: UUID, bearer: Bearer) -> PersonalLink | None:
    links = PersonalLink.objects.open().to(thing, purpose=purpose).order_by("-pk")
    if bearer.user is not None:
        return links.filter(user=bearer.user).first()
    if bearer.person is not None:
        return links.filter(user=None, person=bearer.person).first()
    named = links.filter(user=None, person=None, name=bearer.name[:120])
    return named.filter(email=bearer.email, phone=bearer.phone[:40]).first()


def _revoke(links: QuerySet[PersonalLink], *, by: User | None) -> None:
    gone = links.filter(revoked_at=None).update(revoked_at=timezone.now())
    if gone:
        note("link revoked", by=by.get_username() if by else "", what=f"{gone} links")
