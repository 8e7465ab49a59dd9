from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.accounts.models import User
from cms.desk import menu, urls
from cms.desk.action_menu import reduce_menu
from cms.desk.doors.rules import seen_by
from cms.desk.editor import page_viewsets
from cms.desk.listings import ItemListing
from cms.desk.requests import buttons
from cms.desk.today.panels import panels_for

STYLESHEETS = ("desk/fonts.css", "desk/status.css", "desk/admin.css", "desk/house.css")


@hooks.register("register_admin_urls")
def register_screens() -> list[URLResolver]:
    return [path("", include((urls.urlpatterns, urls.app_name), namespace=urls.app_name))]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [ItemListing(), *page_viewsets()]


@hooks.register("insert_global_admin_css")
def own_look() -> str:
    sheets = ((static(name),) for name in STYLESHEETS)
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_editor_js")
def nothing_typed_is_lost() -> str:
    return render_to_string("desk/includes/editor_script.html")


@hooks.register("construct_homepage_panels")
def today_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = panels_for(request.user)  # type: ignore[arg-type]


@hooks.register("construct_homepage_summary_items")
def no_summary(_request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("construct_page_action_menu")
def own_actions(items: list[Any], _request: HttpRequest, context: Any) -> None:
    reduce_menu(items, context)


@hooks.register("construct_page_chooser_queryset")
@hooks.register("construct_explorer_page_queryset")
def only_seen(*arguments: Any) -> PageQuerySet:
    # The explorer's hook has the parent page in front of what the chooser's has.
    pages, request = arguments[-2:]
    # The page that Wagtail comes with is nobody's.
    ours = pages.filter(pk__in=Page.objects.not_exact_type(Page).values("pk"))
    return seen_by(request.user, ours)


@hooks.register("register_admin_menu_item")
def today_in_menu() -> MenuItem:
    return menu.today()


@hooks.register("register_admin_menu_item")
def requests_in_menu() -> MenuItem:
    return menu.requests()


@hooks.register("register_page_header_buttons")
def ask_in_rubric(page: Page, user: User, **_: Any) -> Iterator[Button]:
    return buttons.for_rubric(page, user)


@hooks.register("register_snippet_listing_buttons")
def ask_about_person(snippet: Any, user: User, _next_url: str | None = None) -> Iterator[Button]:
    return buttons.for_person(snippet, user)


@hooks.register("register_admin_menu_item")
def status_in_menu() -> MenuItem:
    return menu.status()


@hooks.register("register_admin_menu_item")
def register_in_menu() -> MenuItem:
    return menu.register()


@hooks.register("register_admin_menu_item")
def tray_in_menu() -> MenuItem:
    return menu.tray()


@hooks.register("register_admin_menu_item")
def house_rules_in_menu() -> MenuItem:
    return menu.house_rules()


@hooks.register("register_reports_menu_item")
def log_in_reports() -> MenuItem:
    return menu.log()


@hooks.register("register_reports_menu_item")
def turnaround_in_reports() -> MenuItem:
    return menu.turnaround()


@hooks.register("register_admin_menu_item")
def front_in_menu() -> MenuItem:
    return menu.front()


@hooks.register("register_admin_menu_item")
def style_in_menu() -> MenuItem:
    return menu.style()


@hooks.register("register_admin_search_area")
def items_in_search() -> SearchArea:
    return menu.search_area()


@hooks.register("construct_main_menu")
def own_sidebar(request: HttpRequest, items: list[Any]) -> None:
    menu.reduce_sidebar(request, items)


@hooks.register("construct_reports_menu")
def reports_in_our_words(_request: HttpRequest, items: list[Any]) -> None:
    """Keep who did what; how items stand is told by Today and the list, in one vocabulary."""
    ours = {"log", "turnaround", "site-history"}
    items[:] = [item for item in items if item.name in ours]


@hooks.register("construct_help_menu")
def help_stays_inside(_request: HttpRequest, items: list[Any]) -> None:
    """An intranet sends nobody to the world outside."""
    items[:] = [item for item in items if not str(getattr(item, "url", "")).startswith("http")]
