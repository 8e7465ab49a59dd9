"""The rules a row of the table names: may this person pass, with these arguments?"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.accounts import roles
from cms.accounts.models import User
from cms.stories.models import EditorialPage
from cms.stories.ownership import is_own, items_of, rubrics_open_to
from cms.workflow import permissions

type Arguments = Mapping[str, Any]
type Rule = Callable[[User, Arguments], bool]


def anybody(_user: User, _arguments: Arguments) -> bool:
    return True


def nobody(_user: User, _arguments: Arguments) -> bool:
    return False


def own_page(argument: str) -> Rule:
    """Open for pages that are this person's own; absent and somebody else's are alike."""

    def rule(user: User, arguments: Arguments) -> bool:
        return is_own(int(arguments[argument]), user)

    return rule


def rubric_to_write_in(argument: str) -> Rule:
    def rule(user: User, arguments: Arguments) -> bool:
        return bool(rubrics_open_to(user).filter(pk=arguments[argument]).exists())

    return rule


def page_to_see(argument: str) -> Rule:
    """Open for what a chooser may show this person."""

    def rule(user: User, arguments: Arguments) -> bool:
        shown = seen_by(user, Page.objects.all())
        return bool(shown.filter(pk=arguments[argument]).exists())

    return rule


def own_editing_session(user: User, arguments: Arguments) -> bool:
    if (arguments["app_label"], arguments["model_name"]) != ("wagtailcore", "page"):
        return False
    return is_own(int(arguments["object_id"]), user)


def to_approve(argument: str) -> Rule:
    """Open for items of a rubric that a group of this person approves."""

    def rule(user: User, arguments: Arguments) -> bool:
        item = EditorialPage.objects.filter(pk=arguments[argument]).first()
        return item is not None and permissions.may_approve(user, item)

    return rule


def either(*rules: Rule) -> Rule:
    """Open for whom one of these rules lets pass."""

    def rule(user: User, arguments: Arguments) -> bool:
        return any(one(user, arguments) for one in rules)

    return rule


def seen_by(user: User, pages: PageQuerySet) -> PageQuerySet:
    """Keep the pages whose title this person may read: online as it is shown, or her own."""
    if roles.sees_everything(user):
        return pages
    as_online = Q(live=True, draft_title=F("title"))
    own = Q(pk__in=items_of(user).values("pk"))
    # By key, in a query of its own: what is searched may be filtered by few fields.
    kept: PageQuerySet = pages.filter(pk__in=Page.objects.filter(as_online | own).values("pk"))
    return kept
