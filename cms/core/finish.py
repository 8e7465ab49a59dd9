"""Where Wagtail asks what to do at the end of a workflow.

Wagtail imports this module inside a class body, before any model exists; so it knows no model.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_acts: list[Callable[..., None]] = []


def register_finish_act(act: Callable[..., None]) -> None:
    """Name the act that the end of a workflow calls; done once, when the apps are ready."""
    _acts[:] = [act]


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Call the registered act with Wagtail's own arguments; without one nothing may finish."""
    if not _acts:
        raise ImproperlyConfigured("No act is registered for the end of a workflow.")
    _acts[0](workflow_state, user=user)
