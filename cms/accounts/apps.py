from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.accounts"
    label = "accounts"

    def ready(self) -> None:
        from cms.accounts.checks import roles_hold_what_they_should

        checks.register(roles_hold_what_they_should, checks.Tags.database)
