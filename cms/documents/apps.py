from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.documents"
    label = "documents"

    def ready(self) -> None:
        import_module("cms.documents.signal_handlers").connect()
