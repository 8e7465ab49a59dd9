from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from cms.accounts import roles
from cms.accounts.models import User
from cms.core.security_log import note
from cms.desk.doors.table import SHUT, SHUT_BULK, rule_for
from cms.stories.ownership import hidden_from

INSTEAD = {
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_pages:search",
}
"""Lists of everything: whoever may not see them gets the list of what is theirs."""
PAGES_BY_PK = ("wagtailadmin_pages:", "wagtailadmin_api:pages:")


class NewsroomDoors:
    """Let a person through the newsroom's doors that are theirs; see `table.py`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _arguments: tuple[Any, ...],
        keywords: dict[str, Any],
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if is_shut(match):
            raise Http404
        user = request.user
        if not user.is_authenticated:
            return None
        if is_about_hidden(match, user):
            return _turned_away(request, match)
        if roles.sees_everything(user):
            return None
        if not user.has_perm(roles.NEWSROOM) or rule_for(match.view_name)(user, keywords):
            return None
        return _turned_away(request, match)


def is_about_hidden(match: ResolverMatch, user: User) -> bool:
    """Say whether an address is about an item whose words this person may not see."""
    asked = [str(value) for name, value in match.kwargs.items() if is_page(match, name)]
    keys = [key for key in asked if key.isdecimal()]
    return bool(keys) and hidden_from(user).filter(pk__in=keys).exists()


def is_page(match: ResolverMatch, argument: str) -> bool:
    """Say whether an argument of an address is the key of a page."""
    if argument == "pk":
        return match.view_name.startswith(PAGES_BY_PK)
    if argument == "object_id":
        return match.kwargs.get("model_name") == "page"
    return argument in {"page_id", "page_to_move_id", "parent_page_id"}


def is_shut(match: ResolverMatch) -> bool:
    """Say whether nobody at all passes here."""
    if match.view_name == "wagtail_bulk_action":
        return match.kwargs.get("action") in SHUT_BULK
    return match.view_name in SHUT


def _turned_away(request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    address = str(request.META.get("REMOTE_ADDR", ""))
    note("refused", account=str(request.user), address=address, what=match.view_name)
    if request.method != "GET" or "text/html" not in request.headers.get("Accept", "text/html"):
        raise Http404
    if match.view_name in INSTEAD:
        sought = request.GET.urlencode()
        return redirect(reverse("desk_items:index") + (f"?{sought}" if sought else ""))
    messages.warning(request, _("There is nothing to see there. This is your own desk."))
    return redirect("wagtailadmin_home")
