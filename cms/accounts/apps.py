from importlib import import_module

from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Models can be imported from here on, not at the top of this file.
        roles_check = import_module("cms.accounts.checks").roles_hold_what_they_should
        import_module("cms.accounts.security").connect()
        checks.register(roles_check, checks.Tags.database)
