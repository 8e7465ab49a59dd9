"""The page at /login/activate/: from the code on paper to a password of one's own."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from cms.accounts import activation
from cms.accounts.backends import account_named
from cms.accounts.models import User
from cms.accounts.signing_in import attempts, sessions
from cms.accounts.signing_in.entrance import enter
from cms.accounts.signing_in.forms import PASSWORD_RULE, TOO_OFTEN, dress
from cms.accounts.signing_in.pages import at_the_door


class ActivationForm(SetPasswordMixin, forms.Form):  # type: ignore[type-arg]  # generic in the stubs only
    """Number and code from the paper, and the password that comes in their place."""

    name = forms.CharField(label=_("User name or personnel number"), max_length=150)
    code = forms.CharField(
        label=_("Code on your letter"),
        max_length=40,
        help_text=_("Ten letters and digits. Capitals and the hyphen don't matter."),
    )
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("Choose a password"), label2=_("Once more")
    )
    stays = forms.BooleanField(
        label=_("Stay signed in on this device"),
        required=False,
        help_text=_("Only on a phone or computer that nobody else uses."),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.fields["name"].widget.attrs.update(autofocus=True, autocomplete="username")
        self.fields["code"].widget.attrs.update(
            autocomplete="one-time-code", autocapitalize="characters", spellcheck="false"
        )
        self.fields["password1"].help_text = PASSWORD_RULE
        self.fields["password2"].help_text = ""
        if sessions.is_shared(request):
            del self.fields["stays"]
        dress(self)

    def clean(self) -> dict[str, Any]:
        """Check the code first: about passwords of others nothing is told."""
        if "name" in self.cleaned_data and "code" in self.cleaned_data:
            self.user = self._whose_code()
            self.validate_passwords()
            self.validate_password_for_user(self.user)
        return dict(super().clean() or {})

    def _whose_code(self) -> User:
        name = self.cleaned_data["name"].strip()
        user = account_named(name)
        attempt = attempts.attempt_at(self.request, kind=attempts.ACTIVATION, name=name, user=user)
        if not attempts.may_try(attempt):
            raise ValidationError(TOO_OFTEN, code="too_often")
        if not activation.is_right(user, self.cleaned_data["code"]) or user is None:
            raise ValidationError(
                _(
                    "This number and code don't open anything. Check both; a code works once and"
                    " for thirty days. Ask for a new letter if it stays like this."
                ),
                code="wrong",
            )
        attempts.forget(attempt)
        return user

    def activate(self) -> bool:
        """Use up the code; False where somebody was just ahead."""
        assert self.user is not None  # noqa: S101 - only called on a valid form
        return activation.activate(
            self.user, self.cleaned_data["code"], password=self.cleaned_data["password1"]
        )


@at_the_door
class Activate(FormView[ActivationForm]):
    """Choose a first password, and be signed in."""

    template_name = "accounts/activate.html"
    form_class = ActivationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.request.GET.get("name", "")[:150]}

    def form_valid(self, form: ActivationForm) -> HttpResponse:
        if not form.activate() or form.user is None:
            return HttpResponseRedirect(self.request.path)
        stays = form.cleaned_data.get("stays", False)
        return enter(self.request, form.user, stays=stays, target="")
