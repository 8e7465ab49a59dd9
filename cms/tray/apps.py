from importlib import import_module

from django.apps import AppConfig


class TrayConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.tray"
    label = "tray"

    def ready(self) -> None:
        # Models can be imported from here on, not at the top of this file.
        retention = import_module("cms.publishing.retention")
        retention.add_job(import_module("cms.tray.actions").forget)
