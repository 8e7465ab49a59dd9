from importlib import import_module

from django.apps import AppConfig


class MediaConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.media"
    label = "media"

    def ready(self) -> None:
        import_module("cms.media.signal_handlers").connect()
