"""What somebody chooses about the front page."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.audiences import EVERYONE
from cms.core.form_fields import HubDayField
from cms.publishing.placing import end_of, last_day_of
from cms.stories.models import EditorialPage, FrontPage, Placement, Rubric
from cms.stories.models.front import MOST_RUBRICS

NEWEST = 60
"""Items to choose from; what is older is found by its own page."""


class PlacementForm(forms.Form):
    """Where an item stands on the front page, and through which day."""

    placement = forms.ChoiceField(
        label=_("On the front page"),
        choices=[("", _("By itself")), *Placement.choices[1:]],
        required=False,
        widget=forms.RadioSelect,
    )
    placed_through = HubDayField(label=_("Up to and including"), required=False)

    def clean_placed_through(self) -> Any:
        day = self.cleaned_data["placed_through"]
        if day is not None and end_of(day) <= timezone.now():
            raise forms.ValidationError(_("This day has passed. Choose another one."))
        return day

    @property
    def placed_until(self) -> datetime | None:
        day = self.cleaned_data.get("placed_through")
        return end_of(day) if day is not None else None

    @staticmethod
    def now_of(item: EditorialPage) -> dict[str, Any]:
        """Return what holds for an item, as the form says it."""
        until = item.placed_until
        return {
            "placement": item.placement,
            "placed_through": last_day_of(until) if until is not None else None,
        }


class PlaceForm(PlacementForm):
    """One item that is online, and its place."""

    item: forms.ModelChoiceField[EditorialPage] = forms.ModelChoiceField(
        label=_("Story"), queryset=EditorialPage.objects.none()
    )
    field_order = ["item", "placement", "placed_through"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        online = EditorialPage.objects.filter(live=True, audience=EVERYONE)
        self.fields["item"].queryset = online.order_by("-first_published_at")  # type: ignore[attr-defined]
        self.fields["placement"].choices = Placement.choices[1:]  # type: ignore[attr-defined]
        self.fields["placement"].required = True
        self.fields["placement"].initial = Placement.LEAD
        newest = [(each.pk, each.title) for each in self.fields["item"].queryset[:NEWEST]]  # type: ignore[attr-defined]
        self.fields["item"].widget.choices = newest


class FrontForm(forms.ModelForm[FrontPage]):
    """What stands on the front page besides what has a place."""

    call_through = HubDayField(label=_("Up to and including"), required=False)

    class Meta:
        model = FrontPage
        fields = [
            *("rubrics", "shows_newcomers"),
            *("call_title", "call_text", "call_button", "call_item"),
        ]
        widgets = {
            "rubrics": forms.CheckboxSelectMultiple,
            "call_text": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.instance.call_until
        self.fields["call_through"].initial = last_day_of(until) if until else None
        self.fields["rubrics"].queryset = Rubric.objects.live().order_by("path")  # type: ignore[attr-defined]
        if self.instance._state.adding:  # noqa: SLF001 - Django's own name
            self.fields["rubrics"].initial = []
        online = EditorialPage.objects.filter(live=True, audience=EVERYONE)
        chosen = EditorialPage.objects.filter(pk=self.instance.call_item_id or 0)
        newest = online.order_by("-first_published_at")
        self.fields["call_item"].queryset = newest  # type: ignore[attr-defined]
        shown = dict.fromkeys([*chosen, *newest[:NEWEST]])
        self.fields["call_item"].widget.choices = [
            ("", _("An e-mail to the editors")),
            *((each.pk, each.title) for each in shown),
        ]

    def clean_rubrics(self) -> Any:
        rubrics = self.cleaned_data["rubrics"]
        if len(rubrics) > MOST_RUBRICS:
            raise forms.ValidationError(_("Choose three rubrics at most."))
        return rubrics

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day = cleaned.get("call_through")
        self.instance.call_until = end_of(day) if day is not None else None
        return cleaned
