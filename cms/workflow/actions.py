"""The acts of the workflow: submit, approve, send back, accept an edit, object to one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from cms.accounts.models import User
from cms.agreement.register import note_own_yes
from cms.stories.models import EditorialPage
from cms.workflow import notifications, permissions, reasons, texts
from cms.workflow.approval import Approval, approving
from cms.workflow.differences import between
from cms.workflow.errors import (
    AlreadySubmitted,
    ChangedSinceShown,
    MomentRefused,
    NotAllowed,
    NotInReview,
    NotReady,
    SecondPersonNeeded,
    WordsNeeded,
)
from cms.workflow.models import ApprovalState, ApprovalTask, Yes
from cms.workflow.moments import in_words, refuse_past
from cms.workflow.readiness import (
    AGREEMENT,
    of_agreement,
    problems,
    problems_at_submission,
)
from cms.workflow.texts import Text


@transaction.atomic
def submit(page: EditorialPage, *, by: User) -> TaskState:
    """Ask for a decision about the newest text; the submitter says yes to it with this act.

    Raises:
        NotAllowed: It is not this person's item.
        AlreadySubmitted: It waits for a decision.
        NotReady: Something that only the writer can give is missing.
    """
    item = locked_item(page.pk)
    if not permissions.may_submit(by, item):
        raise NotAllowed
    state = item.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise AlreadySubmitted
    text = texts.latest_text(item)
    if found := problems_at_submission(text.page):
        raise NotReady(found)
    task_state = begin_review(item, by=by)
    notifications.submitted(text.page, by=by)
    return task_state


def begin_review(item: EditorialPage, *, by: User) -> TaskState:
    """Open a round of approval for the newest text of a locked item, with this person's yes."""
    state = item.current_workflow_state
    if state:
        state.resume(user=by)
    else:
        state = item.get_workflow().start(item, user=by)
    state.refresh_from_db()
    task_state: TaskState = state.current_task_state.specific
    return task_state


def started(task_state: TaskState, *, by: User | None) -> None:
    """Record the yes of whoever submits, by whatever door: a task starts with somebody's yes."""
    if by is not None:
        text = texts.text_of(task_state.revision)
        say_yes(text, by=by)


@transaction.atomic
def approve(
    task_state: TaskState, *, by: User, digest: str, due_at: datetime | None = None
) -> None:
    """Say the second yes to exactly the text with this digest, for now or for a moment.

    Args:
        task_state: The round of approval that the approver was looking at.
        by: The approver.
        digest: Of the text that was shown.
        due_at: When it goes live; None is now.

    Raises:
        NotInReview: Somebody decided already, or it was taken back.
        NotAllowed: Others approve in this rubric.
        ChangedSinceShown: The text is no longer the one with this digest.
        NotReady: Something blocks publication, or somebody in it did not agree to it.
        SecondPersonNeeded: Nobody else has said yes to this text.
        MomentRefused: The moment has passed, or lies after the item's end.
    """
    item, state = under_review(task_state)
    if not permissions.may_approve(by, item):
        raise NotAllowed
    text = texts.latest_text(item)
    refuse_other_text(text, digest=digest)
    found = [problem for problem in problems(text.page) if problem.blocking]
    if blocking := [problem for problem in found if problem.key != AGREEMENT]:
        raise NotReady(blocking)
    _refuse_moment(text.page, due_at)
    say_yes(text, by=by, role=Yes.Role.APPROVER)
    # Only now: who approves may be in it herself, and this is her yes to that as well.
    if lacking := [*of_agreement(text.page)]:
        raise NotReady(lacking)
    _refuse_single_yes(text, by=by)
    if state.revision_id != text.revision.pk:
        # Same digest, newer revision: what is approved is what Wagtail's own check looks at.
        state.revision = text.revision
        state.save(update_fields=["revision"])
    approval = Approval(
        workflow_state_id=state.workflow_state_id,
        page=item,
        revision=text.revision,
        digest=text.digest,
        by=by,
        due_at=due_at,
    )
    with approving(approval):
        state.approve(user=by)


@transaction.atomic
def send_back(task_state: TaskState, *, by: User, reason: str, sentence: str) -> None:
    """Give an item back to its author, with a reason and a kind sentence.

    Raises:
        WordsNeeded: The reason or the sentence is missing.
        NotInReview: Somebody decided already.
        NotAllowed: Others decide in this rubric.
    """
    item, state = under_review(task_state)
    if not permissions.may_approve(by, item):
        raise NotAllowed
    sentence = sentence.strip()
    if not reasons.is_in_use(reason) or not sentence:
        raise WordsNeeded
    state.reason = reason
    state.save(update_fields=["reason"])
    state.reject(user=by, comment=sentence)
    notifications.sent_back(texts.latest_text(item).page, by=by, reason=reason, sentence=sentence)


@transaction.atomic
def accept_edit(page: EditorialPage, *, by: User, digest: str) -> None:
    """Let the author say yes to what an editor made of the text.

    Raises:
        NotAllowed: Only an author accepts.
        NotInReview: It does not wait for a decision.
        ChangedSinceShown: The text is no longer the one with this digest.
    """
    item, state, text = _edit_to_judge(page, by=by)
    if text.digest != digest:
        _refuse(text, digest=digest)
    say_yes(text, by=by, role=Yes.Role.AUTHOR)
    if state.revision_id != text.revision.pk:
        state.revision = text.revision
        state.save(update_fields=["revision"])
    log(instance=item, action="plein.accept_edit", user=by, revision=text.revision)
    notifications.accepted(text.page, by=by)


