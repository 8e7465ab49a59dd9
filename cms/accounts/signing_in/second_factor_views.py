"""The pages of the second factor: giving it, setting it up, new codes for on paper."""

from typing import Any, cast

import segno
from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from cms.accounts.models import User
from cms.accounts.signing_in import attempts, pending, second_factor, sessions
from cms.accounts.signing_in.entrance import welcome
from cms.accounts.signing_in.forms import TOO_OFTEN, dress
from cms.accounts.signing_in.pages import asked_for, at_the_door, user_of


class CodeForm(forms.Form):
    """One code; how it is checked differs per page."""

    code = forms.CharField(label=_("Code"), max_length=40)

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        self.recovery_codes: list[str] = []
        self.fields["code"].widget.attrs.update(
            autofocus=True, autocomplete="one-time-code", inputmode="text", spellcheck="false"
        )
        dress(self)

    def clean_code(self) -> str:
        """Check the code, within the limits of trying."""
        code = str(self.cleaned_data["code"])
        attempt = attempts.attempt_at(
            self.request, kind=attempts.CODE, name=self.user.username, user=self.user
        )
        if not attempts.may_try(attempt):
            raise ValidationError(TOO_OFTEN, code="too_often")
        if not self.accepts(code):
            raise ValidationError(
                _("This code is not right, or was used before. Wait for the next one."),
                code="wrong",
            )
        attempts.forget(attempt)
        return code

    def accepts(self, code: str) -> bool:
        return second_factor.is_right(self.user, code)


class FirstCodeForm(CodeForm):
    """The code that shows that the app was set up right."""

    def accepts(self, code: str) -> bool:
        """Turn it on, and keep the codes for on paper until they are shown."""
        self.recovery_codes = second_factor.confirm(self.user, code)
        return bool(self.recovery_codes)


@at_the_door
class SecondFactor(FormView[CodeForm]):
    """The page at /login/code/, for who gave the right password."""

    template_name = "accounts/second_factor.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back to the door whoever did not come from it."""
        found = pending.held(request.session)
        if found is None:
            return HttpResponseRedirect(reverse("login"))
        self.pending = found
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "request": self.request,
            "user": self.pending.user,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": asked_for(self.request)}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        pending.let_go(self.request.session)
        return welcome(
            self.request,
            form.user,
            stays=self.pending.stays,
            target=asked_for(self.request),
            factor=True,
        )


@at_the_door
class SetUp(LoginRequiredMixin, FormView[FirstCodeForm]):
    """The page at /login/account/code/: scan, type the first code, keep the ones on paper."""

    template_name = "accounts/second_factor_set_up.html"
    form_class = FirstCodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask who has one already for it, or a stolen session could put another in its place."""
        user = request.user
        if user.is_authenticated and second_factor.is_on(user):
            if not sessions.has_second_factor(request):
                return HttpResponseRedirect(reverse("login"))
            if "again" not in request.GET:
                return HttpResponseRedirect(reverse("account"))
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = second_factor.app_to_set_up(user_of(self.request)).config_url
        drawn = segno.make(address, error="m")
        return {
            **super().get_context_data(**kwargs),
            "picture": drawn.svg_data_uri(scale=5, border=3, dark="#161e19", light="#ffffff"),
            "secret": _in_fours(address),
            "is_required": second_factor.is_required(user_of(self.request)),
        }

    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        """Show the codes for on paper; other sessions, begun without it, end."""
        sessions.end_sessions_of(form.user)
        sessions.renew(self.request, form.user, factor=True)
        return _shown(self.request, form.recovery_codes)


@at_the_door
class NewRecoveryCodes(LoginRequiredMixin, FormView[CodeForm]):
    """The page at /login/account/paper/: new codes for on paper, in exchange for a right one."""

    template_name = "accounts/recovery_codes_anew.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back who has no second factor: there is nothing to give in exchange."""
        user = request.user
        if user.is_authenticated and not second_factor.is_on(user):
            return HttpResponseRedirect(reverse("account"))
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request, "user": self.request.user}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        return _shown(self.request, second_factor.new_recovery_codes(form.user))


def _shown(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _in_fours(address: str) -> str:
    """Return the secret of an otpauth address as people type it over."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
