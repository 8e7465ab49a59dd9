from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts import roles
from cms.desk.questions.faults import Told, told
from cms.desk.questions.focus import went_on_at
from cms.desk.questions.look import Look, look_of
from cms.desk.questions.rows import ASIDE, ELSEWHERE, Row, Typed, moved, typed_in, typed_of
from cms.desk.questions.spoken import FACTS
from cms.desk.screens.items import person_of, screen
from cms.stories.models import QuestionSet, Rubric
from cms.stories.question_versions import OvertakenError, add_version, newest_set
from cms.stories.questions.reading import UnreadableQuestionsError, questions_of
from cms.stories.questions.shapes import AnswerKind, AskedOf, ItemKind, Layout, Shape

MANY = 6
FIRST_ROWS = 3
REFUSED = 422


@dataclass(frozen=True)
class Drafted:
    """What stands on the screen, whether it can be used or not."""

    typed: Typed
    faults: Sequence[Told] = ()
    look: Look | None = None


class QuestionsScreen(View):
    """The questions of a rubric and what becomes of the answers; beside it how both will look."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        rubric = _rubric_or_404(request, page_id)
        newest = newest_set(rubric)
        if newest is None:
            typed = Typed(language=rubric.language, rows=[Row()] * FIRST_ROWS)
            return _shown(request, rubric, Drafted(typed), newest=None)
        typed = typed_of(newest.questions, rubric.language)
        return _shown(request, rubric, _drafted(typed, rubric), newest=newest)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        rubric = _rubric_or_404(request, page_id)
        typed = typed_in(request.POST, rubric.language)
        typed = moved(typed, up=request.POST.get("up", ""), down=request.POST.get("down", ""))
        if "add" in request.POST:
            typed = replace(typed, rows=[*typed.rows, Row()])
        drafted = _drafted(typed, rubric)
        if "look" in request.POST:
            return render(request, "desk/questions/look.html", {"rubric": rubric, "now": drafted})
        if "save" not in request.POST:
            return _shown(request, rubric, drafted, newest=newest_set(rubric))
        return _saved(request, rubric, drafted)


def _rubric_or_404(request: HttpRequest, page_id: int) -> Rubric:
    found = Rubric.objects.filter(pk=page_id).first()
    if found is None or not roles.sees_everything(person_of(request)):
        raise Http404
    return found


def _drafted(typed: Typed, rubric: Rubric) -> Drafted:
    named = typed.named
    try:
        questions = questions_of(named.as_raw())
    except UnreadableQuestionsError as error:
        return Drafted(named, faults=[*told(error.faults, named.rows)])
    return Drafted(named, look=look_of(questions, rubric))


def _saved(request: HttpRequest, rubric: Rubric, drafted: Drafted) -> HttpResponse:
    before = newest_set(rubric)
    if drafted.faults:
        return _shown(request, rubric, drafted, newest=before, status=REFUSED)
    after = request.POST.get("after", "")
    number = int(after) if after.isdecimal() else 0
    try:
        made = add_version(rubric, drafted.typed.as_raw(), by=person_of(request), after=number)
    except OvertakenError as error:
        _tell_overtaken(request, error.newest)
        return _shown(request, rubric, drafted, newest=error.newest, status=409)
    if before is not None and made.number == before.number:
        messages.info(
            request, _("Nothing changed: version %(number)s stays.") % {"number": made.number}
        )
    else:
        words = _("Version %(number)s is kept. Who is writing keeps the questions she began with.")
        messages.success(request, words % {"number": made.number})
    return redirect("desk:questions", rubric.pk)


def _tell_overtaken(request: HttpRequest, newest: QuestionSet) -> None:
    words = _(
        "%(name)s just saved version %(number)s. Look at what differs; save again and yours is"
        " version %(next)s."
    )
    name = newest.made_by.display_name if newest.made_by else _("Somebody else")
    told = {"name": name, "number": newest.number, "next": newest.number + 1}
    messages.warning(request, words % told)


def _shown(
    request: HttpRequest,
    rubric: Rubric,
    drafted: Drafted,
    *,
    newest: QuestionSet | None,
    status: int = 200,
) -> HttpResponse:
    number = newest.number if newest else 0
    rows = [(number, row) for number, row in enumerate(drafted.typed.rows, 1) if not row.is_empty]
    context: dict[str, Any] = {
        "rubric": rubric,
        "place": rubric.title,
        "now": drafted,
        "newest": number,
        "next": number + 1,
        "versions": _versions(rubric),
        "many": len(drafted.typed.rows) > MANY,
        "kinds": ItemKind.choices,
        "answers": AnswerKind.choices,
        "people": AskedOf.choices,
        "layouts": [(Layout.HEADINGS, Layout.HEADINGS.label), (Layout.TEXT, Layout.TEXT.label)],
        "shapes": _shapes(),
        "written": drafted.typed.written,
        "is_refused": status == REFUSED,
        "focus": went_on_at(request.POST, rows=len(drafted.typed.rows)),
        "facts": ", ".join(f"[{fact}]" for fact in FACTS.values()),
        "worded": [(n, row) for n, row in rows if row.answer != AnswerKind.PHOTO],
        "photos": [(n, row) for n, row in rows if row.answer == AnswerKind.PHOTO],
    }
    return screen(request, "questions/screen", context, status=status)


def _shapes() -> list[tuple[str, Any]]:
    shown = (Shape.TEXT, Shape.NUMBERED, Shape.CALL_OUT)
    return [
        *((shape, shape.label) for shape in shown),
        (ELSEWHERE, _("only in title or summary")),
        (ASIDE, _("not: it stays in the newsroom")),
    ]


def _versions(rubric: Rubric) -> QuerySet[QuestionSet]:
    """Return all versions with how many drafts and stories on the hub each has."""
    live = Q(contributions__item__live=True)
    return (
        QuestionSet.objects.filter(rubric=rubric)
        .select_related("made_by")
        .annotate(
            drafts=Count("contributions", filter=~live & Q(contributions__item__isnull=False)),
            online=Count("contributions", filter=live),
        )
        .order_by("-number")
    )
