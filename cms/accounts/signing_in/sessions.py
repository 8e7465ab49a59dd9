"""Sessions: how long one lasts, what is known of how it began, and how all of them end."""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.accounts import roles
from cms.accounts.models import OrganisationSession, User
from cms.accounts.proxies import address_of, is_in
from cms.accounts.signing_in.session_store import end_within

BACKEND = "cms.accounts.backends.NameOrNumber"
LONG = timedelta(days=90)
LONG_IN_NEWSROOM = timedelta(days=14)
ON_SHARED_SCREEN = timedelta(minutes=30)
UNTIL_CLOSED = 0
"""Until the browser is closed, and never longer than `SESSION_COOKIE_AGE`."""

_HOW, _FACTOR, _STAYS = "plein_how", "plein_second_factor", "plein_stays"
_SHARED_SALT, _OWN_SALT = "plein.shared-screen", "plein.own-device"
_MARK_SECONDS = 400 * 24 * 3600  # browsers keep no cookie longer


class How(StrEnum):
    """Who said that it is really them."""

    PASSWORD = "password"  # noqa: S105 - a way, not a password
    ORGANISATION = "organisation"


def start(
    request: HttpRequest, user: User, *, how: How, stays: bool = False, factor: bool = False
) -> None:
    """Begin a session under a new key, as long as this person and this screen may have."""
    before = request.session.session_key
    login(request, user, backend=BACKEND)
    _follow(request, before)
    request.session[_HOW] = how.value
    request.session[_FACTOR] = factor
    request.session[_STAYS] = stays
    seconds = _seconds(request, user, stays=stays)
    request.session.set_expiry(seconds)
    longest = _longest(how) if seconds == UNTIL_CLOSED else timedelta(seconds=seconds)
    end_within(request.session, longest)


def _follow(request: HttpRequest, before: str | None) -> None:
    """Let what is known of the session that the organisation began go on under its new key."""
    known = OrganisationSession.objects.filter(session_key=before or "")
    if known.exists():
        if request.session.session_key is None:
            request.session.save()
        known.update(session_key=request.session.session_key)


def renew(request: HttpRequest, user: User, *, factor: bool) -> None:
    """Begin anew after what ended all sessions of this account, but not for who did it."""
    stays = bool(request.session.get(_STAYS))
    start(request, user, how=began_with(request), stays=stays, factor=factor)


def _seconds(request: HttpRequest, user: User, *, stays: bool) -> int:
    if is_shared(request):
        return int(ON_SHARED_SCREEN.total_seconds())
    if not stays:
        return UNTIL_CLOSED
    longest = LONG_IN_NEWSROOM if roles.may_enter_newsroom(user) else LONG
    return int(longest.total_seconds())


def _longest(how: How) -> timedelta:
    """Return how long a session lasts in a browser that is never closed."""
    if how is How.ORGANISATION and settings.PLEIN_PROVIDER:
        return timedelta(hours=settings.PLEIN_PROVIDER.hours)
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def began_with(request: HttpRequest) -> How:
    """Return how this session began; a password where nothing says otherwise."""
    return How(request.session.get(_HOW, How.PASSWORD))


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether more than a password opened this session."""
    return bool(request.session.get(_FACTOR)) or began_with(request) is How.ORGANISATION


def end_sessions_of(user: User) -> None:
    """End every session of this account, wherever it is; the next request finds it gone."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


def is_shared(request: HttpRequest) -> bool:
    """Say whether this screen is used by several people, by its own mark or its network."""
    address = address_of(str(request.META.get("REMOTE_ADDR", "")))
    if address is not None and is_in(address, settings.PLEIN_SHARED_NETWORKS):
        return True
    mark = request.COOKIES.get(settings.PLEIN_SHARED_SCREEN_COOKIE, "")
    try:
        signing.loads(mark, salt=_SHARED_SALT, max_age=_MARK_SECONDS)
    except signing.BadSignature:
        return False
    return True


def mark_shared(response: HttpResponse, *, shared: bool) -> None:
    """Mark this screen as used by several people, or as somebody's own again."""
    name = settings.PLEIN_SHARED_SCREEN_COOKIE
    if not shared:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        signing.dumps("shared", salt=_SHARED_SALT),
        max_age=_MARK_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_own(request: HttpRequest, user: User) -> bool:
    """Say whether this device is this person's own, so that what she reads may be kept on it."""
    held = request.COOKIES.get(settings.PLEIN_OWN_DEVICE_COOKIE, "")
    return constant_time_compare(held, _owner(user)) and not is_shared(request)


def mark_own(response: HttpResponse, user: User | None) -> None:
    """Let the hub's pages keep themselves on this device for one person; None is for nobody.

    It opens nothing; `offline.js` looks whether it is there, so scripts may.
    """
    name = settings.PLEIN_OWN_DEVICE_COOKIE
    if user is None:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        _owner(user),
        max_age=_MARK_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _owner(user: User) -> str:
    return salted_hmac(_OWN_SALT, str(user.pk), algorithm="sha256").hexdigest()
