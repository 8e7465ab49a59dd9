"""Rounds of approval that are over: what was said in them, and how long they took."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, TaskState

from cms.stories.models import EditorialPage
from cms.workflow.models import ApprovalState


@dataclass
class Turnaround:
    """How rounds in one rubric went within a period; it says nothing about any person.

    Attributes:
        title: Of the rubric or section.
        approved: How many were approved.
        sent_back: How many went back to the author.
        days: How long each took, from submission to decision, in days.
        reasons: How often each house rule was the reason, by key.
    """

    title: str
    approved: int = 0
    sent_back: int = 0
    days: list[float] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def usual_days(self) -> float:
        """The middle one: one story that lay for weeks does not colour all others."""
        return median(self.days) if self.days else 0.0

    @property
    def decided(self) -> int:
        return self.approved + self.sent_back


def newest_answer(item: EditorialPage) -> ApprovalState | None:
    """Return the round in which an item was last sent back, for who reads it again."""
    found: ApprovalState | None = (
        ApprovalState.objects.filter(
            workflow_state__object_id=str(item.pk), status=TaskState.STATUS_REJECTED
        )
        .select_related("finished_by", "answered_by")
        .order_by("-finished_at", "-pk")
        .first()
    )
    if found is None or (item.last_published_at and found.finished_at < item.last_published_at):
        return None
    return found


def turnaround(*, since: datetime, until: datetime, hidden: Iterable[int] = ()) -> list[Turnaround]:
    """Count what was decided in a period, by rubric, in three queries; most decided first.

    Args:
        since: The first moment that counts.
        until: The first moment after it.
        hidden: Items that whoever asks may not know of.
    """
    decided = ApprovalState.objects.filter(
        Q(status=TaskState.STATUS_APPROVED) | Q(status=TaskState.STATUS_REJECTED),
        finished_at__gte=since,
        finished_at__lt=until,
    ).exclude(workflow_state__object_id__in=[str(pk) for pk in hidden])
    rows = list(
        decided.values_list(
            "workflow_state__object_id", "status", "started_at", "finished_at", "reason"
        )
    )
    texts = EditorialPage.objects.annotate(text_id=Cast("pk", CharField()))
    wanted = decided.values("workflow_state__object_id")
    parents = {
        str(pk): path[: -Page.steplen]
        for pk, path in texts.filter(text_id__in=wanted).values_list("pk", "path")
    }
    titles = dict(Page.objects.filter(path__in=set(parents.values())).values_list("path", "title"))
    found: dict[str, Turnaround] = {}
    for item, status, started, finished, reason in rows:
        place = parents.get(item)
        if place is None:
            continue
        one = found.setdefault(place, Turnaround(titles.get(place, "")))
        _count(one, status, finished - started, reason=reason)
    return sorted(found.values(), key=lambda one: (-one.decided, one.title))


def _count(one: Turnaround, status: str, took: timedelta, *, reason: str) -> None:
    one.days.append(took / timedelta(days=1))
    if status == TaskState.STATUS_APPROVED:
        one.approved += 1
        return
    one.sent_back += 1
    if reason:
        one.reasons[reason] += 1
