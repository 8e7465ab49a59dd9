from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.audiences.people import accounts_named
from cms.core.form_fields import HubDayField
from cms.desk.front_forms import PlacementForm
from cms.workflow import reasons
from cms.workflow.errors import MomentComesTwice, MomentRefused
from cms.workflow.moments import Season, hub_zone, in_words, parse_moment, refuse_past

FRIDAY = 4
MORNING = time(9, 0)


class When:
    """Ways to go live, as the form says them."""

    AT = "at"
    NOW = "now"


class MomentForm(forms.Form):
    """Now, or a date and a time on the hub's clock."""

    when = forms.ChoiceField(
        label=_("When does it go live?"),
        choices=[(When.AT, _("At a moment")), (When.NOW, _("Now"))],
        initial=When.AT,
        widget=forms.RadioSelect,
    )
    day = HubDayField(label=_("Day"), required=False)
    at = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    season = forms.ChoiceField(
        label=_("Which of the two?"),
        choices=[(Season.SUMMER, _("summer time")), (Season.WINTER, _("winter time"))],
        required=False,
        widget=forms.RadioSelect,
    )

    instead = forms.CharField(label=_("Which of these?"), required=False, widget=forms.RadioSelect)
    """One of the moments that were offered in the place of a time that the clock skips."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("day", next_working_day(timezone.now()))
        self.initial.setdefault("at", MORNING)
        self.comes_twice = bool(self.initial.get("season"))
        self.is_skipped = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["due_at"] = None
        if cleaned.get("when") == When.AT and not self.errors:
            cleaned["due_at"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> datetime | None:
        day, at = cleaned.get("day"), cleaned.get("at")
        if day is None or at is None:
            self.add_error("day", _("Choose a day and a time."))
            return None
        try:
            return self._chosen(day, at)
        except MomentComesTwice as error:
            self.comes_twice = True
            self.add_error("at", str(error))
        except MomentRefused as error:
            self._offer(error.instead)
            self.add_error("at", str(error))
        return None

    def _chosen(self, day: date, at: time) -> datetime:
        now, season = timezone.now(), self.cleaned_data.get("season") or None
        try:
            return parse_moment(day, at, now=now, season=season)
        except MomentRefused as error:
            for moment in error.instead:
                if moment.isoformat() == self.cleaned_data.get("instead"):
                    refuse_past(moment, now=now)
                    return moment
            raise

    def _offer(self, moments: Sequence[datetime]) -> None:
        """Let one of these be chosen by its button, in the place of what was typed."""
        offered = [(moment.isoformat(), in_words(moment)) for moment in moments]
        self.fields["instead"].widget.choices = offered
        self.is_skipped = bool(offered)


class RoundForm(forms.Form):
    """Which text was shown, and in which round of approval."""

    digest = forms.CharField(widget=forms.HiddenInput)
    task_state = forms.IntegerField(widget=forms.HiddenInput)


class ApprovalForm(PlacementForm, MomentForm, RoundForm):
    """Yes to exactly the text with this digest."""

    read = forms.BooleanField(
        label=_("I read all of it: tone and house rules are right"),
        error_messages={"required": _("One thing left: read it all, then tick this.")},
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SendBackForm(forms.Form):
    """A reason from the house rules and one kind sentence, both of them."""

    task_state = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("What should be different?"),
        choices=reasons.in_use,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    sentence = forms.CharField(
        label=_("Your sentence"),
        widget=forms.Textarea(attrs={"rows": 4, "autocapitalize": "sentences"}),
        max_length=1000,
        error_messages={"required": _("Write one kind sentence: it helps the writer on.")},
    )


class SentenceForm(forms.Form):
    sentence = forms.CharField(
        label=_("Your sentence"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
        max_length=1000,
        error_messages={"required": _("Write one sentence, so that the editor knows what to do.")},
    )


class FirstForm(forms.Form):
    """Why something can't wait for a second person; for which text."""

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why can't it wait?"),
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "sentences"}),
        max_length=300,
        error_messages={"required": _("Say in one sentence why it can't wait.")},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why? (optional)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "sentences"}),
        max_length=500,
    )


class CircleForm(forms.Form):
    """Who may see an item before it is published."""

    people = forms.CharField(
        label=_("Who may see it?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("One person a line: user name or e-mail address. You are in it yourself."),
    )

    def clean_people(self) -> list[User]:
        return accounts_named(self.cleaned_data["people"])


def next_working_day(now: datetime) -> date:
    """Return the first day after today that is no Saturday or Sunday, on the hub's calendar."""
    day = now.astimezone(hub_zone()).date() + timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return day
