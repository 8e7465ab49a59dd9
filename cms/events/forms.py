"""The editor of an event asks which of the two is meant, when a time comes twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.form_fields import HubMomentField
from cms.core.wall_clock import Season, is_twice, moment_in, season_of
from cms.stories.forms import ItemForm

MOMENTS: Mapping[str, str] = {"starts_at": "starts_season", "ends_at": "ends_season"}
SEASONS = (
    ("", gettext_lazy("Choose")),
    (Season.SUMMER, gettext_lazy("the first time, in summer time")),
    (Season.WINTER, gettext_lazy("the second time, in winter time")),
)


TWICE = "comes_twice"


class TwiceField(HubMomentField):
    """A moment on the hub's clock; of a time that comes twice somebody says which it is."""

    season: str = ""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            wall = _wall_of(error)
            if wall is None or not is_twice(wall):
                raise
            if self.season in Season:
                return moment_in(wall, self.season)
            words = _("%(time)s comes twice that night. Say below which of the two.")
            raise ValidationError(words % {"time": date_format(wall, "H:i")}, code=TWICE) from error


def _wall_of(error: ValidationError) -> datetime | None:
    """Return the time that could not be made a moment, of a refusal for that reason."""
    cause = error.__cause__
    params = cause.params if isinstance(cause, ValidationError) else None
    return params["datetime"] if params and "datetime" in params else None


class EventForm(ItemForm):
    """Beside each moment, where it comes twice, a choice between the two."""

    starts_season = forms.ChoiceField(
        label=gettext_lazy("When it starts"), choices=SEASONS, required=False
    )
    ends_season = forms.ChoiceField(
        label=gettext_lazy("When it ends"), choices=SEASONS, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: set[str] = set()
        for name, season in MOMENTS.items():
            self._let_choose(name, season)

    def _let_choose(self, name: str, season: str) -> None:
        """Put the field that can tell two moments apart in the place of the usual one."""
        usual = self.fields.get(name)
        if usual is None:
            return
        field = TwiceField(
            label=usual.label,
            help_text=usual.help_text,
            widget=usual.widget,
            required=usual.required,
        )
        self.fields[name] = field
        known = season_of(moment) if (moment := getattr(self.instance, name)) else None
        if known:
            self.initial[season] = known
            self.asked.add(season)
        if not self.is_bound:
            return
        self.asked.discard(season)
        if self._is_twice(name):
            self.asked.add(season)
            field.season = str(self.data.get(self.add_prefix(season)) or "")

    def _is_twice(self, name: str) -> bool:
        """Say whether the time that was sent comes twice, as nobody has said yet which it is."""
        try:
            self.fields[name].clean(self[name].data)
        except ValidationError as error:
            return error.code == TWICE
        return False
