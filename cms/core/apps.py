from django.apps import AppConfig
from django.db import models


class CoreConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.core"
    label = "core"

    def ready(self) -> None:
        from wagtail.admin.forms.models import register_form_field_override  # noqa: PLC0415 - apps are ready
        from wagtail.admin.widgets import AdminDateTimeInput  # noqa: PLC0415 - apps are ready

        from cms.core.form_fields import HubMomentField  # noqa: PLC0415 - apps are ready

        register_form_field_override(
            models.DateTimeField,
            override={"form_class": HubMomentField, "widget": AdminDateTimeInput},
        )