@transaction.atomic
def object_to_edit(page: EditorialPage, *, by: User, sentence: str) -> None:
    """Let the author refuse an edit: the item is a draft again, and the approvers hear why.

    Raises:
        WordsNeeded: The sentence is missing.
        NotAllowed: Only an author objects.
        NotInReview: It does not wait for a decision.
    """
    item, state, text = _edit_to_judge(page, by=by)
    sentence = sentence.strip()
    if not sentence:
        raise WordsNeeded(_("Write one sentence, so that the editor knows what to do."))
    state.workflow_state.cancel(user=by)
    log(
        instance=item,
        action="plein.object_to_edit",
        user=by,
        revision=text.revision,
        data={"sentence": sentence},
    )
    notifications.objected(text.page, by=by, sentence=sentence)


def bind_acts() -> None:
    """Let the task reach its acts by the names of Wagtail's actions; models can't import them."""
    ApprovalTask.acts = {"start": started, "approve": approve, "reject": send_back}


def locked_item(pk: int) -> EditorialPage:
    """Return the item as it is now, and keep others from changing it until the act is done."""
    # Both halves of its row: an editor's save writes the other half, and what an act has read of
    # it would otherwise be written over what she saved meanwhile.
    locked = EditorialPage.objects.select_for_update(of=("self", "page_ptr")).get(pk=pk)
    item: EditorialPage = locked.specific
    return item


def under_review(task_state: TaskState) -> tuple[EditorialPage, ApprovalState]:
    """Return the item and its round of approval, locked, if it still waits for a decision."""
    item = locked_item(int(task_state.workflow_state.object_id))
    state = ApprovalState.objects.select_related("workflow_state").get(pk=task_state.pk)
    is_current = state.workflow_state.current_task_state_id == state.pk
    if (
        state.status != TaskState.STATUS_IN_PROGRESS
        or state.workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or not is_current
    ):
        raise _decided(state)
    return item, state


def _decided(state: ApprovalState) -> NotInReview:
    """Say who decided, and when, where somebody did."""
    if state.finished_by is None or state.finished_at is None:
        return NotInReview()
    words = {"person": state.finished_by.display_name, "moment": in_words(state.finished_at)}
    if state.status == TaskState.STATUS_APPROVED:
        return NotInReview(_("%(person)s approved this already: %(moment)s.") % words)
    return NotInReview(_("%(person)s decided on this already: %(moment)s.") % words)


def _edit_to_judge(page: EditorialPage, *, by: User) -> tuple[EditorialPage, ApprovalState, Text]:
    item = locked_item(page.pk)
    text = texts.latest_text(item)
    state = item.current_workflow_task_state
    # An editor could name herself as the author in the very edit that is to be judged.
    if not permissions.is_author(by, item) and not _has_submitted(state, by):
        raise NotAllowed(_("Only who wrote it can accept this."))
    if state is None:
        raise NotInReview
    return item, state, text


def _has_submitted(state: TaskState | None, by: User) -> bool:
    return state is not None and state.workflow_state.requested_by_id == by.pk


def say_yes(text: Text, *, by: User, role: Yes.Role | None = None) -> None:
    """Record that somebody said yes to exactly this text, and keep the text."""
    if role is None:
        author = permissions.is_author(by, text.page)
        role = Yes.Role.AUTHOR if author else Yes.Role.EDITOR
    texts.keep(text)
    Yes.objects.get_or_create(item_id=text.page.pk, digest=text.digest, person=by, role=role)
    note_own_yes(text.page, by=by)


def refuse_other_text(text: Text, *, digest: str) -> None:
    """Go on only if this text is the one with the digest that was shown."""
    if text.digest != digest:
        _refuse(text, digest=digest)


def _refuse(text: Text, *, digest: str) -> NoReturn:
    """Refuse, and say what changed since the text with this digest was shown."""
    shown = texts.kept(text.page, digest)
    raise ChangedSinceShown(between(shown, text.page) if shown else ())


def _refuse_single_yes(text: Text, *, by: User) -> None:
    """Two different people have said yes to this very text, or it is not approved."""
    others = Yes.objects.filter(item_id=text.page.pk, digest=text.digest).exclude(person=by)
    if others.exists():
        return
    authors = permissions.authors_of(text.page)
    if by in authors:
        rest = permissions.approvers_of(text.page).exclude(pk=by.pk)
        names = _names(rest)
        raise SecondPersonNeeded(
            _("You helped write this. %(names)s can approve it.") % {"names": _either(names)}
            if names
            else None,
            waiting_for=names,
        )
    names = _names(authors)
    raise SecondPersonNeeded(
        _("The text was edited. First %(names)s says yes to it.") % {"names": _either(names)}
        if names
        else None,
        waiting_for=names,
    )


def _names(people: Iterable[User]) -> list[str]:
    return [person.display_name for person in people]


def _either(names: Sequence[str]) -> str:
    return _(" or ").join(names)


def _refuse_moment(page: EditorialPage, due_at: datetime | None) -> None:
    now = timezone.now()
    if due_at is not None:
        refuse_past(due_at, now=now)
    if page.expire_at and page.expire_at <= (due_at or now):
        raise MomentRefused(
            _("This ends %(moment)s: before it would go live.")
            % {"moment": in_words(page.expire_at)}
        )
