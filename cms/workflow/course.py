"""The one workflow that every item goes through."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

NAME = "Plein"
TASK_NAME = "Approval by a second person"


def ensure_workflow(get_model: Callable[..., Any] = apps.get_model) -> Any:
    """Make the workflow with its one task and attach it at the root page; safe to repeat.

    Args:
        get_model: Finds models by name; a migration passes its own.
    """
    workflow, _made = get_model("wagtailcore", "Workflow").objects.get_or_create(
        name=NAME, defaults={"active": True}
    )
    task = _ensure_task(get_model)
    get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    root = get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is not None:
        get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page_id=root.pk, defaults={"workflow": workflow}
        )
    return workflow


def _ensure_task(get_model: Callable[..., Any]) -> Any:
    tasks = get_model("workflow", "ApprovalTask").objects
    kind, _made = get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="workflow", model="approvaltask"
    )
    return tasks.first() or tasks.create(name=TASK_NAME, active=True, content_type_id=kind.pk)
