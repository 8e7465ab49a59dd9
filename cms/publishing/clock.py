"""The clock: what is due happens at its moment, once, whatever else goes wrong.

Wagtail's own `publish_scheduled` is not used: run twice at once it publishes twice, and killed
between two of its steps it forgets a publication.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

from django.db import close_old_connections, connections
from django.utils import timezone

from cms.documents.sweep import Sweep
from cms.publishing import actions, outbox
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow import edits

logger = logging.getLogger(__name__)

TICK = 1.0
SWEEP_EVERY = 60.0
SWEEP_SHARE = 5
"""A sweep that takes long comes less often: one part of work in five of time."""
TIDY_EVERY = 3600.0


def run(stop: Event, *, beat: Callable[[], None] = lambda: None) -> None:
    """Do what is due, every second and at each due moment, until told to stop.

    Args:
        stop: Ends the clock; asking for it is also its sign of life.
        beat: Called on every round, for who wants to know in another way.
    """
    # A mail server that hangs for seconds must not make a publication late.
    # It watches an event of its own: asking for `stop` is the clock's own sign of life.
    closed = Event()
    post = Thread(target=_deliver_until, args=(closed,), name="outbox", daemon=True)
    post.start()
    rounds = Rounds(beat)
    try:
        while not stop.is_set():
            beat()
            close_old_connections()
            rounds.go_round()
            stop.wait(pause(now=timezone.now()))
    finally:
        closed.set()
        connections.close_all()
        post.join(timeout=TICK)


def pause(*, now: datetime) -> float:
    """Return the seconds until the next round: a second, or less when something is due sooner."""
    with _surviving("looking ahead"):
        upcoming = Publication.objects.scheduled().filter(due_at__gt=now).order_by("due_at")
        due_at = upcoming.values_list("due_at", flat=True).first()
        if due_at is not None:
            return max(0.0, min(TICK, (due_at - now).total_seconds()))
    return TICK


def publish_due(*, now: datetime) -> int:
    """Publish everything that is due, each in its own transaction; return how many went live."""
    return sum(
        attempt(each, now=now) for each in Publication.objects.due(now=now).order_by("due_at")
    )


def attempt(publication: Publication, *, now: datetime) -> bool:
    """Try to publish one thing; a failure is recorded with it and stops nobody else."""
    try:
        return actions.publish(publication)
    except Exception as error:
        logger.exception("Publication %s failed", publication.pk)
        with _surviving("recording a failure"):
            actions.record_failure(publication, error, now=now)
        return False


def expire_due(*, now: datetime) -> int:
    """Take offline whatever has come to its end; return how many."""
    ended = 0
    for page in EditorialPage.objects.filter(live=True, expire_at__lte=now):
        with _surviving("taking an item offline"):
            ended += actions.expire(page)
    return ended


def do_what_is_due() -> None:
    """Publish and expire; neither keeps the other waiting for its mistakes."""
    now = timezone.now()
    with _surviving("publishing what is due"):
        publish_due(now=now)
    with _surviving("expiring what has ended"):
        expire_due(now=now)


class Rounds:
    """What a round does, and when it last did what is not done every time."""

    def __init__(self, beat: Callable[[], None]) -> None:
        self.beat = beat
        self.sweep = Sweep()
        self.sweep_at = -math.inf
        self.tidied = time.monotonic()

    def go_round(self) -> None:
        do_what_is_due()
        now = timezone.now()
        with _surviving("asking authors about edits"):
            edits.ask_authors(now=now)
        with _surviving("sweeping"):
            self._sweep()
        self._tidy(now)

    def _sweep(self) -> None:
        """Compare all public documents with their sources; what is due goes in between."""
        started = time.monotonic()
        if started < self.sweep_at:
            return
        self.sweep_at = started + SWEEP_EVERY
        self.sweep.run(between=self._between_portions)
        took = time.monotonic() - started
        self.sweep_at = max(self.sweep_at, started + took * SWEEP_SHARE)

    def _between_portions(self) -> None:
        self.beat()
        do_what_is_due()

    def _tidy(self, now: datetime) -> None:
        if time.monotonic() - self.tidied >= TIDY_EVERY:
            self.tidied = time.monotonic()
            with _surviving("tidying the mail log"):
                outbox.forget_old_log(now=now)


def _deliver_until(closed: Event) -> None:
    try:
        while not closed.is_set():
            close_old_connections()
            with _surviving("sending mail"):
                outbox.flush(stop=closed)
            closed.wait(TICK)
    finally:
        connections.close_all()


@contextmanager
def _surviving(doing: str) -> Iterator[None]:
    """Go on whatever happens: the clock must not stop because one thing does not work."""
    try:
        yield
    except Exception:
        logger.exception("The clock went on after a fault while %s", doing)
