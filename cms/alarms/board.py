"""What is wrong now, to look at: the alarms, and what nobody is left to raise one for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.alarms.models import Alarm
from cms.alarms.problems import Kind, Problem
from cms.alarms.watch import problems
from cms.alarms.words import Words, words_of

LOOK_BACK = timedelta(weeks=2)


@dataclass(frozen=True)
class Notice:
    """One thing that is wrong, in words."""

    kind: Kind
    words: Words
    since: datetime
    is_told: bool


@dataclass(frozen=True)
class Past:
    """One thing that was wrong and is over."""

    said: str
    since: datetime
    until: datetime


def notices(*, now: datetime) -> list[Notice]:
    """Return what is wrong now, longest first; what may be over in a moment is left out.

    Looked at afresh, not read from the alarms alone: when the parts that keep watch stand still
    themselves, this is the only place that says so.
    """
    found = problems(now=now)
    known = {alarm.problem.key: alarm for alarm in Alarm.objects.open()}
    nobody_watches = {f"{Kind.PART}:clock", f"{Kind.PART}:worker"} <= found.keys()
    seen = [
        _notice(problem, known.get(key), now=now)
        for key, problem in found.items()
        if nobody_watches or _is_news(problem, known.get(key), now=now)
    ]
    return sorted(seen, key=lambda notice: notice.since)


def _is_news(problem: Problem, alarm: Alarm | None, *, now: datetime) -> bool:
    if not problem.kind.patience:
        return True
    return alarm is not None and now - alarm.since >= problem.kind.patience


def _notice(problem: Problem, alarm: Alarm | None, *, now: datetime) -> Notice:
    return Notice(
        kind=problem.kind,
        words=words_of(problem),
        since=alarm.since if alarm else now,
        is_told=bool(alarm and alarm.told_at),
    )


def past(*, now: datetime) -> list[Past]:
    """Return what was wrong in the last two weeks and is over, newest first."""
    over = Alarm.objects.ended_after(now - LOOK_BACK).order_by("-ended_at", "-pk")
    return [
        Past(words_of(alarm.problem).said, alarm.since, alarm.gone_at or alarm.ended_at)
        for alarm in over
        if alarm.ended_at
    ]
