"""Lets what the loader just did have happened when the demo says."""

from datetime import datetime

from django.db.models import F, Q
from wagtail.models import Revision, TaskState, WorkflowState

from cms.documents.actions import refresh
from cms.stories.models import EditorialPage


def backdate(page: EditorialPage, moment: datetime) -> None:
    """Move an unpublished item's last change, and the round of approval it is in, to a moment."""
    Revision.objects.for_instance(page).update(created_at=moment)
    EditorialPage.objects.filter(pk=page.pk).update(latest_revision_created_at=moment)
    workflow_states = WorkflowState.objects.for_instance(page)
    TaskState.objects.filter(workflow_state__in=workflow_states).update(started_at=moment)
    TaskState.objects.filter(
        Q(workflow_state__in=workflow_states), finished_at__isnull=False
    ).update(finished_at=F("started_at"))
    workflow_states.update(created_at=moment)


def backdate_text(revision: Revision, moment: datetime) -> None:
    """Let a text have been written at a moment, so that publishing it then is no later update."""
    Revision.objects.filter(pk=revision.pk).update(created_at=moment)
    EditorialPage.objects.filter(pk=revision.object_id).update(latest_revision_created_at=moment)
    revision.refresh_from_db()


def backdate_update(page: EditorialPage, moment: datetime) -> None:
    """Let what is live have been changed, and published again, at a moment after the first."""
    Revision.objects.filter(pk=page.live_revision_id).update(created_at=moment)
    EditorialPage.objects.filter(pk=page.pk).update(last_published_at=moment)
    page.refresh_from_db()
    refresh(page)
