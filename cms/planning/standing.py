"""How far a request is: read from its contribution and item, kept nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from cms.contributions.models import Contribution
from cms.contributions.progress import answered_in
from cms.core.wall_clock import hub_zone
from cms.planning.models import Assignment
from cms.publishing.status import Status, StatusKey, statuses_of


class Stage(StrEnum):
    """Where a request is between being asked and being on the hub."""

    FREE = "free"
    ASKED = "asked"
    ACCEPTED = "accepted"
    WRITING = "writing"
    HANDED_IN = "handed-in"
    DECLINED = "declined"
    CANCELLED = "cancelled"


WAITS_FOR_WRITER = frozenset({Stage.ASKED, Stage.ACCEPTED, Stage.WRITING})


@dataclass(frozen=True)
class Standing:
    """How one request stands.

    Attributes:
        stage: Between asked and handed in.
        status: Of the item, once there is one: the same eight as everywhere.
        done: How many questions have an answer, of `total`.
        days_late: Whole days past the due date; 0 while there is time, or nothing to wait for.
    """

    stage: Stage
    status: Status | None
    done: int
    total: int
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def waits_for_writer(self) -> bool:
        return self.stage in WAITS_FOR_WRITER


def today(now: datetime | None = None) -> date:
    """Return the day that the hub's own clock shows."""
    return (now or timezone.now()).astimezone(hub_zone()).date()


def standing_of(assignment: Assignment, *, now: datetime | None = None) -> Standing:
    return standings_of([assignment], now=now)[assignment.pk]


def standings_of(
    assignments: Iterable[Assignment], *, now: datetime | None = None
) -> dict[int, Standing]:
    """Return how requests stand, by key, in five queries for any number of them.

    Args:
        assignments: As `whole()` brings them.
        now: The moment to tell it for.
    """
    listed = list(assignments)
    begun = [each.contribution for each in listed if each.contribution]
    statuses = statuses_of([one.item for one in begun if one.item])
    answered = answered_in([one.pk for one in begun])
    day = today(now)
    return {each.pk: _standing(each, statuses, answered, day=day) for each in listed}


def _standing(
    assignment: Assignment,
    statuses: dict[int, Status],
    answered: set[tuple[int, str]],
    *,
    day: date,
) -> Standing:
    contribution = assignment.contribution
    done, total = _counted(contribution, answered)
    status = statuses.get(contribution.item_id or 0) if contribution else None
    stage = _stage(assignment, status, is_begun=done > 0)
    late = (day - assignment.due_on).days if stage in WAITS_FOR_WRITER else 0
    return Standing(stage, status, done, total, max(late, 0))


def _stage(assignment: Assignment, status: Status | None, *, is_begun: bool) -> Stage:
    if assignment.cancelled_at is not None:
        return Stage.CANCELLED
    if assignment.declined_at is not None:
        return Stage.DECLINED
    if status is not None and status.key != StatusKey.DRAFT:
        return Stage.HANDED_IN
    if assignment.assignee_id is None:
        return Stage.FREE
    if status is not None or is_begun:
        return Stage.WRITING
    return Stage.ACCEPTED if assignment.accepted_at else Stage.ASKED


def _counted(contribution: Contribution | None, answered: set[tuple[int, str]]) -> tuple[int, int]:
    if contribution is None:
        return 0, 0
    asked = contribution.question_set.questions.asked
    return sum((contribution.pk, one.key) in answered for one in asked), len(asked)
