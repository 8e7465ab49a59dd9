from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.planning"
    label = "planning"

    def ready(self) -> None:
        import_module("cms.planning.reminders").join_the_clock()
        import_module("cms.planning.signal_handlers").connect()
