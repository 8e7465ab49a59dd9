from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.desk"
    label = "desk"

    def ready(self) -> None:
        import_module("cms.desk.signal_handlers").connect()
        import_module("cms.desk.ways.opening").register_purposes()
        import_module("cms.desk.agree.opening").register()
        import_module("cms.desk.follow.links").register_purpose()
