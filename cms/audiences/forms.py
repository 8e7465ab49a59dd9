from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from cms.accounts import roles
from cms.accounts.models import User
from cms.audiences.membership import Rule, rule_of
from cms.audiences.people import accounts_named


class AudienceForm(WagtailAdminModelForm):
    """The rule of an audience, and colleagues by name, as many as one can paste."""

    people = forms.CharField(
        label=gettext_lazy("Added by hand"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Besides those whom the rule names. One person a line: user name or e-mail address."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tried: Rule | None = None
        roles.offer_in_words(self)
        if self.instance.pk:
            names = self.instance.members.order_by("username").values_list("username", flat=True)
            self.initial["people"] = "\n".join(names)

    def clean_people(self) -> list[User]:
        return accounts_named(self.cleaned_data["people"])

    def try_out(self) -> None:
        """Keep the rule as it is filled in, so that who would be in it can be shown."""
        if self.is_valid():
            self.tried = Rule(
                departments=_keys(self.cleaned_data["departments"]),
                locations=_keys(self.cleaned_data["locations"]),
                groups=_keys(self.cleaned_data["groups"]),
                started_within=self.cleaned_data["started_within"],
                members=_keys(self.cleaned_data["people"]),
            )

    @property
    def rule(self) -> Rule | None:
        """The rule that was tried, else the saved one; None while there is neither."""
        if self.tried is not None:
            return self.tried
        return rule_of(self.instance) if self.instance.pk else None

    def _save_m2m(self) -> None:
        super()._save_m2m()
        self.instance.members.set(self.cleaned_data["people"])


def _keys(chosen: Iterable[Any]) -> frozenset[int]:
    return frozenset(each.pk for each in chosen)
