"""How one colleague signs in, for the administrator who is asked for help."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views import View
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.accounts.newsroom.letters import accounts_to_help
from cms.accounts.newsroom.permission import for_administrators
from cms.accounts.signing_in import second_factor
from cms.accounts.signing_in.pages import user_of
from cms.accounts.signing_in.sessions import end_sessions_of


@for_administrators
class WayIn(View):
    """Everything that can be done when somebody can't get in, or somebody else might."""

    def get(self, request: HttpRequest, user_id: int) -> HttpResponse:
        person = get_object_or_404(accounts_to_help(request), pk=user_id)
        context = {
            "person": person,
            "has_password": person.has_usable_password(),
            "has_factor": second_factor.is_on(person),
            "identity": person.identities.first(),
            "letter": getattr(person, "activation_code", None),
        }
        return render(request, "accounts/newsroom/way_in.html", context)

    def post(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Do what one of the buttons says."""
        person = get_object_or_404(accounts_to_help(request), pk=user_id)
        words = {
            "end_sessions": _("Every session of this account has ended."),
            "remove_factor": _("Signing in asks for no code now, until a new one is set up."),
            "unlink": _("The account waits to be linked anew at the next sign-in."),
        }
        act = request.POST.get("act", "")
        if act in words:
            _do(act, person)
            _note(request, person, act)
            messages.success(request, words[act])
        return HttpResponseRedirect(request.path)


def _do(act: str, person: User) -> None:
    if act == "remove_factor":
        second_factor.remove(person)
    elif act == "unlink":
        person.identities.all().delete()
    end_sessions_of(person)


def _note(request: HttpRequest, person: User, act: str) -> None:
    log(instance=person, action="accounts.way_in", user=user_of(request), data={"act": act})
