"""Which links a browser came in by: told by a signed cookie that opens these things only.

It is no session of the newsroom and knows no account. Whether a link still opens something is
asked of the link itself at every request, so that a revoked one is shut at once.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.accounts.signing_in.sessions import ON_SHARED_SCREEN, is_shared
from cms.links.models import PersonalLink

SALT = "plein.link"
KEPT_SECONDS = 60 * 24 * 3600
MOST = 8
"""Links in one browser at once; the oldest makes room."""


def link_of(request: HttpRequest, purpose: str, thing: UUID | None = None) -> PersonalLink | None:
    """Return the open link of this purpose that the browser came in by last, if any.

    Args:
        request: Of anybody, signed in or not.
        purpose: The word of a registered purpose.
        thing: What it has to open; a page about one thing always says which.
    """
    held = _held(request)
    if not held:
        return None
    links = PersonalLink.objects.open().filter(public_id__in=held, purpose=purpose)
    if thing is not None:
        links = links.filter(thing=thing)
    found = {str(link.public_id): link for link in links.select_related("user", "person")}
    return next((found[one] for one in held if one in found), None)


def was_let_in(request: HttpRequest, thing: UUID) -> bool:
    """Say whether this browser came in to a thing by any link, even one that opens it no longer."""
    held = _held(request)
    return bool(held) and PersonalLink.objects.filter(public_id__in=held, thing=thing).exists()


def remember(link: PersonalLink, request: HttpRequest, response: HttpResponse) -> None:
    """Let this browser in by a link from now on, for as long as the link is good."""
    mine = str(link.public_id)
    held = [mine, *(one for one in _held(request) if one != mine)][:MOST]
    _set(held, request, response)


def forget(link: PersonalLink, request: HttpRequest, response: HttpResponse) -> None:
    """Let this browser in by a link no longer, on a screen that others use as well."""
    held = [one for one in _held(request) if one != str(link.public_id)]
    if held:
        _set(held, request, response)
    else:
        response.delete_cookie(settings.PLEIN_LINK_COOKIE, samesite="Lax")


def mark_used(link: PersonalLink) -> None:
    """Keep the moment of the first act by a link."""
    if link.first_used_at is None:
        now = timezone.now()
        PersonalLink.objects.filter(pk=link.pk, first_used_at=None).update(first_used_at=now)
        link.first_used_at = now


def _set(held: list[str], request: HttpRequest, response: HttpResponse) -> None:
    shared = int(ON_SHARED_SCREEN.total_seconds())
    # `__Host-`, which keeps other hosts from setting it, allows no path but the whole hub's.
    response.set_cookie(
        settings.PLEIN_LINK_COOKIE,
        signing.dumps(held, salt=SALT),
        max_age=shared if is_shared(request) else KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _held(request: HttpRequest) -> list[str]:
    """Return the links of this browser, newest first; whatever is not ours counts as none."""
    value = request.COOKIES.get(settings.PLEIN_LINK_COOKIE, "")
    try:
        held = signing.loads(value, salt=SALT, max_age=KEPT_SECONDS)
    except (signing.BadSignature, ValueError):
        return []
    return [str(one) for one in held][:MOST] if isinstance(held, list) else []
