"""The clock: what is due happens at its moment, once, whatever else goes wrong.

Wagtail's own `publish_scheduled` is not used: run twice at once it publishes twice, and killed
between two of its steps it forgets a publication.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event, Thread

from django.db import OperationalError, close_old_connections, connection, connections
from django.utils import timezone

from cms.core.readings import Reading, both_clocks
from cms.documents.sweep import Sweep
from cms.publishing import actions, emergencies, news, outbox, regular, retention
from cms.publishing.ahead import Ahead
from cms.publishing.approved import Approved
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow import edits

logger = logging.getLogger(__name__)

TICK = 1.0
SWEEP_EVERY = 60.0
SWEEP_SHARE = 5
"""A sweep that takes long comes less often: one part of work in five of time."""
TIDY_EVERY = 3600.0


class _StoppedError(Exception):
    """Told to stop in the midst of a sweep."""


def run(
    stop: Event,
    *,
    trouble: Callable[[str], None] = lambda _sentence: None,
    reading: Reading = both_clocks,
) -> None:
    """Do what is due, every second and at each due moment, until told to stop.

    Args:
        stop: Ends the clock, also in the midst of a sweep; asking for it is its sign of life.
        trouble: Called on every round with what keeps the clock from its work; empty is nothing.
        reading: Tells what time it is.
    """
    # A mail server that hangs for seconds must not make a publication late.
    # It watches an event of its own: asking for `stop` is the clock's own sign of life.
    closed = Event()
    post = Thread(target=_deliver_until, args=(closed,), name="outbox", daemon=True)
    post.start()
    rounds = Rounds(stop.is_set, reading=reading)
    was_wrong = ""
    try:
        while not stop.is_set():
            close_old_connections()
            what_is_wrong = _out_of_reach(was_wrong)
            was_wrong = what_is_wrong
            trouble(what_is_wrong)
            if what_is_wrong:
                stop.wait(TICK)
                continue
            rounds.go_round()
            stop.wait(0 if rounds.ahead.has_more else pause(reading=reading))
    finally:
        closed.set()
        connections.close_all()
        post.join(timeout=TICK)


def pause(*, reading: Reading = both_clocks) -> float:
    """Return the seconds until the next round: a second, or less when something is due sooner."""
    with _surviving("looking ahead"):
        now = reading()
        upcoming = Publication.objects.scheduled().filter(due_at__gt=now).order_by("due_at")
        due_at = upcoming.values_list("due_at", flat=True).first()
        if due_at is not None:
            return max(0.0, min(TICK, (due_at - now).total_seconds()))
    return TICK


def publish_due(*, reading: Reading = both_clocks, ahead: Ahead | None = None) -> int:
    """Publish everything that is due, each in its own transaction; return how many went live."""
    due = Publication.objects.due(now=reading()).order_by("due_at", "pk")
    ready = ahead or Ahead()
    return sum(attempt(each, reading=reading, ready=ready.take(each)) for each in due)


def attempt(
    publication: Publication, *, reading: Reading = both_clocks, ready: Approved | None = None
) -> bool:
    """Try to publish one thing; a failure is recorded with it and stops nobody else."""
    try:
        return actions.publish(publication, reading=reading, ready=ready)
    except Exception as error:
        logger.exception("Publication %s failed", publication.pk)
        with _surviving("recording a failure"):
            actions.record_failure(publication, error, now=reading())
        return False


def expire_due(*, reading: Reading = both_clocks) -> int:
    """Take offline whatever has come to its end; return how many."""
    due = EditorialPage.objects.filter(live=True, expire_at__lte=reading())
    # Most seconds there is none, and asking for whole pages is five times the work.
    if not due.exists():
        return 0
    ended = 0
    for page in due:
        with _surviving("taking an item offline"):
            ended += actions.expire(page, reading=reading)
    return ended


def take_down_due(*, reading: Reading = both_clocks) -> int:
    """Take offline what was sent in an emergency and nobody confirmed; return how many."""
    ended = 0
    for emergency_id in emergencies.overdue(now=reading()):
        with _surviving("taking down an emergency message"):
            ended += emergencies.take_down(emergency_id, reading=reading)
    return ended


def do_what_is_due(*, reading: Reading = both_clocks, ahead: Ahead | None = None) -> None:
    """Publish and expire; neither keeps the other waiting for its mistakes. Then tell of it."""
    with _surviving("publishing what is due"):
        publish_due(reading=reading, ahead=ahead)
    with _surviving("expiring what has ended"):
        expire_due(reading=reading)
    with _surviving("taking down what nobody confirmed"):
        take_down_due(reading=reading)
    with _surviving("telling who made it what is live"):
        news.tell()


class Rounds:
    """What a round does, and when it last did what is not done every time."""

    def __init__(self, is_over: Callable[[], bool], *, reading: Reading = both_clocks) -> None:
        """Begin; a sweep of a large hub takes long, and asks `is_over` after each portion."""
        self.is_over = is_over
        self.reading = reading
        self.ahead = Ahead()
        self.sweep = Sweep()
        self.sweep_at = -math.inf
        self.tidied = time.monotonic()
        self.regular_at = -math.inf

    def go_round(self) -> None:
        do_what_is_due(reading=self.reading, ahead=self.ahead)
        with _surviving("making texts ready"):
            self.ahead.look(now=self.reading())
        now = timezone.now()
        with _surviving("asking authors about edits"):
            edits.ask_authors(now=now)
        with _surviving("sweeping"):
            self._sweep()
        self._do_regular_work(now)
        self._tidy(now)

    def _sweep(self) -> None:
        """Compare all public documents with their sources; what is due goes in between."""
        started = time.monotonic()
        if started < self.sweep_at:
            return
        self.sweep_at = started + SWEEP_EVERY
        with suppress(_StoppedError):
            self.sweep.run(between=self._between_portions)
        took = time.monotonic() - started
        self.sweep_at = max(self.sweep_at, started + took * SWEEP_SHARE)

    def _between_portions(self) -> None:
        if self.is_over():
            raise _StoppedError
        do_what_is_due(reading=self.reading, ahead=self.ahead)

    def _do_regular_work(self, now: datetime) -> None:
        started = time.monotonic()
        if started < self.regular_at:
            return
        self.regular_at = started + regular.EVERY_SECONDS
        for doing, job in regular.jobs().items():
            with _surviving(doing):
                job(now)

    def _tidy(self, now: datetime) -> None:
        if time.monotonic() - self.tidied >= TIDY_EVERY:
            self.tidied = time.monotonic()
            for job in retention.JOBS:
                with _surviving("forgetting what was kept long enough"):
                    job(now)


def _deliver_until(closed: Event) -> None:
    try:
        while not closed.is_set():
            close_old_connections()
            with _surviving("sending mail"):
                # News of fifty items at once must not keep the fiftieth waiting.
                due = Publication.objects.due(now=timezone.now())
                if _fault_of_database() is None and not due.exists():
                    outbox.flush(stop=closed)
            closed.wait(TICK)
    finally:
        connections.close_all()


def _out_of_reach(before: str) -> str:
    """Return a sentence when the database can't be reached: then nothing else is worth a try.

    Args:
        before: What this returned last; what goes on is logged once.
    """
    fault = _fault_of_database()
    if fault is None:
        if before:
            logger.warning("The clock reaches the database again")
        return ""
    if not before:
        logger.error("The clock can't reach the database: %s", fault)
    return "The database can't be reached; the log says why."


def _fault_of_database() -> OperationalError | None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return error
    return None


@contextmanager
def _surviving(doing: str) -> Iterator[None]:
    """Go on whatever happens: the clock must not stop because one thing does not work."""
    try:
        yield
    except Exception:
        logger.exception("The clock went on after a fault while %s", doing)
