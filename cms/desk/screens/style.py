"""The house style: colours and letters, refused where somebody could not read them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.core.models import Style
from cms.desk.screens.items import person_of, screen
from cms.publishing.styling import dress
from cms.workflow.errors import WorkflowError

COLOURS = ("light", "dark", "accent")


class StyleForm(forms.ModelForm[Style]):
    """What the model refuses, the form says beside the colour."""

    class Meta:
        model = Style
        fields = [*COLOURS, "headings", "letters"]
        widgets = {
            name: forms.TextInput(
                attrs={"placeholder": "#0b5c3c", "size": 9, "spellcheck": "false"}
            )
            for name in COLOURS
        }


class StyleScreen(View):
    """One form; what it keeps is on every page after a minute."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _shown(request, _form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.POST)
        if not form.is_valid():
            return _shown(request, form, status=422)
        try:
            dress(form.instance, by=person_of(request))
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The hub puts on its new colours; that takes a minute."))
        return redirect("desk:style")


def _form(data: Any = None) -> StyleForm:
    return StyleForm(data, instance=Style.current())


def _shown(request: HttpRequest, form: StyleForm, *, status: int = 200) -> HttpResponse:
    return screen(request, "style", {"form": form}, status=status)
