"""What every page at the door has: nothing of it is stored, framed or scripted."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters

from cms.accounts import roles
from cms.accounts.models import User

NEWSROOM = "/newsroom/"
WRITING_DESK = "/write/"
STRICT_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}


def at_the_door(view: type[Any]) -> type[Any]:
    """Give a view class what every page at the door has."""
    guards = [never_cache, csp_override(STRICT_POLICY), sensitive_post_parameters()]
    guarded: type[Any] = method_decorator(guards, name="dispatch")(view)
    return guarded


def user_of(request: HttpRequest) -> User:
    """Return who is signed in, on a page that only they can reach."""
    assert isinstance(request.user, User)  # noqa: S101 - the page asks for a session first
    return request.user


def asked_for(request: HttpRequest) -> str:
    """Return the page of this hub somebody was heading for, or nothing."""
    target = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""


def way_in(target: str, user: User) -> str:
    """Go where the reader was heading; the newsroom only for those who work there.

    Who headed nowhere and writes for the hub gets her desk.
    """
    if not target:
        return WRITING_DESK if _only_writes(user) else str(settings.LOGIN_REDIRECT_URL)
    is_of_writers = urlsplit(target).path.startswith((NEWSROOM, WRITING_DESK))
    if is_of_writers and not roles.may_enter_newsroom(user):
        return str(settings.LOGIN_REDIRECT_URL)
    return target


def _only_writes(user: User) -> bool:
    """An ambassador who signs in comes to write; whoever looks after everything has Today."""
    return roles.is_ambassador(user) and not roles.sees_everything(user)
