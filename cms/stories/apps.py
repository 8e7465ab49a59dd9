from importlib import import_module

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.stories"
    label = "stories"

    def ready(self) -> None:
        import_module("cms.stories.signal_handlers").connect()
