"""One's own account: password, second factor, and where one is signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cms.accounts import roles
from cms.accounts.models import User
from cms.accounts.signing_in import attempts, second_factor, sessions
from cms.accounts.signing_in.forms import PASSWORD_RULE, TOO_OFTEN, dress
from cms.accounts.signing_in.pages import at_the_door, user_of


def may_mark_screens(user: User) -> bool:
    """Say who decides that a screen is everybody's: who looks after the hub."""
    return roles.sees_everything(user)


@at_the_door
class Account(LoginRequiredMixin, TemplateView):
    """The page at /login/account/."""

    template_name = "accounts/account.html"
    http_method_names = ["get", "head", "post", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        is_own = sessions.began_with(self.request) is sessions.How.PASSWORD
        return {
            **super().get_context_data(**kwargs),
            "is_own_password": is_own,
            "has_factor": second_factor.is_on(user),
            "offers_factor": is_own and roles.may_enter_newsroom(user),
            "may_enter_newsroom": roles.may_enter_newsroom(user),
            "may_mark_screens": may_mark_screens(user),
            "is_shared": sessions.is_shared(self.request),
            "is_own_device": sessions.is_own(self.request, user),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what one of the buttons says."""
        act = {
            "end_sessions": self._end_sessions,
            "share": self._share,
            "unshare": self._unshare,
            "keep": self._keep,
            "keep_nothing": self._keep_nothing,
        }.get(request.POST.get("act", ""))
        return act() if act else self._back()

    def _end_sessions(self) -> HttpResponse:
        user = user_of(self.request)
        factor = sessions.has_second_factor(self.request)
        sessions.end_sessions_of(user)
        sessions.renew(self.request, user, factor=factor)
        messages.success(self.request, _("You are signed out everywhere else."))
        return self._back()

    def _share(self) -> HttpResponse:
        return self._mark(shared=True, word=_("This screen is marked as shared."))

    def _unshare(self) -> HttpResponse:
        return self._mark(shared=False, word=_("This screen is no longer marked as shared."))

    def _mark(self, *, shared: bool, word: str) -> HttpResponse:
        response = self._back()
        if may_mark_screens(user_of(self.request)):
            sessions.mark_shared(response, shared=shared)
            if shared:
                sessions.mark_own(response, None)
            messages.success(self.request, word)
        return response

    def _keep(self) -> HttpResponse:
        response = self._back()
        if not sessions.is_shared(self.request):
            sessions.mark_own(response, user_of(self.request))
            messages.success(self.request, _("From now on what you read is kept on this device."))
        return response

    def _keep_nothing(self) -> HttpResponse:
        response = self._back()
        sessions.mark_own(response, None)
        messages.success(self.request, _("Nothing is kept on this device any more."))
        return response

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("account"))


class ChangePasswordForm(PasswordChangeForm):
    """The old password, within the limits of trying, and the new one twice."""

    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request
        self.fields["old_password"].label = _("Password until now")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = PASSWORD_RULE
        self.fields["new_password2"].label = _("Once more")
        self.fields["new_password2"].help_text = ""
        dress(self)

    def clean_old_password(self) -> str:
        """Check the old password, slowly for who guesses behind an open session."""
        attempt = attempts.attempt_at(
            self.request, kind=attempts.PASSWORD, name=self.user.username, user=self.user
        )
        if not attempts.may_try(attempt):
            raise ValidationError(TOO_OFTEN, code="too_often")
        password = super().clean_old_password()
        attempts.forget(attempt)
        return str(password)


@at_the_door
class ChangePassword(PasswordChangeView):
    """The page at /login/account/password/; every other session ends with the old password."""

    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("account")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep this session, under a new key."""
        factor = sessions.has_second_factor(self.request)
        form.save()
        sessions.renew(self.request, form.user, factor=factor)
        messages.success(self.request, _("Your password has been changed."))
        return HttpResponseRedirect(str(self.success_url))
