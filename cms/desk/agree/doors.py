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
from cms.links.visits import link_of, mark_used
from cms.workflow.agreements import AGREE

POLICY: dict[str, list[str]] = {**STRICT_POLICY, "frame-src": [CSP.SELF]}
"""No script at all: the page works the same on every phone."""
KEPT_AWAY = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}
"""No other site learns the address. With `no-referrer` a browser would name no origin with a form
either, and the form be refused; the key of the link stands in no address by now."""


def _for_her(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in who came by the link to this very part, and whose part it is by her account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, name: UUID, **kwargs: Any) -> HttpResponseBase:
        party = Party.objects.select_related("person__user", "item").filter(public_id=name).first()
        link = link_of(request, AGREE, thing=name)
        if party is None or not (link or _is_hers(party, request.user)):
            if not request.user.is_authenticated and link is None:
                return redirect_to_login(request.get_full_path())
            raise Http404
        if link is not None and request.method == "POST":
            mark_used(link)
        response = view(request, *args, party=party, **kwargs)
        for header, value in KEPT_AWAY.items():
            response[header] = value
        return response

    return guarded


def _is_hers(party: Party, user: Any) -> bool:
    """Say whether an account answers here; for who has a parent or next of kin, none does."""
    if not user.is_authenticated or party.person.user_id != user.pk or not user.is_active:
        return False
    return not Representative.objects.filter(person=party.person).exists()


def for_who_is_in_it(view: type[Any]) -> type[Any]:
    """Give a view class what every page about somebody's own part has."""
    guards: list[Any] = [gzip_page, never_cache, csp_override(POLICY), _for_her]
    guarded: type[Any] = method_decorator(guards, name="dispatch")(view)
    return guarded


def way_in_of(request: HttpRequest, party: Party) -> Way:
    """Return by which way an answer on this page comes."""
    link = link_of(request, AGREE, thing=party.public_id)
    if link is None:
        return way_of(party.person_id, channel=Channel.ACCOUNT)
    return way_of(party.person_id, channel=Channel.LINK, link=link.public_id)


def account_of(request: HttpRequest, party: Party) -> User | None:
    """Return her account, where it is she who is signed in; by a link nobody is."""
    user = request.user
    return user if isinstance(user, User) and _is_hers(party, user) else None
