"""Acts beside the usual way: a small correction of what is live, and an answer to a sentence."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from cms.accounts.models import User
from cms.stories.models import EditorialPage
from cms.workflow import notifications, permissions, texts
from cms.workflow.actions import approve, locked_item
from cms.workflow.errors import NotAllowed, NotInReview, NotSmall, WordsNeeded
from cms.workflow.models import ApprovalState
from cms.workflow.small_changes import small_change


@transaction.atomic
def approve_small(task_state: TaskState, *, by: User, digest: str) -> None:
    """Say the second yes to a correction of a live item, for now, and log how small it was.

    Raises:
        NotSmall: It could say something else now, or is not live: it goes the usual way.
        WorkflowError: As `approve` refuses.
    """
    item = locked_item(int(task_state.workflow_state.object_id))
    text = texts.latest_text(item)
    small = small_change(item, text)
    if small is None:
        raise NotSmall
    approve(task_state, by=by, digest=digest)
    changed = [
        {"field": each.field, "old": each.old, "new": each.new} for each in small.differences
    ]
    log(
        instance=item,
        action="plein.small_change",
        user=by,
        revision=text.revision,
        data={"words": small.words, "differences": changed},
    )


def round_sent_back(item: EditorialPage) -> ApprovalState | None:
    """Return the round in which an item was sent back, as long as it is with its author."""
    state = item.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    newest: ApprovalState | None = ApprovalState.objects.filter(
        pk=state.current_task_state_id
    ).first()
    return newest


@transaction.atomic
def answer(page: EditorialPage, *, by: User, sentence: str) -> None:
    """Let the author say something about what was asked; whoever sent it back reads it.

    Raises:
        WordsNeeded: The sentence is missing.
        NotAllowed: Only an author answers.
        NotInReview: It was not sent back, or was submitted again.
    """
    item = locked_item(page.pk)
    state = round_sent_back(item)
    if state is None:
        raise NotInReview(_("This is not back with you any more. Look at how it stands now."))
    is_hers = permissions.is_author(by, texts.latest_text(item).page)
    if not is_hers and state.workflow_state.requested_by_id != by.pk:
        raise NotAllowed
    if not (sentence := sentence.strip()):
        raise WordsNeeded(_("Write one sentence."))
    state.answer, state.answered_by, state.answered_at = sentence, by, timezone.now()
    state.save(update_fields=["answer", "answered_by", "answered_at"])
    log(instance=item, action="plein.answer", user=by, data={"sentence": sentence})
    if state.finished_by is not None:
        notifications.answered(item, by=by, to=state.finished_by, sentence=sentence)
