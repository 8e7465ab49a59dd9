"""Somebody leaves: all that is hers to somebody else, and what she wants with her name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.desk.requests.forms import writers
from cms.desk.screens.items import person_of
from cms.planning.errors import PlanningError
from cms.planning.leaving import Answer, belongings_of, leave
from cms.workflow.errors import WorkflowError

WRONG = 422


class Leaving(View):
    """First who; then what there is, with the questions; then one button."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "desk/requests/leaving.html", _about(_named(request.GET, "who")))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, to = _named(request.POST, "who"), _named(request.POST, "to")
        answer = request.POST.get("answer", "")
        if user is None or to is None or user == to or answer not in set(Answer):
            fault = _("Choose who goes on, and what happens to the name. Nothing was done yet.")
            return _refused(request, user, fault)
        gone = [int(key) for key in request.POST.getlist("remove") if key.isdecimal()]
        try:
            leave(user, to=to, by=person_of(request), answer=Answer(answer), remove=gone)
        except (PlanningError, WorkflowError) as error:
            return _refused(request, user, str(error))
        words = _("%(name)s goes on with it. Close the account of %(leaver)s under Accounts.")
        messages.success(request, words % {"name": to.display_name, "leaver": user.display_name})
        return redirect("desk:requests")


def _refused(request: HttpRequest, user: User | None, fault: str) -> HttpResponse:
    """Say why nothing was done; what was chosen stays chosen."""
    chosen = {
        "chosen": _named(request.POST, "to"),
        "answer": request.POST.get("answer", ""),
        "removed": request.POST.getlist("remove"),
    }
    context = {**_about(user), **chosen, "fault": fault}
    return render(request, "desk/requests/leaving.html", context, status=WRONG)


def _named(given: Any, name: str) -> User | None:
    chosen = given.get(name, "")
    people = User.objects.filter(pk=chosen) if chosen.isdecimal() else User.objects.none()
    return people.select_related("person").first()


def _about(user: User | None) -> dict[str, Any]:
    return {
        "leaver": user,
        "held": belongings_of(user) if user else None,
        "writers": [each for each in writers() if each != user],
        "answers": Answer,
    }
