"""The form of a request."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts import roles
from cms.accounts.models import Person, User
from cms.core.form_fields import HubDayField
from cms.desk.write.starting import by_name
from cms.planning.actions import Wish
from cms.planning.models import LONGEST_IDEA, Idea
from cms.planning.standing import today
from cms.stories.models import Goal, QuestionSet, Rubric

FARTHEST = timedelta(days=2 * 366)


class WriterChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A colleague who writes, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.display_name)


def writers() -> Any:
    """Return the accounts that may be asked for a story."""
    people = Q(groups__name__in=[roles.AMBASSADORS, roles.COMMUNITY_MANAGERS])
    people |= Q(groups__rubrics__isnull=False)
    found = User.objects.filter(people, is_active=True).distinct()
    return found.order_by("first_name", "last_name", "pk")


def rubrics_that_ask() -> Any:
    asking = QuestionSet.objects.values("rubric")
    return Rubric.objects.live().filter(pk__in=asking).order_by("title")


class WishForm(forms.Form):
    """You, this rubric, this subject, this goal, by this date, meant for that week."""

    rubric: Any = forms.ModelChoiceField(Rubric.objects.none(), label=gettext_lazy("Rubric"))
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        help_text=gettext_lazy("In a few words; writers see it on the plan."),
    )
    assignee = WriterChoice(
        User.objects.none(),
        label=gettext_lazy("Asked of"),
        required=False,
        empty_label=gettext_lazy("nobody yet: any ambassador may claim it"),
    )
    about = forms.CharField(
        label=gettext_lazy("About or with whom"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("The name of a colleague, where it is about somebody."),
    )
    due_on = HubDayField(label=gettext_lazy("No later than"))
    week = HubDayField(
        label=gettext_lazy("Meant for the week of"),
        required=False,
        help_text=gettext_lazy("Any day of that week."),
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=gettext_lazy("Goal"), required=False, empty_label="–"
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=LONGEST_IDEA,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the mail. What you agreed on, and thanks in advance."),
    )

    def __init__(self, *args: Any, idea: Idea | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idea = idea
        choices = {
            "rubric": rubrics_that_ask(),
            "assignee": writers(),
            "goal": Goal.objects.filter(is_archived=False),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared above
            field.queryset = found

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < today():
            raise ValidationError(_("That day has passed. Choose a later one."))
        if day > today() + FARTHEST:
            raise ValidationError(_("That is more than two years ahead. Is the year right?"))
        return day

    def clean_about(self) -> Person | None:
        name = self.cleaned_data["about"].strip()
        if not name:
            return None
        named = by_name(name)
        if named.person is None:
            options = ", ".join(person.name for person in named.choices)
            raise ValidationError(named.fault or _("Which one: %(names)s?") % {"names": options})
        return named.person

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            rubric=given["rubric"],
            subject=given["subject"],
            due_on=given["due_on"],
            assignee=given["assignee"],
            about=given["about"],
            goal=given["goal"],
            week=given["week"],
            note=given["note"],
            idea=self.idea,
        )
