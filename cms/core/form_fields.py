from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core.wall_clock import YEARS, hub_zone, moments_of, neighbours_of


class HubMomentField(forms.DateTimeField):
    """A date and a time on the hub's clock; one that it skips or shows twice is refused in words.

    Where nobody waits for the minute (the end of an item) the nearest time that is shown once
    will do; where somebody does, `cms.workflow.moments` asks which of the two it is.
    """

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        try:
            return _within_calendar(super().to_python(value))
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or not error.params:
                raise
            raise _refusal(error.params["datetime"]) from error


class HubDayField(forms.DateField):
    """A day on the hub's calendar, asked for with the device's own chooser.

    Python's last day has none after it, and a year that was typed halfway is one of Rome.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        return _within_calendar(super().to_python(value))


def _within_calendar[T: (date, datetime)](given: T | None) -> T | None:
    if given is not None and given.year not in YEARS:
        words = _("Choose a year from %(first)s up to and including %(last)s.")
        span = {"first": YEARS[0], "last": YEARS[-1]}
        raise ValidationError(words % span, code="year")
    return given


def _refusal(wall: datetime) -> ValidationError:
    before, after = (each.astimezone(hub_zone()) for each in neighbours_of(wall))
    words = {
        "time": date_format(wall, "H:i"),
        "before": date_format(before, "H:i"),
        "after": date_format(after, "H:i"),
    }
    if moments_of(wall):
        sentence = _("%(time)s comes twice that night. Choose %(before)s or %(after)s.")
    else:
        sentence = _("The clock skips %(time)s that night. Choose %(before)s or %(after)s.")
    return ValidationError(sentence % words, code="ambiguous_timezone")
