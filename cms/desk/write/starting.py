"""Where a story begins: what is asked, and whom it is about."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import Person, User
from cms.contributions.actions import begin, name_person
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.stories.models import QuestionSet, Rubric
from cms.stories.ownership import rubrics_open_to
from cms.stories.question_versions import newest_set

MOST_NAMES = 8
ANOTHER = "another"
MYSELF = "myself"
NOBODY = "nobody"


@dataclass
class Named:
    """Whom somebody meant: one colleague, several to choose from, or nobody."""

    person: Person | None = None
    choices: list[Person] = field(default_factory=list)
    fault: str = ""

    @property
    def is_settled(self) -> bool:
        return not self.fault and not self.choices


@at_the_desk
class Start(View):
    """What a rubric asks, before the first question; without a person to name it is skipped."""

    def get(self, request: HttpRequest, rubric: str) -> HttpResponse:
        questions = _set_or_404(request, rubric)
        return render(request, "desk/write/start.html", _about(questions, request))

    def post(self, request: HttpRequest, rubric: str) -> HttpResponse:
        questions = _set_or_404(request, rubric)
        named = Named()
        if questions.questions.is_about_somebody:
            named = _named(request)
        if not named.is_settled:
            context = {**_about(questions, request), "named": named}
            return render(request, "desk/write/start.html", context, status=422)
        made = begin(questions, by=writer_of(request), about=named.person)
        return redirect("write:form", name=made.public_id)


@at_the_desk
class About(View):
    """Names the colleague it is about, or another one."""

    def get(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        context = {**_about(contribution.question_set, request), "contribution": contribution}
        return render(request, "desk/write/start.html", context)

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        named = _named(request)
        if not named.is_settled:
            about = _about(contribution.question_set, request)
            context = {**about, "contribution": contribution, "named": named}
            return render(request, "desk/write/start.html", context, status=422)
        name_person(contribution, named.person, by=writer_of(request))
        return redirect("write:form", name=name)


def _set_or_404(request: HttpRequest, public_id: str) -> QuestionSet:
    rubric: Rubric | None = rubrics_open_to(writer_of(request)).filter(public_id=public_id).first()
    found = newest_set(rubric) if rubric else None
    if found is None:
        raise Http404
    return found


def _about(questions: QuestionSet, request: HttpRequest) -> dict[str, Any]:
    language = get_language() or questions.rubric.language
    asked = questions.questions.asked
    return {
        "rubric": questions.rubric,
        "questions": questions.questions,
        "wordings": [question.worded(language) for question in asked],
        "person": getattr(writer_of(request), "person", None),
        "typed": request.POST.get("person", ""),
    }


def _named(request: HttpRequest) -> Named:
    """Read whom she means: herself, nobody yet, one of the offered, or a name."""
    meant = request.POST.get("who", "")
    if meant == NOBODY:
        return Named()
    if meant == MYSELF:
        return _herself(writer_of(request))
    chosen = request.POST.get("choice", "")
    if (
        meant != ANOTHER
        and chosen.isdecimal()
        and (found := Person.objects.filter(pk=chosen).first())
    ):
        return Named(found)
    return by_name(request.POST.get("person", ""))


def _herself(user: User) -> Named:
    person = getattr(user, "person", None)
    if person is None:
        return Named(fault=_("Nobody is known here by your account. Type the name."))
    return Named(person)


def by_name(name: str) -> Named:
    words = name.replace("\x00", "").split()
    if not words:
        return Named(fault=_("Type a name, or go on without one."))
    exact = list(Person.objects.filter(name__iexact=" ".join(words))[:2])
    if len(exact) == 1:
        return Named(exact[0])
    found = Person.objects.order_by("name")
    for word in words:
        found = found.filter(name__icontains=word)
    choices = list(found.select_related("department")[:MOST_NAMES])
    if len(choices) == 1:
        return Named(choices[0])
    if not choices:
        return Named(fault=_("Nobody is called that here. Try only the last name."))
    return Named(choices=choices)
