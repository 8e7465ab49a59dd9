from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts.backends import account_named
from cms.accounts.signing_in import attempts
from cms.accounts.signing_in.sessions import is_shared

MISSING = _("Fill this in too.")
TOO_OFTEN = _("That went wrong a few times. Wait five minutes, then try again.")
PASSWORD_RULE = _("At least eight characters, and not only digits.")


def dress(form: forms.BaseForm) -> None:
    """Give fields the look of the door and their errors its words."""
    for field in form.fields.values():
        field.error_messages["required"] = MISSING
        if not isinstance(field.widget, forms.HiddenInput | forms.CheckboxInput):
            field.widget.attrs["class"] = "field__input"


class SignInForm(AuthenticationForm):
    """User name or personnel number and password, with errors that say what to do."""

    stays = forms.BooleanField(
        label=_("Stay signed in on this device"),
        required=False,
        help_text=_("Only on a phone or computer that nobody else uses."),
    )

    error_messages = {
        "invalid_login": _(
            "This name and password don't belong together. Check both and try again;"
            " mind capitals in the password."
        ),
        "inactive": _("This account has been closed. Ask the editors if that surprises you."),
        "too_often": TOO_OFTEN,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name or personnel number")
        self.fields["username"].widget.attrs.update(autofocus=True, autocapitalize="none")
        if self.request is not None and is_shared(self.request):
            del self.fields["stays"]
        dress(self)

    def clean(self) -> dict[str, Any]:
        """Check name and password; after too many wrong ones, ask for a pause first."""
        name = str(self.cleaned_data.get("username", ""))
        if self.request is None or not name:
            return dict(super().clean())
        attempt = attempts.attempt_at(
            self.request, kind=attempts.PASSWORD, name=name, user=account_named(name)
        )
        if not attempts.may_try(attempt):
            raise ValidationError(self.error_messages["too_often"], code="too_often")
        cleaned: dict[str, Any] = super().clean()
        attempts.forget(attempt)
        return cleaned
