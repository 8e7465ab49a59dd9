"""The pages below /login/forgotten/: asking for a mail, and choosing a new password with it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from cms.accounts.models import User
from cms.accounts.signing_in import attempts
from cms.accounts.signing_in.forgotten import opened_by, send_way_back
from cms.accounts.signing_in.forms import PASSWORD_RULE, TOO_OFTEN, dress
from cms.accounts.signing_in.pages import at_the_door

_KEY = "plein_way_back"


class AddressForm(forms.Form):
    """An e-mail address, of whomever."""

    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["email"].widget.attrs.update(autofocus=True, autocomplete="email")
        dress(self)

    def clean(self) -> dict[str, Any]:
        """Limit by where it comes from; by account is the task's, out of sight."""
        act = attempts.act_from_here(self.request, kind="way back", limit=attempts.MAILS_ASKED_HERE)
        if not attempts.may_try(act):
            raise ValidationError(TOO_OFTEN, code="too_often")
        return dict(super().clean() or {})


@at_the_door
class Forgotten(FormView[AddressForm]):
    """Ask for a mail; the answer is the same for every address there is."""

    template_name = "accounts/forgotten.html"
    form_class = AddressForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "provider": settings.PLEIN_PROVIDER}

    def form_valid(self, form: AddressForm) -> HttpResponse:
        send_way_back.enqueue(form.cleaned_data["email"])
        return render(self.request, "accounts/forgotten_sent.html")


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = PASSWORD_RULE
        self.fields["new_password2"].label = _("Once more")
        self.fields["new_password2"].help_text = ""
        dress(self)


@at_the_door
class ChooseAnew(FormView[NewPasswordForm]):
    """What the mail leads to, at /login/forgotten/new/."""

    template_name = "accounts/choose_anew.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("login")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move the key out of the address, where it would stay in the browser's history."""
        if "key" not in request.GET:
            return super().get(request, *args, **kwargs)
        request.session[_KEY] = request.GET["key"]
        return HttpResponseRedirect(request.path)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change the password, while the key is good."""
        return super().post(request, *args, **kwargs) if self.user else self.get(request)

    @cached_property
    def user(self) -> User | None:
        return opened_by(str(self.request.session.get(_KEY, "")))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user or User()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "is_good": self.user is not None}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Change it, which ends every session; a second factor is asked at the door as ever."""
        form.save()
        self.request.session.flush()
        messages.success(self.request, _("Your password has been changed. Sign in with it."))
        return super().form_valid(form)
