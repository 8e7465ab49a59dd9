from wagtail.users.apps import WagtailUsersAppConfig


class AccountsOfWagtail(WagtailUsersAppConfig):
    """Wagtail's users, on screens of ours."""

    user_viewset = "cms.accounts.user_screens.AccountViewSet"
