"""From what a provider says of somebody to their account here."""

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import Q

from cms.accounts.models import ActivationCode, Department, Location, OrganisationIdentity, User
from cms.accounts.provider import LinkBy, Provider
from cms.accounts.signing_in import second_factor
from cms.accounts.signing_in.organisation import RefusedError

logger = logging.getLogger(__name__)


class NoAccountError(RefusedError):
    """Known to the organisation, not to this hub."""


class ClosedError(RefusedError):
    """The account here was closed."""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What we read of the claims; everything else the provider says is dropped here."""

    issuer: str
    subject: str
    username: str
    first_name: str
    last_name: str
    email: str
    is_email_verified: bool
    number: str
    department: str
    location: str
    groups: frozenset[str]


def read_claims(claims: Mapping[str, Any], provider: Provider) -> Claimed:
    """Take what we know the meaning of, each no longer than we keep it."""
    names = provider.claims
    email = _text(claims, "email", most=254)
    return Claimed(
        issuer=provider.issuer,
        subject=_subject(claims),
        username=_text(claims, "preferred_username", most=140),
        first_name=_text(claims, "given_name", most=150),
        last_name=_text(claims, "family_name", most=150) or _text(claims, "name", most=150),
        email=email if _is_address(email) else "",
        is_email_verified=provider.trusts_email or claims.get("email_verified") is True,
        number=_text(claims, names.number, most=40),
        department=_text(claims, names.department, most=100),
        location=_text(claims, names.location, most=100),
        groups=_groups(claims, names.groups),
    )


def account_of(claimed: Claimed, provider: Provider) -> User:
    """Return the account of this person, linked or made the first time, brought up to date.

    An account once linked belongs to its subject for good: another subject with the same e-mail
    address or number never gets it.

    Raises:
        NoAccountError: There is none, and this provider makes none.
        ClosedError: There is one, and it was closed.
        RefusedError: Their number belongs to somebody else.
    """
    with transaction.atomic():
        known = OrganisationIdentity.objects.select_for_update().select_related("user")
        identity = known.filter(issuer=claimed.issuer, subject=claimed.subject).first()
        user = identity.user if identity else _linked(claimed, provider)
        if not user.is_active:
            raise ClosedError
        _bring_up_to_date(user, claimed, provider)
    return user


def _linked(claimed: Claimed, provider: Provider) -> User:
    user = _waiting(claimed, provider)
    if user is None:
        user = _made(claimed, provider)
    else:
        _shut_out_others(user)
    OrganisationIdentity.objects.create(user=user, issuer=claimed.issuer, subject=claimed.subject)
    return user


def _waiting(claimed: Claimed, provider: Provider) -> User | None:
    """Return the one account that waits for this person; a superuser's never does."""
    found = User.objects.none()
    if provider.link_by is LinkBy.NUMBER and claimed.number:
        found = User.objects.filter(personnel_number=claimed.number)
    elif provider.link_by is LinkBy.EMAIL and claimed.email and claimed.is_email_verified:
        found = User.objects.filter(email__iexact=claimed.email)
    people = list(found.exclude(username=settings.PLEIN_PRESS_ACCOUNT)[:2])
    if len(people) != 1:
        return None
    (user,) = people
    is_taken = user.identities.filter(issuer=claimed.issuer).exists()
    if is_taken:
        logger.warning("Another subject came with the e-mail or number of account %s", user.pk)
    return None if is_taken or user.is_superuser else user


def _shut_out_others(user: User) -> None:
    """From here on the organisation says who it is, not a password that somebody else may know.

    Whoever can choose the e-mail address of an account could otherwise lie in wait in it for a
    colleague with more rights.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    second_factor.remove(user)
    ActivationCode.objects.filter(user=user).delete()


def _made(claimed: Claimed, provider: Provider) -> User:
    if not provider.makes_accounts:
        raise NoAccountError
    if claimed.number and _is_name_taken(claimed.number):
        message = "The number is somebody else's."
        raise RefusedError(message)
    user = User(username=_free_name(claimed), personnel_number=claimed.number or None)
    user.set_unusable_password()
    user.save()
    return user


def _bring_up_to_date(user: User, claimed: Claimed, provider: Provider) -> None:
    """Let what the provider says win; what it leaves out stays as it is, but for groups."""
    told = {
        "first_name": claimed.first_name,
        "last_name": claimed.last_name,
        "email": claimed.email,
        "department": _named(Department, claimed.department),
        "location": _named(Location, claimed.location),
    }
    for name, value in told.items():
        if value:
            setattr(user, name, value)
    user.save()
    ours = set(provider.groups.values())
    wanted = {provider.groups[theirs] for theirs in claimed.groups & provider.groups.keys()}
    user.groups.remove(*Group.objects.filter(name__in=ours - wanted))
    user.groups.add(*Group.objects.filter(name__in=wanted))


def _named[M: (Department, Location)](model: type[M], name: str) -> M | None:
    if not name:
        return None
    known = model._default_manager.filter(name__iexact=name).first()  # noqa: SLF001 - of any model
    return known or model._default_manager.create(name=name)  # noqa: SLF001


def _free_name(claimed: Claimed) -> str:
    """Return a user name nobody has, and that is nobody's number."""
    digest = hashlib.sha256(f"{claimed.issuer}\n{claimed.subject}".encode()).hexdigest()
    wished = re.sub(r"[^\w.@+-]", "", claimed.username) or f"colleague-{digest[:8]}"
    return f"{wished}-{digest[:8]}" if _is_name_taken(wished) else wished


def _is_name_taken(name: str) -> bool:
    same: models.Q = Q(username__iexact=name) | Q(personnel_number=name)
    return User.objects.filter(same).exists()


def _subject(claims: Mapping[str, Any]) -> str:
    """Return the subject whole: one that was cut off could be somebody else's."""
    subject = claims.get("sub")
    if isinstance(subject, str) and 0 < len(subject) <= 255:  # noqa: PLR2004 - as wide as the column
        return subject
    message = "The subject is no text of at most 255 characters."
    raise RefusedError(message)


def _text(claims: Mapping[str, Any], name: str, *, most: int) -> str:
    value = claims.get(name) if name else None
    if not isinstance(value, str):
        return ""
    return "".join(sign for sign in value if sign.isprintable()).strip()[:most]


def _groups(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    value = claims.get(name) if name else None
    told = [value] if isinstance(value, str) else value
    if name in (claims.get("_claim_names") or {}):
        # Entra ID leaves the list out where somebody is in more than 200 groups.
        logger.warning("The provider left out the groups: limit them to those of this application.")
    return frozenset(str(one) for one in told) if isinstance(told, list) else frozenset()


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
