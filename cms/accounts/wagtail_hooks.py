from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from cms.accounts import roles
from cms.accounts.models import User
from cms.accounts.newsroom import urls


@hooks.register("register_admin_urls")
def register_screens() -> list[URLResolver]:
    screens = (urls.urlpatterns, urls.app_name)
    return [path("accounts/", include(screens, namespace=urls.app_name))]


class ForAdministrators(MenuItem):
    """An entry of the settings menu that others don't see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return roles.is_administrator(request.user)


@hooks.register("register_settings_menu_item")
def accounts_in_menu() -> MenuItem:
    return ForAdministrators(
        _("Lists and letters"),
        reverse("accounts:start"),
        name="accounts",
        icon_name="group",
        order=601,
    )


@hooks.register("register_user_listing_buttons")
def way_in_button(user: User, request_user: User) -> Iterator[Button]:
    if roles.is_administrator(request_user) and (
        request_user.is_superuser or not user.is_superuser
    ):
        yield Button(
            _("Way in"), reverse("accounts:way_in", args=[user.pk]), icon_name="key", priority=15
        )


@hooks.register("register_account_menu_item")
def own_way_in(_request: HttpRequest) -> dict[str, object]:
    return {
        "url": reverse("account"),
        "label": _("Signing in"),
        "help_text": _("A code beside your password, and where you are signed in."),
    }


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("accounts.import", _("Accounts from a list"), _("Accounts from a list"))
    actions.register_action("accounts.letters", _("Letters made"), _("Letters made"))
    actions.register_action("accounts.way_in", _("Way in changed"), _("Way in changed"))
