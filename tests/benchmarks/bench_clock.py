"""How late the clock is when much is due at once: until committed, what the press adds aside."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from mailer.models import Message

from cms.publishing.models import Publication
from tests import factories
from tests.benchmarks.figures import beside, percentile
from tests.clocks import ClockProcess, durable_database
from tests.databases import is_postgresql
from tests.factories import stages

pytestmark = pytest.mark.django_db(transaction=True)

PROMISED_MS = 2000.0
HEAD_START = timedelta(seconds=5)
SETTLES = 15.0
"""A clock begins with a sweep; this is about one that has been running."""
PATIENCE = 600.0


@pytest.fixture
def durable() -> Iterator[None]:
    with durable_database():
        yield


def at_one_instant(start: datetime, number: int) -> datetime:
    return start


def within_a_minute(start: datetime, number: int) -> datetime:
    return start + timedelta(minutes=1) * number / 500


@pytest.mark.parametrize(
    ("name", "count", "due_at"),
    [("due_50_at_once", 50, at_one_instant), ("due_500_in_a_minute", 500, within_a_minute)],
)
def test_what_is_due_together_is_published_in_time(
    durable: None, name: str, count: int, due_at: Callable[[datetime, int], datetime]
) -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    keys = [stages.scheduled(by=author, manager=manager).pk for _ in range(count)]
    Message.objects.all().delete()  # sent long ago
    clock = ClockProcess()
    try:
        clock.start_clock()
        time.sleep(SETTLES)
        start = timezone.now() + HEAD_START
        for number, pk in enumerate(keys):
            Publication.objects.filter(pk=pk).update(due_at=due_at(start, number))
        limit = time.monotonic() + PATIENCE
        while Publication.objects.scheduled().exists():
            assert time.monotonic() < limit
            time.sleep(0.5)
    finally:
        clock.end()

    late = sorted(
        (publication.published_at - publication.due_at) / timedelta(milliseconds=1)
        for publication in Publication.objects.all()
        if publication.published_at
    )
    assert len(late) == count
    assert late[0] >= 0
    p99 = percentile(late, 99)
    database = "postgresql" if is_postgresql() else "sqlite"
    beside(f"{name}_{database}_p99_ms", p99, "ms late", peer=PROMISED_MS)
