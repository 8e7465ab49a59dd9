"""The page on which somebody says yes: to what she sees, for a moment or for now."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.agreement.parts import is_about_nobody
from cms.contributions.photographed import strangers_in
from cms.desk.forms import ApprovalForm, RoundForm, When
from cms.desk.screens import looks
from cms.desk.screens.checklist import checklist
from cms.desk.screens.items import (
    SHORT_CODE,
    about,
    edit_url,
    either,
    item_or_404,
    person_of,
    ready_in_words,
    round_of,
    screen,
)
from cms.desk.today.waiting import waiting_for
from cms.publishing.emergencies import open_for
from cms.publishing.placing import may_compose, place
from cms.stories.models import EditorialPage
from cms.workflow import checklists, edits, permissions, texts
from cms.workflow.actions import approve
from cms.workflow.errors import ChangedSinceShown, NotReady, SecondPersonNeeded, WorkflowError
from cms.workflow.lanes import approve_small
from cms.workflow.readiness import Problem, problems
from cms.workflow.rounds import newest_answer
from cms.workflow.small_changes import small_change
from cms.workflow.texts import Text

if TYPE_CHECKING:
    from django.http import QueryDict


class Approve(View):
    """Preview, difference, checklist and the button, on one page."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        if item.current_workflow_task_state is None:
            return _decided(request, item)
        return _shown(request, item, form=None)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        form = ApprovalForm(request.POST)
        if not form.is_valid():
            return _shown(request, item, form=form, status=422)
        is_now = form.cleaned_data["when"] == When.NOW
        if is_now and not form.cleaned_data["confirmed"] and open_for(item) is None:
            return screen(request, "approve_now", {**about(item), "form": form})
        return _approved(request, item, form)


def _approved(request: HttpRequest, item: EditorialPage, form: ApprovalForm) -> HttpResponse:
    said, due_at = form.cleaned_data, form.cleaned_data["due_at"]
    state = round_of(item, said["task_state"])
    if state is None:
        return _decided(request, item)
    try:
        _place_and_approve(request, state.specific, form=form)
    except ChangedSinceShown as error:
        return _changed(request, item, error)
    except (NotReady, SecondPersonNeeded) as error:
        return _shown(request, item, form=form, refusal=_words(error), status=409)
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_home")
    messages.success(request, ready_in_words(item, due_at=due_at))
    return redirect("desk:approve", item.pk)


class ApproveSmall(View):
    """Yes to a small correction of what is live: one button, on the page that shows it."""

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        form = RoundForm(request.POST)
        if not form.is_valid():
            return _shown(request, item, form=None, status=422)
        state = round_of(item, form.cleaned_data["task_state"])
        if state is None:
            return _decided(request, item)
        try:
            approve_small(state, by=person_of(request), digest=form.cleaned_data["digest"])
        except ChangedSinceShown as error:
            return _changed(request, item, error)
        except WorkflowError as error:
            return _shown(request, item, form=None, refusal=_words(error), status=409)
        messages.success(request, ready_in_words(item, due_at=None))
        return redirect("desk:approve", item.pk)


@transaction.atomic
def _place_and_approve(request: HttpRequest, state: Any, *, form: ApprovalForm) -> None:
    """Say yes, and say with it where the item stands on the front page: both or neither."""
    said, person = form.cleaned_data, person_of(request)
    item = EditorialPage.objects.get(pk=state.workflow_state.object_id)
    wanted = (said["placement"], form.placed_until if said["placement"] else None)
    if may_place(person, item) and wanted != (item.placement, item.placed_until):
        place(item, by=person, placement=wanted[0], until=wanted[1])
    approve(state, by=person, digest=said["digest"], due_at=said["due_at"])


def may_place(person: User, item: EditorialPage) -> bool:
    return may_compose(person) and item.is_for_everyone


def _words(error: WorkflowError) -> str:
    if isinstance(error, NotReady):
        number = len(error.problems)
        return ngettext("%(number)s thing left.", "%(number)s things left.", number) % {
            "number": number
        }
    return str(error)


def _shown(
    request: HttpRequest,
    item: EditorialPage,
    *,
    form: ApprovalForm | None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the newest text, and remember that this person was shown it."""
    state = item.current_workflow_task_state
    if state is None:
        return _decided(request, item)
    text = texts.latest_text(item)
    texts.keep(text)
    form = _about_text(form, text, state)
    context = {**_context(request, text), **about(item), "form": form, "refusal": refusal}
    context["small"] = small_change(item, text)
    context["emergency"] = open_for(item)
    context["said_before"] = newest_answer(item)
    looks.remember(request, text)
    return screen(request, "approve", context, status=status)


def _context(request: HttpRequest, text: Text) -> dict[str, Any]:
    found = problems(text.page)
    if edits.awaits_author(text):
        found.insert(0, _author_first(text))
    found += _strangers(text)
    looked = checklists.look_at(text.page)
    lines = checklist(text.page, found, looked)
    return {
        "preview_url": looks.preview_url(request, text.page),
        "own_rows": looked.own_rows,
        "since_look": looks.since_last_look(request, text),
        "since_yes": looks.since_author_said_yes(text),
        "edit_url": edit_url(person_of(request), text.page),
        "has_people": not is_about_nobody(text.page),
        "wrong": [line for line in lines if line.mark != "right"],
        "right": [line for line in lines if line.mark == "right"],
        "code": text.digest[:SHORT_CODE],
        "saved_at": text.revision.created_at,
        "may_place": may_place(person_of(request), text.page),
        "may_approve": permissions.may_approve(person_of(request), text.page),
        "approvers": [user.display_name for user in permissions.approvers_of(text.page)],
    }


def _author_first(text: Text) -> Problem:
    names = either([user.display_name for user in permissions.authors_of(text.page)])
    words = _("The text was edited. First %(names)s says yes to it.")
    return Problem("author-first", words % {"names": names}, blocking=True)


def _strangers(text: Text) -> Iterator[Problem]:
    if names := strangers_in(text.page):
        words = _(
            "%(names)s is in a photo too. Not exactly one colleague is called that in full, so "
            "nobody is asked. Ask in person, or choose another picture."
        )
        yield Problem("strangers", words % {"names": ", ".join(names)}, blocking=False)


def _about_text(form: ApprovalForm | None, text: Text, state: TaskState) -> ApprovalForm:
    """Bind the form to the text on the screen: what is posted back is what was shown."""
    about_text = {"digest": text.digest, "task_state": state.pk}
    if form is None:
        return ApprovalForm(initial={**about_text, **ApprovalForm.now_of(text.page)})
    data = cast("QueryDict", form.data).copy()
    was_shown = data.get("digest")
    data.update(about_text)
    for name, value in about_text.items():
        data[name] = str(value)
    if was_shown != text.digest:
        data.pop("read", None)
    form.data = data
    return form


def _changed(request: HttpRequest, item: EditorialPage, error: ChangedSinceShown) -> HttpResponse:
    text = texts.latest_text(item)
    context = {
        **about(item),
        "refusal": str(error),
        "differences": error.differences,
        "changed_by": text.revision.user,
        "changed_at": text.revision.created_at,
    }
    return screen(request, "changed", context, status=409)


def _decided(request: HttpRequest, item: EditorialPage) -> HttpResponse:
    """Show how it stands and what waits next: all of Today is much to fetch in a train."""
    waiting = waiting_for(person_of(request))
    context = {**about(item), "next": waiting[0].facts if waiting else None}
    return screen(request, "decided", context)
