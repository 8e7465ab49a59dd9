"""Who comes in at the writing desk, and what every page of it has."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page

from cms.accounts import roles
from cms.accounts.models import User
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.contributions.models import Contribution
from cms.contributions.writers import ANSWER, WRITE, Writer, account_behind, may_answer
from cms.links.models import PersonalLink
from cms.links.visits import link_of, mark_used, was_let_in

JSON = "application/json"
POLICY: dict[str, list[str]] = {
    **STRICT_POLICY,
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}
_BEHIND = "_plein_writer"


def is_asked_by_script(request: HttpRequest) -> bool:
    return JSON in request.headers.get("Accept", "")


def _for_writers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in who writes, and who came by a link to what the address names.

    A script is told that it is signed out, a person is led to the door.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        thing = kwargs.get("name")
        if thing is not None and was_let_in(request, thing):
            return _guarded_by_link(view, request, *args, **kwargs)
        if not request.user.is_authenticated:
            return _signed_out(request)
        if not roles.may_enter_newsroom(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _guarded_by_link(
    view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """Answer who holds a link; where it stopped working, say so instead of asking to sign in."""
    try:
        return view(request, *args, **kwargs)
    except Http404:
        if request.user.is_authenticated:
            raise
        if is_asked_by_script(request):
            return _signed_out(request)
        return render(request, "desk/ways/refused.html", status=HTTPStatus.NOT_FOUND)


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    if is_asked_by_script(request):
        return JsonResponse({"outcome": "signed-out"}, status=HTTPStatus.UNAUTHORIZED)
    return redirect_to_login(_page_of(request))


def _page_of(request: HttpRequest) -> str:
    """Return where a person goes on once she signed in: of an act, the page its button is on."""
    match = request.resolver_match
    view = getattr(match.func, "view_class", None) if match else None
    if hasattr(view, "get"):
        return request.get_full_path()
    return request.path.rstrip("/").rpartition("/")[0] + "/"


def at_the_desk(view: type[Any]) -> type[Any]:
    """Give a view class what every page of the desk has."""
    guards: list[Any] = [gzip_page, never_cache, csp_override(POLICY), _for_writers]
    guarded: type[Any] = method_decorator(guards, name="dispatch")(view)
    return guarded


def writer_of(request: HttpRequest) -> User:
    """Return whose desk this is: of who is signed in, or of who asked for this one thing."""
    return cast("User", request.__dict__.get(_BEHIND, request.user))


def contribution_or_404(request: HttpRequest, name: UUID) -> Contribution:
    """Return one that is this person's to write; absent and somebody else's are alike."""
    found = _found(name)
    writer = _author(request, found) if found else None
    if found is None or writer is None:
        raise Http404
    request.__dict__[_BEHIND] = writer
    return found


def answerable_or_404(request: HttpRequest, name: UUID) -> tuple[Contribution, Writer]:
    """Return one that is this person's to write, or to answer her questions of, and who she is."""
    found = _found(name)
    if found is None:
        raise Http404
    writer: Writer | None = _author(request, found)
    if writer is None:
        guest = link_of(request, ANSWER, found.public_id)
        writer = guest if guest and may_answer(found, guest) else None
        _mark(request, guest)
    else:
        request.__dict__[_BEHIND] = writer
    if writer is None:
        raise Http404
    return found, writer


def _author(request: HttpRequest, contribution: Contribution) -> User | None:
    """Return whose this is, where it is hers who asks, signed in or by a link to all of it."""
    user = request.user
    if user.is_authenticated and roles.may_enter_newsroom(user) and may_answer(contribution, user):
        return user
    link = link_of(request, WRITE, contribution.public_id)
    behind = account_behind(contribution, link)
    if behind is not None:
        _mark(request, link)
    return behind


def _mark(request: HttpRequest, link: PersonalLink | None) -> None:
    if link is not None and request.method == "POST":
        mark_used(link)


def _found(name: UUID) -> Contribution | None:
    return (
        Contribution.objects.select_related(
            "question_set__rubric", "about__department", "about__location", "item", "author"
        )
        .filter(public_id=name)
        .first()
    )
