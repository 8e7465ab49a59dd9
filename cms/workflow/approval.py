"""The approval that is being carried out: the only thing that lets a workflow finish."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Revision

from cms.accounts.models import User
from cms.stories.models import EditorialPage


@dataclass(frozen=True)
class Approval:
    """What was approved, by whom and for when (`None`: now)."""

    workflow_state_id: int
    page: EditorialPage
    revision: Revision
    digest: str
    by: User
    due_at: datetime | None


_current: ContextVar[Approval | None] = ContextVar("approval", default=None)


@contextmanager
def approving(approval: Approval) -> Iterator[None]:
    """Let the workflow that this approval is about finish, here and now only."""
    token = _current.set(approval)
    try:
        yield
    finally:
        _current.reset(token)


def approval_for(workflow_state_id: int) -> Approval | None:
    """Return the approval under way for this workflow; None when it ends by any other door."""
    approval = _current.get()
    if approval is None or approval.workflow_state_id != workflow_state_id:
        return None
    return approval
