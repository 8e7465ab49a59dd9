from importlib import import_module

from django.apps import AppConfig

from cms.core.finish import register_finish_act


class PublishingConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.publishing"
    label = "publishing"

    def ready(self) -> None:
        # Models can be imported from here on, not at the top of this file.
        register_finish_act(import_module("cms.publishing.actions").place)
