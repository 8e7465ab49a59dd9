"""The newsroom's screens about requests: the list, one request, a new one, an idea."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from cms.core.hub_name import hub_name
from cms.desk.request_rows import rows_of
from cms.desk.requests.forms import WishForm, rubrics_that_ask, writers
from cms.desk.requests.listing import burdens, known_to, page_of
from cms.desk.screens.items import person_of
from cms.desk.ways.giving import Given, Way, hand_over
from cms.planning import actions, notices
from cms.planning.errors import NobodyChosen, PlanningError
from cms.planning.letters import asks_of, facts_of
from cms.planning.models import Assignment, Idea
from cms.planning.standing import today

MOST_IDEAS = 20
WRONG = 422


class Requests(View):
    """What is asked of whom, and what colleagues proposed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page, rows = page_of(request.GET, reader=person_of(request))
        context = {
            "page": page,
            "rows": rows,
            "asked": request.GET,
            "late": Assignment.objects.past(today()).count(),
            "ideas": Idea.objects.open().select_related("proposed_by", "rubric")[:MOST_IDEAS],
            "burdens": burdens(),
            "writers": writers(),
            "rubrics": rubrics_that_ask(),
        }
        return render(request, "desk/requests/requests.html", context)


class NewRequest(View):
    """A request from a rubric, a person or an idea."""

    def get(self, request: HttpRequest) -> HttpResponse:
        idea = _idea(request)
        start: dict[str, Any] = {
            "rubric": request.GET.get("rubric") or (idea.rubric_id if idea else None),
            "about": request.GET.get("person", "")[:120],
            "assignee": idea.proposed_by_id if idea else None,
            "subject": idea.text[:200] if idea else "",
        }
        return _form(request, WishForm(initial=start, idea=idea), idea)

    def post(self, request: HttpRequest) -> HttpResponse:
        idea = _idea(request)
        form = WishForm(request.POST, idea=idea)
        if not form.is_valid():
            return _form(request, form, idea, status=WRONG)
        try:
            made = actions.ask(form.wish, by=person_of(request))
        except PlanningError as error:
            form.add_error(None, str(error))
            return _form(request, form, idea, status=WRONG)
        messages.success(request, _said_of(made))
        return redirect("desk:request", made.public_id)


class RequestScreen(View):
    """One request: how it stands, somebody else, not any more, and the ways to its form."""

    def get(self, request: HttpRequest, request_id: UUID) -> HttpResponse:
        return _shown(request, _assignment(request, request_id))

    def post(self, request: HttpRequest, request_id: UUID) -> HttpResponse:
        assignment = _assignment(request, request_id)
        act = request.POST.get("act", "")
        if act in {way.value for way in Way}:
            return _given(request, assignment, Way(act))
        try:
            said = _do(request, assignment, act)
        except PlanningError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect("desk:request", request_id)


class AnswerIdea(View):
    """A sentence back to who had an idea that becomes no request now."""

    def post(self, request: HttpRequest, idea: UUID) -> HttpResponse:
        found = get_object_or_404(Idea, public_id=idea)
        try:
            actions.answer_idea(
                found, sentence=request.POST.get("sentence", ""), by=person_of(request)
            )
        except PlanningError:
            messages.error(request, _("Type a sentence first. It goes to who had the idea."))
        else:
            messages.success(request, _("Your answer is on its way."))
        return redirect("desk:requests")


def _assignment(request: HttpRequest, request_id: UUID) -> Assignment:
    return get_object_or_404(known_to(person_of(request)), public_id=request_id)


def _idea(request: HttpRequest) -> Idea | None:
    asked = request.POST.get("idea") or request.GET.get("idea", "")
    try:
        return Idea.objects.filter(public_id=UUID(asked)).first()
    except ValueError:
        return None


def _form(
    request: HttpRequest, form: WishForm, idea: Idea | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "idea": idea}
    return render(request, "desk/requests/new.html", context, status=status)


def _shown(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    (row,) = rows_of([assignment])
    has_mail = bool(assignment.assignee and assignment.assignee.email)
    context = {
        "row": row,
        "one": assignment,
        "facts": facts_of(assignment),
        "asks": asks_of(assignment),
        "writers": [user for user in writers() if user != assignment.assignee],
        "ways": row.standing.waits_for_writer,
        "has_mail": has_mail,
    }
    return render(request, "desk/requests/request.html", context)


def _do(request: HttpRequest, assignment: Assignment, act: str) -> str:
    by = person_of(request)
    if act == "cancel":
        actions.cancel(assignment, by=by)
        return _("It is asked no more. Who was asked hears it.")
    chosen = request.POST.get("to", "")
    to = writers().filter(pk=chosen).first() if chosen.isdecimal() else None
    if to is None:
        raise NobodyChosen
    if assignment.declined_at is not None:
        actions.ask_again(assignment, to=to, by=by)
    else:
        actions.hand_over(assignment, to=to, by=by)
    return _("%(name)s is asked now.") % {"name": to.display_name}


def _given(request: HttpRequest, assignment: Assignment, way: Way) -> HttpResponse:
    back = reverse("desk:request", args=[assignment.public_id])
    if assignment.assignee is None or assignment.contribution is None:
        return redirect(back)
    if way == Way.MAIL:
        notices.asked(assignment)
        messages.success(request, _("The mail is on its way once more."))
        return redirect(back)
    link, url = notices.link_for(assignment, by=person_of(request))
    words = _("Hi %(name)s, will you write “%(subject)s” for %(hub)s? No need to sign in:")
    named = {"name": link.first_name, "subject": assignment.subject}
    given = Given(
        link=link,
        url=url,
        words=words % {**named, "hub": hub_name()},
        about=assignment.place,
        back=back,
    )
    return hand_over(request, given, way)


def _said_of(made: Assignment) -> str:
    if made.assignee is None:
        return _("It is on the plan. Any ambassador who may write in this rubric can claim it.")
    number = len(asks_of(made))
    words = ngettext(
        "%(name)s is asked, with %(n)s question.",
        "%(name)s is asked, with %(n)s questions.",
        number,
    )
    return words % {"name": made.assignee.display_name, "n": number}
