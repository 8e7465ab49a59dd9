from importlib import import_module

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.contributions"
    label = "contributions"

    def ready(self) -> None:
        # Models can be imported from here on, not at the top of this file.
        speaking = import_module("cms.contributions.speaking")
        import_module("cms.agreement.parts").register_tracer(speaking.spoken_blocks)
        writers = import_module("cms.contributions.writers")
        import_module("cms.workflow.links").register_desk(writers.written_at_desk)
