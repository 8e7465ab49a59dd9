"""Signing in and out: one door for readers and newsroom alike."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from cms.config import sign_in_attempts

NEWSROOM = "/newsroom/"
STRICT_POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}


def may_enter_newsroom(user: Any) -> bool:
    """Tell whether this account has work to do in the newsroom."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


class SignInForm(AuthenticationForm):
    """User name and password, with errors that say what to do."""

    error_messages = {
        "invalid_login": _(
            "This name and password don't belong together. Check both and try again;"
            " mind capitals in the password."
        ),
        "inactive": _("This account has been closed. Ask the editors if that surprises you."),
        "too_often": _("That went wrong a few times. Wait five minutes, then try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].widget.attrs.update(autofocus=True, autocapitalize="none")
        for name in ("username", "password"):
            self.fields[name].error_messages["required"] = _("Fill this in too.")
            if not isinstance(self.fields[name].widget, forms.HiddenInput):
                self.fields[name].widget.attrs["class"] = "field__input"

    def clean(self) -> dict[str, Any]:
        """Check name and password; after too many wrong ones, ask for a pause first."""
        attempt = {
            "username": str(self.cleaned_data.get("username", "")),
            "address": self.request.META.get("REMOTE_ADDR", "") if self.request else "",
        }
        if sign_in_attempts.has_tried_too_often(**attempt):
            raise ValidationError(self.error_messages["too_often"], code="too_often")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            sign_in_attempts.note_failure(**attempt)
            raise
        sign_in_attempts.forget_failures(**attempt)
        return cleaned


@method_decorator([never_cache, csp_override(STRICT_POLICY)], name="dispatch")
class SignIn(LoginView):
    """The page at /login/."""

    template_name = "config/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Go where the reader was heading; the newsroom only for those who work there."""
        target = super().get_success_url()
        heads_for_newsroom = urlsplit(target).path.startswith(NEWSROOM)
        if heads_for_newsroom and not may_enter_newsroom(self.request.user):
            return "/"
        return target


@method_decorator([never_cache, csp_override(STRICT_POLICY)], name="dispatch")
class SignOut(LogoutView):
    """The page at /logout/: asks first, because a link may not end a session by itself."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - the view's shape
        """Ask whether to sign out."""
        return render(request, "config/sign_out.html")
