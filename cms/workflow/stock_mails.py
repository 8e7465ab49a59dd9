"""Keeps Wagtail's own workflow mails from being sent beside ours."""

from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

_PLACES = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def silence() -> None:
    """Take the places of Wagtail's senders of mail.

    A signal keeps the first receiver under an id. `cms.workflow` stands before `wagtail.admin` in
    the installed apps, so its silent receiver is first; a test sees to it that it stays so.
    """
    for signal, sender, place in _PLACES:
        signal.connect(_nothing, sender=sender, dispatch_uid=place)


def _nothing(**_words: Any) -> None:
    """Send no mail."""
