"""Who comes to the page about somebody's own part: herself, and who answers for her."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page

from cms.accounts.models import User
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.agreement.models import Channel, Party, Representative
from cms.agreement.register import Way, way_of

POLICY: dict[str, list[str]] = {**STRICT_POLICY, "frame-src": [CSP.SELF]}
"""No script at all: the page works the same on every phone."""
KEPT_AWAY = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def _for_her(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, name: UUID, **kwargs: Any) -> HttpResponseBase:
        party = Party.objects.select_related("person__user", "item").filter(public_id=name).first()
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if party is None or not _is_hers(party, request.user):
            raise Http404
        response = view(request, *args, party=party, **kwargs)
        for header, value in KEPT_AWAY.items():
            response[header] = value
        return response

    return guarded


def _is_hers(party: Party, user: Any) -> bool:
    """Say whether an account answers here; for who has a parent or next of kin, none does."""
    if party.person.user_id != user.pk or not user.is_active:
        return False
    return not Representative.objects.filter(person=party.person).exists()


def for_who_is_in_it(view: type[Any]) -> type[Any]:
    """Give a view class what every page about somebody's own part has."""
    guards: list[Any] = [gzip_page, never_cache, csp_override(POLICY), _for_her]
    guarded: type[Any] = method_decorator(guards, name="dispatch")(view)
    return guarded


def way_in_of(request: HttpRequest, party: Party) -> Way:
    """Return by which way an answer on this page comes."""
    return way_of(party.person_id, channel=Channel.ACCOUNT)


def account_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
