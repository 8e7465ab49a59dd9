"""Who comes in at the writing desk, and what every page of it has."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page

from cms.accounts import roles
from cms.accounts.models import User
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.contributions.actions import may_answer
from cms.contributions.models import Contribution

JSON = "application/json"
POLICY: dict[str, list[str]] = {
    **STRICT_POLICY,
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}
SIGNED_OUT = 401


def is_asked_by_script(request: HttpRequest) -> bool:
    return JSON in request.headers.get("Accept", "")


def _for_writers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in who writes; a script is told that it is signed out, a person is led to the door."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if is_asked_by_script(request):
                return JsonResponse({"outcome": "signed-out"}, status=SIGNED_OUT)
            return redirect_to_login(request.get_full_path())
        if not roles.may_enter_newsroom(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def at_the_desk(view: type[Any]) -> type[Any]:
    """Give a view class what every page of the desk has."""
    guards: list[Any] = [gzip_page, never_cache, csp_override(POLICY), _for_writers]
    guarded: type[Any] = method_decorator(guards, name="dispatch")(view)
    return guarded


def writer_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def contribution_or_404(request: HttpRequest, name: str) -> Contribution:
    """Return one that this person answers; absent and somebody else's are alike."""
    found = (
        Contribution.objects.select_related(
            "question_set__rubric", "about__department", "about__location", "item"
        )
        .filter(public_id=name)
        .first()
    )
    if found is None or not may_answer(found, writer_of(request)):
        raise Http404
    return found
