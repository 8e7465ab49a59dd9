"""At most two reminders of a request, or of questions that were given on; none once it is done."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from cms.contributions import forwarding
from cms.contributions.composing import is_open
from cms.contributions.models import Contribution, Forwarding
from cms.contributions.progress import HerProgress, progress_of_hers
from cms.planning import notices
from cms.planning.models import Assignment
from cms.planning.quiet import is_quiet
from cms.planning.standing import Standing, standings_of, today
from cms.publishing import regular

MOST = 2
AHEAD = 3
"""Working days before the due date, at which the first one comes."""
SILENCE = timedelta(days=3)
"""After which who was given questions hears of them again."""
SATURDAY = 5


def join_the_clock() -> None:
    regular.register("reminding of requests", remind)


def remind(now: datetime) -> int:
    """Send the reminders that are due; return how many."""
    if is_quiet(now):
        return 0
    return _of_requests(now) + _of_questions(now)


def _of_requests(now: datetime) -> int:
    day = today(now)
    waiting = (
        Assignment.objects.under_way()
        .whole()
        .filter(assignee__is_active=True, reminded__lt=MOST, due_on__gte=day)
    )
    waiting = waiting.filter(due_on__lte=day + timedelta(days=AHEAD + 4))
    listed = [each for each in waiting if is_due(each, day)]
    standings = standings_of(listed, now=now)
    return sum(_one_request(each, standings[each.pk], now=now) for each in listed)


def is_due(assignment: Assignment, day: date) -> bool:
    """Say whether a reminder of a request belongs to this day, if it is not done yet."""
    latest = max(filter(None, (assignment.given_at, assignment.reminded_at)), default=None)
    if latest is not None and today(latest) >= day:
        return False
    if assignment.reminded == 0:
        return working_days_before(assignment.due_on, AHEAD) <= day <= assignment.due_on
    return assignment.reminded < MOST and day == assignment.due_on


def working_days_before(day: date, number: int) -> date:
    while number:
        day -= timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


@transaction.atomic
def _one_request(assignment: Assignment, standing: Standing, *, now: datetime) -> bool:
    if not standing.waits_for_writer:
        return False
    # Counted first, so that no two clocks remind of the same.
    is_mine = Assignment.objects.filter(
        pk=assignment.pk,
        assignee=assignment.assignee,
        reminded=assignment.reminded,
        declined_at=None,
        cancelled_at=None,
    ).update(reminded=F("reminded") + 1, reminded_at=now)
    return bool(is_mine) and notices.reminded(assignment, standing)


def _of_questions(now: datetime) -> int:
    quiet_for = now - SILENCE
    waiting = Forwarding.objects.filter(
        reminded__lt=MOST, done_at=None, made_at__lte=quiet_for, link__revoked_at=None
    )
    waiting = waiting.filter(link__expires_at__gt=now).exclude(link__email="")
    waiting = waiting.exclude(reminded_at__gt=quiet_for)
    keys = waiting.values("contribution")
    contributions = Contribution.objects.filter(pk__in=keys).select_related(
        "question_set__rubric", "item", "author"
    )
    open_ones = [each for each in contributions if is_open(each.item)]
    wanted = set(waiting.values_list("pk", flat=True))
    told = progress_of_hers(open_ones)
    return sum(
        _one_forwarding(each, wanted, now=now) for progress in told.values() for each in progress
    )


def _one_forwarding(told: HerProgress, wanted: set[int], *, now: datetime) -> bool:
    if told.forwarding.pk not in wanted or told.is_done:
        return False
    return forwarding.remind(told, now=now)
