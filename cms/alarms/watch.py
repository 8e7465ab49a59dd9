"""The watch: sees what is wrong every few seconds, calls who must know, once, and says it is over.

It goes round in the clock and in the worker, so that one of them sees it when the other is gone.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

from django.db import close_old_connections, connections, transaction
from django.utils import timezone

from cms.alarms import mails
from cms.alarms.content import problems_of_content
from cms.alarms.lifeboat import Lifeboat
from cms.alarms.machine import is_clock_silent, problems_of_machine
from cms.alarms.models import Alarm
from cms.alarms.problems import Kind, Problem
from cms.publishing import outbox

logger = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
CALM = timedelta(seconds=30)
"""A machine's problem is over once it stayed away for this long: what flickers is one problem."""
KEEP = timedelta(days=90)


@contextmanager
def watching(*, stands_in: bool = False) -> Iterator[None]:
    """Keep watch beside the work of a process, for as long as that lasts.

    Args:
        stands_in: Only does what can't be done twice while the clock is silent.
    """
    closed = Event()
    watch = Watch(stands_in=stands_in)
    thread = Thread(target=_watch_until, args=(closed, watch), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        closed.set()
        thread.join(timeout=EVERY_SECONDS)


def _watch_until(closed: Event, watch: "Watch") -> None:
    try:
        while not closed.wait(EVERY_SECONDS):
            close_old_connections()
            watch.go_round(now=timezone.now(), stop=closed)
    finally:
        connections.close_all()


class Watch:
    """Goes round, and has a way out for when even the alarm can't be written."""

    def __init__(self, *, stands_in: bool = False) -> None:
        self.stands_in = stands_in
        self.lifeboat = Lifeboat()
        self._stopped_by: type[Exception] | None = None

    def go_round(self, *, now: datetime, stop: Event | None = None) -> None:
        """Look once, and see to it that what has to be told is sent even if the clock is silent."""
        try:
            found = look(now=now)
            if f"{Kind.PART}:clock" in found:
                outbox.flush(stop=stop)
            self.lifeboat.all_is_written(now=now)
            self._stopped_by = None
        except Exception as error:
            # Every five seconds, on a disk that may be full because of a log.
            if self._stopped_by is not type(error):
                logger.exception("The watch could not see or write what is wrong")
            self._stopped_by = type(error)
            if not self.stands_in or is_clock_silent():
                self.lifeboat.nothing_is_written(error, now=now)


def problems(*, now: datetime) -> dict[str, Problem]:
    """Return everything that is wrong now, by key."""
    found = [*problems_of_content(now=now), *problems_of_machine(now=now)]
    return {problem.key: problem for problem in found}


def look(*, now: datetime) -> dict[str, Problem]:
    """Compare what is wrong now with the alarms there are; return what is wrong.

    Nothing is written, and no lock is held, as long as nothing is news.
    """
    found = problems(now=now)
    if _Round(found, now, _open_alarms()).is_news:
        with transaction.atomic():
            # Looked at again: another process may have done it a moment ago.
            _Round(found, now, _open_alarms(for_update=True)).write()
    return found


def _log(alarms: Sequence[Alarm]) -> None:
    for alarm in alarms:
        logger.error("An alarm: %s", alarm.kind, extra={"kind": alarm.kind})


def _open_alarms(*, for_update: bool = False) -> list[Alarm]:
    alarms = Alarm.objects.open()
    return list(alarms.select_for_update() if for_update else alarms)


@dataclass(frozen=True)
class _Round:
    """What one look has to change, worked out before anything is written."""

    found: Mapping[str, Problem]
    now: datetime
    known: list[Alarm]

    @property
    def is_news(self) -> bool:
        return bool(
            self._fresh() or self._changed() or self._gone() or self._over() or self._to_tell()
        )

    def write(self) -> None:
        self._change()
        over = self._over()
        for alarm in over:
            alarm.ended_at = self.now
        for alarm in self._gone():
            alarm.gone_at = self.now
        Alarm.objects.bulk_update(self.known, ["facts", "gone_at", "ended_at"])
        Alarm.objects.bulk_create(self._fresh())
        to_tell = [alarm for alarm in _open_alarms() if self._is_to_be_told(alarm)]
        Alarm.objects.filter(pk__in=[alarm.pk for alarm in to_tell]).update(told_at=self.now)
        mails.wrong(to_tell)
        mails.over([alarm for alarm in over if alarm.told_at and not self._got_worse(alarm)])
        if over:
            Alarm.objects.filter(ended_at__lt=self.now - KEEP).delete()
        transaction.on_commit(partial(_log, to_tell))

    def _fresh(self) -> list[Alarm]:
        known = {alarm.problem.key for alarm in self.known}
        return [
            Alarm(
                kind=problem.kind,
                about=problem.about,
                facts=dict(problem.facts),
                page_id=problem.page_id,
                since=self.now,
            )
            for key, problem in self.found.items()
            if key not in known
        ]

    def _changed(self) -> list[Alarm]:
        """Return alarms whose problem came back at once, or whose facts are others now."""
        return [
            alarm
            for alarm in self.known
            if (problem := self.found.get(alarm.problem.key))
            and (alarm.gone_at or alarm.facts != dict(problem.facts))
        ]

    def _change(self) -> None:
        for alarm in self._changed():
            alarm.facts = dict(self.found[alarm.problem.key].facts)
            alarm.gone_at = None

    def _gone(self) -> list[Alarm]:
        away = [alarm for alarm in self.known if alarm.problem.key not in self.found]
        return [alarm for alarm in away if alarm.gone_at is None and not self._is_over(alarm)]

    def _over(self) -> list[Alarm]:
        away = [alarm for alarm in self.known if alarm.problem.key not in self.found]
        return [alarm for alarm in away if self._is_over(alarm)]

    def _is_over(self, alarm: Alarm) -> bool:
        calm = CALM if Kind(alarm.kind).is_of_machines and alarm.told_at else timedelta()
        return (alarm.gone_at or self.now) <= self.now - calm

    def _got_worse(self, alarm: Alarm) -> bool:
        """What was late and is given up now is not over, whatever becomes of its first alarm."""
        return alarm.kind == Kind.OVERDUE and f"{Kind.PUBLICATION}:{alarm.about}" in self.found

    def _to_tell(self) -> list[Alarm]:
        return [alarm for alarm in self.known if self._is_to_be_told(alarm)]

    def _is_to_be_told(self, alarm: Alarm) -> bool:
        lasted = self.now - alarm.since
        is_there = alarm.problem.key in self.found
        return is_there and alarm.told_at is None and lasted >= Kind(alarm.kind).patience
