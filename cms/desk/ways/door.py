"""The page that links and codes lead to. Opening it only reads: mail scanners open links too."""

from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters

from cms.accounts.signing_in import attempts
from cms.accounts.signing_in.forms import TOO_OFTEN
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.core.security_log import note
from cms.desk.ways.letters import new_link
from cms.links import keys
from cms.links.actions import DOOR, renew
from cms.links.models import PersonalLink
from cms.links.purposes import is_known, purpose_of
from cms.links.visits import remember
from cms.workflow.notifications import Addressee, send_to

WRONG_FROM_HERE = attempts.Limit(30, timedelta(minutes=5))
NEW_FROM_HERE = attempts.Limit(30, timedelta(hours=1))
NEW_OF_ONE = attempts.Limit(3, timedelta(hours=1))
LONGEST = 60


def at_the_way_in(view: type[Any]) -> type[Any]:
    """Give a view class what every page has that a key was in the address of."""
    guards = [never_cache, csp_override(STRICT_POLICY), sensitive_post_parameters()]
    guarded: type[Any] = method_decorator(guards, name="dispatch")(view)
    return guarded


class Unspoken(View):
    """Tells no other page where somebody came from, and no search engine anything."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        # Not `no-referrer`: with that a browser names no origin with a form either, and is refused.
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response


@at_the_way_in
class WayIn(Unspoken):
    """Opens a link at once; a code from paper after a button."""

    def get(self, request: HttpRequest, code: str = "") -> HttpResponse:
        key = request.GET.get("k", "")
        if not key:
            return render(request, "desk/ways/code.html", {"code": code[:LONGEST]})
        link = keys.link_by_key(key)
        if link is None or not link.is_open or not is_known(link.purpose):
            return _refused(request, key, is_guess=link is None)
        return _let_in(request, link)

    def post(self, request: HttpRequest, code: str = "") -> HttpResponse:
        typed = request.POST.get("code", code)[:LONGEST]
        act = _guess_from_here(request)
        if not attempts.may_try(act):
            return _asked_again(request, typed, str(TOO_OFTEN), HTTPStatus.TOO_MANY_REQUESTS)
        link = keys.exchange(typed)
        if link is None or not is_known(link.purpose):
            words = _(
                "This code opens nothing. Look once more; a code works once and for two weeks."
                " Does it stay like this? Ask whoever gave it to you for a new one."
            )
            return _asked_again(request, typed, words, HTTPStatus.UNPROCESSABLE_ENTITY)
        attempts.forget(act)
        return _let_in(request, link)


@at_the_way_in
class NewLink(Unspoken):
    """Mails a new link to where the old one went. The answer is the same for every key."""

    def post(self, request: HttpRequest) -> HttpResponse:
        act = attempts.act_from_here(request, kind="new link", limit=NEW_FROM_HERE)
        if not attempts.may_try(act):
            messages.error(request, TOO_OFTEN)
            return redirect(DOOR)
        _mail_anew(keys.link_by_key(request.POST.get("k", "")))
        return render(request, "desk/ways/sent.html")


def _let_in(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    response = redirect(purpose_of(link.purpose).path_for(link, request.GET.get("at", "")))
    remember(link, request, response)
    return response


def _guess_from_here(request: HttpRequest) -> attempts.Act:
    return attempts.act_from_here(request, kind="link", limit=WRONG_FROM_HERE)


def _refused(request: HttpRequest, key: str, *, is_guess: bool) -> HttpResponse:
    """Answer whatever opens nothing alike: nobody learns whether there ever was such a link."""
    status = HTTPStatus.NOT_FOUND
    if is_guess and not attempts.may_try(_guess_from_here(request)):
        note("links guessed", address=str(request.META.get("REMOTE_ADDR", "")))
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "desk/ways/refused.html", {"key": key[: keys.LONGEST]}, status=status)


def _asked_again(request: HttpRequest, code: str, fault: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "desk/ways/code.html", {"code": code, "fault": fault}, status=status)


def _mail_anew(link: PersonalLink | None) -> None:
    """Write to the address that is known, never to one that somebody types."""
    if link is None or not is_known(link.purpose):
        return
    address = link.email or (link.user.email if link.user else "")
    act = attempts.Act("new link for", str(link.public_id), NEW_OF_ONE)
    if not address or not attempts.may_try(act):
        return
    if url := renew(link):
        addressee = Addressee(name=link.first_name, email=address, language=link.language)
        send_to(addressee, partial(new_link, url))
