"""Asks the author about what an editor changed during review: once per text, after a pause."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from wagtail.models import Revision, TaskState

from cms.stories.models import EditorialPage
from cms.workflow import notifications, texts
from cms.workflow.actions import locked_item
from cms.workflow.models import ApprovalState, EditNotice, Yes
from cms.workflow.texts import Text

QUIET = timedelta(minutes=1)
"""Autosave writes every few seconds; nobody wants a mail for each of them."""


def ask_authors(*, now: datetime) -> int:
    """Ask every author whose text was edited and then left alone for a while; return how many."""
    return sum(ask_author(page_id, now=now) for page_id in _edited_in_review(now=now))


@transaction.atomic
def ask_author(page_id: int, *, now: datetime) -> bool:
    """Ask the author of one item about the edit that stands; say whether a mail was written."""
    item = locked_item(page_id)
    if item.current_workflow_task_state is None:
        return False
    text = texts.latest_text(item)
    if not awaits_author(text) or text.revision.created_at > now - QUIET:
        return False
    _notice, is_new = EditNotice.objects.get_or_create(item_id=item.pk, digest=text.digest)
    if is_new:
        texts.keep(text)
        notifications.edited(text.page)
    return is_new


def awaits_author(text: Text) -> bool:
    """Say whether nobody but an approver has said yes to this text."""
    said = Yes.objects.filter(item_id=text.page.pk, digest=text.digest)
    return not said.exclude(role=Yes.Role.APPROVER).exists()


def said_yes_to(page: EditorialPage) -> EditorialPage | None:
    """Return the newest text that its author or submitter said yes to: the *before* of an edit."""
    latest = (
        Yes.objects.filter(item=page.pk)
        .exclude(role=Yes.Role.APPROVER)
        .order_by("-said_at", "-pk")
        .first()
    )
    return texts.kept(page, latest.digest) if latest else None


def _edited_in_review(*, now: datetime) -> Iterator[int]:
    """Return the items in review that were saved after their round of approval started."""
    waiting = ApprovalState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    for state in waiting.select_related("workflow_state"):
        page_id = int(state.workflow_state.object_id)
        newest = Revision.objects.filter(pk__in=_latest_of(page_id)).first()
        if newest and state.started_at < newest.created_at <= now - QUIET:
            yield page_id


def _latest_of(page_id: int) -> list[int]:
    found = EditorialPage.objects.filter(pk=page_id).values_list("latest_revision_id", flat=True)
    return [pk for pk in found if pk is not None]
