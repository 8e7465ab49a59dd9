"""Signing in and out: one door for readers and newsroom alike."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cms.accounts.signing_in.entrance import enter
from cms.accounts.signing_in.forms import SignInForm
from cms.accounts.signing_in.pages import asked_for, at_the_door, user_of, way_in
from cms.accounts.signing_in.sessions import How, began_with, mark_own


@at_the_door
class SignIn(LoginView):
    """The page at /login/."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """Begin a session for who gave the right password."""
        stays = form.cleaned_data.get("stays", False)
        return enter(self.request, form.get_user(), stays=stays, target=asked_for(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the organisation's own sign-in first, where there is one."""
        target = asked_for(self.request)
        asked = f"?{urlencode({'next': target})}" if target else ""
        return {
            **super().get_context_data(**kwargs),
            "provider": settings.PLEIN_PROVIDER,
            "provider_url": reverse("organisation") + asked,
        }

    def get_success_url(self) -> str:
        """Go where the reader was heading; the newsroom only for those who work there."""
        return way_in(asked_for(self.request), user_of(self.request))


@at_the_door
class SignOut(LogoutView):
    """The page at /logout/: asks first, because a link may not end a session by itself."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - the view's shape
        """Ask whether to sign out."""
        return render(request, "accounts/sign_out.html")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out here; who came by way of the organisation is told what is still open there."""
        is_theirs = began_with(request) is How.ORGANISATION and settings.PLEIN_PROVIDER is not None
        response = super().post(request, *args, **kwargs)
        if is_theirs:
            response = HttpResponseRedirect(reverse("organisation_left"))
        mark_own(response, None)
        return response
