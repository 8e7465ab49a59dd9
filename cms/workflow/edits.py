"""Asks the author about what an editor changed during review: once per text, after a pause."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from wagtail.models import TaskState

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
    if text.revision.created_at > now - QUIET:
        return False
    _notice, is_new = EditNotice.objects.update_or_create(
        item_id=item.pk, digest=text.digest, defaults={"saved_at": text.revision.created_at}
    )
    if not is_new or not awaits_author(text):
        return False
    texts.keep(text)
    notifications.edited(text.page)
    return True


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


def _edited_in_review(*, now: datetime) -> list[int]:
    """Return the items in review whose newest text nobody has looked into; in four queries."""
    waiting = {
        int(page_id): started_at
        for page_id, started_at in ApprovalState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS
        ).values_list("workflow_state__object_id", "started_at")
    }
    said = Yes.objects.filter(item__in=waiting).exclude(role=Yes.Role.APPROVER)
    settled = dict(said.values_list("item").annotate(Max("said_at")))
    asked = dict(
        EditNotice.objects.filter(item__in=waiting).values_list("item").annotate(Max("saved_at"))
    )
    saved = EditorialPage.objects.filter(pk__in=waiting, latest_revision__isnull=False)
    return [
        pk
        for pk, saved_at in saved.values_list("pk", "latest_revision__created_at")
        if max(waiting[pk], settled.get(pk, waiting[pk]), asked.get(pk, waiting[pk]))
        < saved_at
        <= now - QUIET
    ]
