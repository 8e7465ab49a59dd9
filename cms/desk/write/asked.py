"""What is asked of me: one request, with yes, no and somebody else; and what nobody has yet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts import roles
from cms.accounts.models import User
from cms.contributions.models import Contribution
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.planning.actions import accept, claim, decline, hand_over, propose
from cms.planning.agenda import agenda_for
from cms.planning.errors import NobodyChosen, PlanningError
from cms.planning.letters import asks_of, facts_of
from cms.planning.models import LONGEST_IDEA, Assignment
from cms.planning.standing import standing_of
from cms.stories.ownership import rubrics_open_to

WRONG = 422


@at_the_desk
class Asked(View):
    """One request; each answer to it is a button."""

    def get(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        context = _about(request, contribution, _assignment_or_404(contribution))
        return render(request, "desk/write/asked.html", context)

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        assignment = _assignment_or_404(contribution)
        is_by_link = writer_of(request) != request.user
        try:
            done = _do(request, assignment)
        except PlanningError as error:
            context = {**_about(request, contribution, assignment), "fault": str(error)}
            return render(request, "desk/write/asked.html", context, status=WRONG)
        if not done:
            return redirect("write:form", name=name)
        if is_by_link:
            return render(request, "desk/write/answered.html", {"words": done})
        messages.success(request, done)
        return redirect("write:overview")


@at_the_desk
class Planned(View):
    """What is on the plan, to see, to claim, and to propose something for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        writer = writer_of(request)
        rubrics = list(rubrics_open_to(writer))
        context = {
            "entries": agenda_for(writer, rubrics=rubrics, now=timezone.now()),
            "rubrics": rubrics,
            "longest": LONGEST_IDEA,
        }
        return render(request, "desk/write/planned.html", context)


@at_the_desk
class Claim(View):
    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        free = Assignment.objects.under_way().filter(rubric__in=rubrics_open_to(writer_of(request)))
        found = get_object_or_404(free, public_id=assignment)
        try:
            claim(found, by=writer_of(request))
        except PlanningError as error:
            messages.error(request, str(error))
            return redirect("write:planned")
        messages.success(request, _("It is yours. Thank you!"))
        return redirect("write:overview")


@at_the_desk
class Propose(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        writer = writer_of(request)
        text = request.POST.get("idea", "").replace("\x00", "").strip()
        if not text:
            messages.error(request, _("Type your idea first. One sentence is enough."))
            return redirect("write:planned")
        chosen = request.POST.get("rubric", "")
        rubrics = rubrics_open_to(writer)
        rubric = rubrics.filter(pk=chosen).first() if chosen.isdecimal() else None
        propose(text, by=writer, rubric=rubric)
        messages.success(request, _("Thank you! The newsroom has your idea, and answers it."))
        return redirect("write:overview")


def _assignment_or_404(contribution: Contribution) -> Assignment:
    found = Assignment.objects.whole().filter(contribution=contribution).first()
    if found is None:
        raise Http404
    return found


def _do(request: HttpRequest, assignment: Assignment) -> str:
    """Do what was answered; return what to say of it, or nothing where she goes on to write."""
    writer = writer_of(request)
    act = request.POST.get("act", "")
    if act == "decline":
        decline(assignment, by=writer, reason=request.POST.get("reason", ""))
        return _("That is fine. Thank you for telling us; we ask somebody else.")
    if act == "hand-over":
        to = _colleague(request, assignment, writer)
        hand_over(assignment, to=to, by=writer)
        words = _("Thank you. %(name)s has it now, with what you wrote.")
        return words % {"name": to.display_name}
    accept(assignment, by=writer)
    return ""


def _colleague(request: HttpRequest, assignment: Assignment, writer: User) -> User:
    chosen = request.POST.get("to", "")
    people = colleagues_for(assignment, besides=writer)
    found = next((user for user in people if str(user.pk) == chosen), None)
    if found is None:
        raise NobodyChosen
    return found


def colleagues_for(assignment: Assignment, *, besides: User | None) -> list[User]:
    """Return the ambassadors who may write in the rubric of a request."""
    people = User.objects.filter(groups__name=roles.AMBASSADORS, is_active=True)
    listed = people.order_by("first_name", "last_name", "pk").distinct()
    rubric = assignment.rubric
    if rubric is None:
        return []
    return [user for user in listed if user != besides and rubric.is_open_to(user)]


def _about(
    request: HttpRequest, contribution: Contribution, assignment: Assignment
) -> dict[str, Any]:
    writer = writer_of(request)
    maker = assignment.made_by
    return {
        "contribution": contribution,
        "assignment": assignment,
        "standing": standing_of(assignment),
        "facts": facts_of(assignment),
        "asks": asks_of(assignment),
        "name": maker.display_name if maker else "",
        "colleagues": colleagues_for(assignment, besides=writer),
        "is_by_link": writer != request.user,
        "reason": request.POST.get("reason", ""),
    }
