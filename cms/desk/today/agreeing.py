"""What waits for the yes of somebody in it: read for many items at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.accounts import roles
from cms.accounts.models import User
from cms.agreement.models import Answer, Entry, Party
from cms.desk.today.facts import Facts, facts_of
from cms.stories.models import EditorialPage
from cms.stories.ownership import hidden_from
from cms.workflow import permissions
from cms.workflow.models import ApprovalState


@dataclass(frozen=True)
class Agreeing:
    """An item in review with a question that is open."""

    facts: Facts
    since: datetime
    sentence: str


@dataclass
class Question:
    """Who was asked about her part of one item and has not answered, and since when."""

    since: datetime
    names: list[str] = field(default_factory=list)
    is_refused: bool = False

    @property
    def sentence(self) -> str:
        """Name nobody once anybody refused: who is not named any more would be who did."""
        if self.is_refused:
            return _("There is no agreement. Like this it can't go online.")
        return _("Waits for %(names)s to agree.") % {"names": self.who}

    @property
    def why(self) -> str:
        """Say it inside a sentence of somebody else's."""
        if self.is_refused:
            return _("there is no agreement")
        return _("waits for %(names)s to agree") % {"names": self.who}

    @property
    def who(self) -> str:
        return _(" and ").join(self.names)


def in_review() -> QuerySet[ApprovalState, Any]:
    """Return the keys, as text, of the items that wait for a decision: to ask within."""
    waiting: QuerySet[ApprovalState, Any] = ApprovalState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
    ).values("workflow_state__object_id")
    return waiting


def open_questions(items: Iterable[int] | None = None) -> dict[int, Question]:
    """Return the questions that are open about items in review, oldest first, in two queries.

    Args:
        items: Only about these; None is about all there are.
    """
    asked = Party.objects.filter(asked_at__isnull=False, answered_at=None)
    if items is not None:
        asked = asked.filter(item__in=list(items))
    waiting = asked.annotate(item_text=Cast("item", CharField())).filter(item_text__in=in_review())
    found: dict[int, Question] = {}
    rows = waiting.order_by("asked_at").values_list("item", "person__name", "asked_at")
    for item, name, at in rows:
        if at is not None:
            found.setdefault(item, Question(at)).names.append(name)
    refusals = Entry.objects.filter(item__in=found, answer=Answer.NO)
    for item in refusals.values_list("item", flat=True) if found else ():
        if item is not None:
            found[item].is_refused = True
    return found


def waiting_for_agreement(user: User) -> list[Agreeing]:
    """Return what waits for somebody in it, oldest question first, as far as she decides on it."""
    questions = open_questions()
    items = EditorialPage.objects.filter(pk__in=questions).exclude(
        pk__in=hidden_from(user).values("pk")
    )
    if not roles.sees_everything(user):
        own = permissions.approvable_ids(user)
        items = items.annotate(text_id=Cast("pk", CharField())).filter(text_id__in=own)
    facts = facts_of(items.defer_streamfields(), reader=user)
    return [
        Agreeing(facts[pk], question.since, question.sentence)
        for pk, question in questions.items()
        if pk in facts
    ]
