from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from cms.accounts.models import User
from cms.audiences.membership import Rule, rule_of

MOST_NAMES = 500
ENOUGH_TO_NAME = 5


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
        if self.instance.pk:
            names = self.instance.members.order_by("username").values_list("username", flat=True)
            self.initial["people"] = "\n".join(names)

    def clean_people(self) -> list[User]:
        lines = self.cleaned_data["people"].splitlines()
        wanted = {line.strip().lower() for line in lines if line.strip()}
        if len(wanted) > MOST_NAMES:
            words = _("At most %(most)s by hand. For more people, make a rule or a group.")
            raise ValidationError(words % {"most": MOST_NAMES}, code="people")
        return _accounts(wanted)

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


def _accounts(wanted: set[str]) -> list[User]:
    """Return the account behind each name, in one query.

    Raises:
        ValidationError: some names are nobody's, or of more than one account.
    """
    rows = User.objects.annotate(name=Lower("username"), address=Lower("email"))
    found = list(rows.filter(Q(name__in=wanted) | Q(address__in=wanted)))
    by_name: dict[str, list[User]] = {name: [] for name in wanted}
    for user in found:
        for name in {user.username.lower(), user.email.lower()} & wanted:
            by_name[name].append(user)
    unknown = [name for name, users in by_name.items() if not users]
    if unknown:
        words = _("Nobody signs in with %(names)s.")
        raise ValidationError(words % {"names": _some(unknown)}, code="unknown")
    doubtful = [name for name, users in by_name.items() if len(users) > 1]
    if doubtful:
        words = _("More than one account has %(names)s. Use the user name.")
        raise ValidationError(words % {"names": _some(doubtful)}, code="doubtful")
    return found


def _some(names: Iterable[str]) -> str:
    shown = sorted(names)
    more = "…" if len(shown) > ENOUGH_TO_NAME else ""
    return ", ".join(shown[:ENOUGH_TO_NAME]) + more


def _keys(chosen: Iterable[Any]) -> frozenset[int]:
    return frozenset(each.pk for each in chosen)
