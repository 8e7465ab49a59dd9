"""What waits for the yes of somebody in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.accounts.models import User
from cms.agreement.models import Answer, Entry, Party
from cms.desk.today.facts import Facts, facts_of
from cms.stories.models import EditorialPage
from cms.stories.ownership import hidden_from
from cms.workflow.models import ApprovalState


@dataclass(frozen=True)
class Agreeing:
    """An item in review with a question that is open."""

    facts: Facts
    since: datetime
    sentence: str


def waiting_for_agreement(user: User) -> list[Agreeing]:
    """Return what waits for somebody in it, oldest question first, in a few queries."""
    in_review = ApprovalState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
    ).values_list("workflow_state__object_id", flat=True)
    open_ones = (
        Party.objects.filter(
            item__in=[int(key) for key in in_review], asked_at__isnull=False, answered_at=None
        )
        .exclude(item__in=hidden_from(user).values("pk"))
        .order_by("asked_at")
    )
    names: dict[int, list[str]] = defaultdict(list)
    since: dict[int, datetime] = {}
    for item, name, at in open_ones.values_list("item", "person__name", "asked_at"):
        names[item].append(name)
        if at is not None:
            since.setdefault(item, at)
    return _rows(names, since, user)


def _rows(names: dict[int, list[str]], since: dict[int, datetime], user: User) -> list[Agreeing]:
    items = EditorialPage.objects.filter(pk__in=names).defer_streamfields()
    facts = facts_of(items, reader=user)
    refusals = Entry.objects.filter(item__in=names, answer=Answer.NO)
    refused = set(refusals.values_list("item", flat=True))
    return [
        Agreeing(facts[pk], at, _sentence(names[pk], is_refused=pk in refused))
        for pk, at in since.items()
        if pk in facts
    ]


def _sentence(names: list[str], *, is_refused: bool) -> str:
    """Name nobody once anybody refused: who is not named any more would be who did."""
    if is_refused:
        return _("There is no agreement. Like this it can't go online.")
    return _("Waits for %(names)s to agree.") % {"names": _(" and ").join(names)}
