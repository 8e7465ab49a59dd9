from importlib import import_module

from django.apps import AppConfig
from django.db import models


class CoreConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "cms.core"
    label = "core"

    def ready(self) -> None:
        # Wagtail's forms can be imported from here on, not at the top of this file.
        register = import_module("wagtail.admin.forms.models").register_form_field_override
        fields = import_module("cms.core.form_fields")
        widgets = import_module("wagtail.admin.widgets")
        moment = {"form_class": fields.HubMomentField, "widget": widgets.AdminDateTimeInput}
        register(models.DateTimeField, override=moment)
        day = {"form_class": fields.HubDayField, "widget": widgets.AdminDateInput}
        register(models.DateField, override=day)
        page = import_module("wagtail.models").Page
        choosing = import_module("cms.core.page_choosing").choosing_a_page
        register(models.ForeignKey, to=page, override=choosing)
