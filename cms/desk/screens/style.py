"""The house style: logo, colours and letters, refused where somebody could not read them."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.core.models import Ground, Logo, Style
from cms.desk.screens.items import person_of, screen
from cms.media.logos import take_in_logo
from cms.publishing.styling import dress
from cms.workflow.errors import WorkflowError

COLOURS = ("light", "dark", "accent")
LOGOS = ("logo", "logo_dark")


class LogoField(forms.FileField):
    """A file that is taken in as a logo, or refused in words that say what to do."""

    widget = forms.FileInput(attrs={"accept": ".png,.webp"})
    default_error_messages = {
        "empty": gettext_lazy("This file is empty. Save the logo once more and choose that.")
    }

    def __init__(self, *, for_dark: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self._for_dark = for_dark

    def to_python(self, data: Any) -> Logo | None:
        upload = super().to_python(data)
        if upload is None:
            return None
        return take_in_logo(upload.file, name=upload.name or "", for_dark=self._for_dark)


class StyleForm(forms.ModelForm[Style]):
    """What the model refuses, the form says beside the colour or the logo."""

    logo = LogoField(label=gettext_lazy("Logo"))
    logo_dark = LogoField(label=gettext_lazy("Logo for a dark screen"), for_dark=True)
    no_logo = forms.BooleanField(required=False, label=gettext_lazy("Take this logo away"))
    no_logo_dark = forms.BooleanField(required=False, label=gettext_lazy("Take this logo away"))

    class Meta:
        model = Style
        fields = [*COLOURS, "headings", "letters"]
        widgets = {
            name: forms.TextInput(
                attrs={"placeholder": "#0b5c3c", "size": 9, "spellcheck": "false"}
            )
            for name in COLOURS
        }

    def clean(self) -> dict[str, Any]:
        """Put on the logos that were chosen, before the model looks at the whole."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in LOGOS:
            if given.get(name) is not None:
                setattr(self.instance, name, given[name])
            elif given.get(f"no_{name}"):
                setattr(self.instance, name, None)
        return given

    def ask_for_logos_again(self) -> None:
        """A browser does not give a file twice, so a good one beside something refused is gone."""
        for name in LOGOS:
            if self.cleaned_data.get(name) is not None:
                self.add_error(name, _("This one is good. Choose it once more when the rest is."))


@dataclass(frozen=True)
class Worn:
    """A logo as the hub shows it on one kind of screen."""

    screen: str
    ground: str  # which it needs there: `light`, `dark`, or none
    source: str
    width: int
    height: int


class StyleScreen(View):
    """One form; what it keeps is on every page after a minute."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _shown(request, _form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.POST, request.FILES)
        if not form.is_valid():
            form.ask_for_logos_again()
            return _shown(request, form, status=422)
        try:
            dress(form.instance, by=person_of(request))
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The hub puts on its new style; that takes a minute."))
        return redirect("desk:style")


def _form(*data: Any) -> StyleForm:
    return StyleForm(*data, instance=Style.current())


def _shown(request: HttpRequest, form: StyleForm, *, status: int = 200) -> HttpResponse:
    kept = Style.current()
    told = {"form": form, "kept": kept, "worn": [*_worn(kept)]}
    return screen(request, "style", told, status=status)


def _worn(style: Style) -> Iterator[Worn]:
    for kind in (Ground.LIGHT, Ground.DARK):
        is_own = kind == Ground.DARK and style.logo_dark is not None
        logo = style.logo_dark if is_own else style.logo
        if logo is None:
            return
        needs_other = logo.ground not in {kind, Ground.OWN} and not is_own
        source = b64encode(bytes(logo.content)).decode()
        yield Worn(
            screen=kind,
            ground=logo.ground if needs_other else "",
            source=f"data:image/webp;base64,{source}",
            width=round(logo.width / 2),
            height=round(logo.height / 2),
        )
