"""What waits for this person's yes, and what was given back to its writers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F
from django.db.models.functions import Cast
from wagtail.models import TaskState, WorkflowState

from cms.accounts.models import User
from cms.agreement.models import Party
from cms.desk.today.facts import Facts, facts_of
from cms.stories.models import EditorialPage
from cms.stories.ownership import hidden_from, items_of
from cms.workflow import permissions
from cms.workflow.models import ApprovalState


@dataclass(frozen=True)
class Waiting:
    """An item that somebody has to move on, and since when."""

    facts: Facts
    since: datetime
    sentence: str = ""


def waiting_for(user: User) -> list[Waiting]:
    """Return what this person may approve and did not write, oldest first.

    What waits for the yes of somebody in it waits for her, and stands in a panel of its own.
    """
    states = ApprovalState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
        workflow_state__object_id__in=permissions.approvable_ids(user),
    )
    asked = Party.objects.filter(asked_at__isnull=False, answered_at=None)
    states = states.exclude(
        workflow_state__object_id__in=asked.annotate(text=Cast("item", CharField())).values("text")
    )
    own = set(items_of(user).values_list("pk", flat=True))
    return [one for one in _rows(states, user) if one.facts.item.pk not in own]


def sent_back(user: User) -> list[Waiting]:
    """Return what was sent back and not submitted again, oldest first, as far as she may see it."""
    hidden = {str(key) for key in hidden_from(user).values_list("pk", flat=True)}
    states = ApprovalState.objects.filter(
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__current_task_state=F("pk"),
    ).exclude(workflow_state__object_id__in=hidden)
    return _rows(states, user)


def _rows(states: object, user: User) -> list[Waiting]:
    found = list(states.select_related("workflow_state").order_by("started_at"))  # type: ignore[attr-defined]
    ids = [int(state.workflow_state.object_id) for state in found]
    items = EditorialPage.objects.filter(pk__in=ids).defer_streamfields()
    facts = facts_of(items, reader=user)
    return [
        Waiting(facts[pk], since=state.finished_at or state.started_at, sentence=state.comment)
        for pk, state in zip(ids, found, strict=True)
        if pk in facts
    ]
