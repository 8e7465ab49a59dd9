"""Lets what the loader just did have happened when the demo says."""

from datetime import datetime

from django.db.models import F, Q
from wagtail.models import Revision, TaskState, WorkflowState

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
