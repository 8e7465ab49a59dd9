from importlib import import_module

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.workflow"
    label = "workflow"

    def ready(self) -> None:
        # Models can be imported from here on, not at the top of this file.
        import_module("cms.workflow.actions").bind_acts()
        import_module("cms.workflow.stock_mails").silence()
