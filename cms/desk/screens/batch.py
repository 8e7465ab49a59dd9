"""Several short items on one page: each is read whole, and each yes is bound to its own digest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.core.wall_clock import zone_in_words
from cms.desk.forms import MomentForm
from cms.desk.screens import looks
from cms.desk.screens.items import person_of, ready_in_words, round_of, screen
from cms.desk.today.waiting import Waiting, waiting_for
from cms.stories.models import EditorialPage
from cms.workflow import checklists, edits, plain_words, texts
from cms.workflow.actions import approve
from cms.workflow.checklists import Looked
from cms.workflow.errors import WorkflowError
from cms.workflow.readiness import problems
from cms.workflow.texts import Text

MOST = 5
"""So many are read with attention on one page."""
SHORT = 150
"""Words; longer ones deserve a page of their own."""
CANDIDATES = 25


@dataclass(frozen=True)
class Short:
    """One short item as the page shows it."""

    waiting: Waiting
    text: Text
    state_id: int
    preview_url: str
    looked: Looked


@dataclass(frozen=True)
class Outcome:
    """What became of one item that was ticked."""

    title: str
    said: str
    is_done: bool
    page_id: int


class Batch(View):
    """What is short and ready waits here together; whatever else stays on its own page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _shown(request, MomentForm(), outcomes=[])

    def post(self, request: HttpRequest) -> HttpResponse:
        form = MomentForm(request.POST)
        ticked = request.POST.getlist("yes")
        if not form.is_valid():
            return _shown(request, form, outcomes=[], status=422)
        if not ticked:
            refusal = _("Tick what you read and want to approve.")
            return _shown(request, form, outcomes=[], refusal=refusal, status=422)
        due_at = form.cleaned_data["due_at"]
        user = person_of(request)
        outcomes = [_approved(said, by=user, due_at=due_at) for said in ticked[:MOST]]
        return _shown(request, MomentForm(), outcomes=[each for each in outcomes if each])


def _approved(said: str, *, by: User, due_at: datetime | None) -> Outcome | None:
    """Approve one item as it was shown; what is refused keeps nobody else waiting.

    Args:
        said: Key of the item, key of the round and digest, as the page held them.
        by: Who ticked it.
        due_at: When it goes live; None is now.
    """
    page_id, _separator, rest = said.partition(":")
    state_id, _separator, digest = rest.partition(":")
    if not page_id.isdecimal() or not state_id.isdecimal():
        return None
    found = EditorialPage.objects.filter(pk=page_id).first()
    state = round_of(found, int(state_id)) if found else None
    if found is None or state is None:
        return None
    item: EditorialPage = found.specific
    try:
        approve(state, by=by, digest=digest, due_at=due_at)
    except WorkflowError as error:
        return Outcome(item.draft_title, str(error), is_done=False, page_id=item.pk)
    return Outcome(
        item.draft_title, ready_in_words(item, due_at=due_at), is_done=True, page_id=item.pk
    )


def _shown(
    request: HttpRequest,
    form: MomentForm,
    *,
    outcomes: list[Outcome],
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    waiting = waiting_for(person_of(request))
    shorts = shorts_of(request, waiting)
    context: dict[str, Any] = {
        "form": form,
        "shorts": shorts,
        "others": len(waiting) - len(shorts),
        "outcomes": outcomes,
        "refusal": refusal,
        "zone": zone_in_words(),
    }
    return screen(request, "batch", context, status=status)


def shorts_of(request: HttpRequest, waiting: list[Waiting]) -> list[Short]:
    """Return the oldest items that are short, ready and need nobody else first."""
    found: list[Short] = []
    for each in waiting[:CANDIDATES]:
        item: EditorialPage = each.facts.item.specific
        state = item.current_workflow_task_state
        if state is None or len(found) == MOST:
            continue
        text = texts.latest_text(item)
        if not _fits(text):
            continue
        texts.keep(text)
        looks.remember(request, text)
        address = looks.preview_url(request, text.page)
        found.append(Short(each, text, state.pk, address, checklists.look_at(text.page)))
    return found


def _fits(text: Text) -> bool:
    if text.page.live:
        return False  # what stands on the hub already is looked at beside what changes
    is_ready = not any(problem.blocking for problem in problems(text.page))
    is_short = plain_words.reading_of(text.page).words <= SHORT
    return is_ready and is_short and not edits.awaits_author(text)
