"""PostgreSQL dies at a bad moment: what it said yes to stays, and the clock goes on by itself."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections
from django.utils import timezone
from psycopg_pool import ConnectionPool
from wagtail.models import PageLogEntry

from cms.config.logs import OncePerOutage
from cms.publishing import clock
from cms.publishing.models import Publication
from tests import factories
from tests.clocks import ClockProcess
from tests.databases import is_postgresql, migrated_server
from tests.factories import stages
from tests.postgresql import ADMINISTRATOR, DURABLE, Cluster

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases,
    pytest.mark.skipif(not is_postgresql(), reason="SQLite has no server that could die"),
]

ITEMS, DEATHS = 12, 4
APART = timedelta(milliseconds=400)
PATIENCE = 60.0


@pytest.fixture
def server(db: None) -> Iterator[Cluster]:
    """Let the connection lead to a server that only this test uses, set up as for real."""
    connection.close()
    place = {name: connection.settings_dict[name] for name in ("HOST", "NAME")}
    with migrated_server(DURABLE) as cluster:
        connection.settings_dict.update(HOST=str(cluster.folder), NAME="plein")
        yield cluster
        connection.close()
    connection.settings_dict.update(place)


def wait_until(claim: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not claim():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_nothing_is_lost_or_doubled_when_the_server_dies_while_the_clock_publishes(
    server: Cluster,
) -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    keys = [stages.scheduled(by=author, manager=manager).pk for _ in range(ITEMS)]
    process = ClockProcess()
    try:
        start = timezone.now() + timedelta(seconds=1)
        for number, pk in enumerate(keys):
            Publication.objects.filter(pk=pk).update(due_at=start + APART * number)
        process.start_clock()
        for death in range(DEATHS):
            left = ITEMS - (death + 1) * ITEMS // (DEATHS + 1)
            wait_until(lambda left=left: Publication.objects.scheduled().count() <= left)  # type: ignore[misc]  # bound now
            acknowledged = set(Publication.objects.filter(state="published").values_list("pk"))
            connection.close()
            server.kill()
            server.start()
            kept = set(Publication.objects.filter(state="published").values_list("pk"))
            assert acknowledged <= kept
        wait_until(lambda: not Publication.objects.scheduled().exists())
    finally:
        process.end()

    assert set(Publication.objects.values_list("state", flat=True)) == {"published"}
    published = PageLogEntry.objects.filter(action="wagtail.publish")
    assert published.count() == ITEMS
    assert published.values("page").distinct().count() == ITEMS


def test_the_pool_says_once_that_the_server_is_gone_and_once_that_it_is_back(
    server: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    logger, once = logging.getLogger("psycopg.pool"), OncePerOutage()
    logger.addFilter(once)
    caplog.set_level(logging.INFO, logger.name)
    place = f"host={server.folder} dbname=plein user={ADMINISTRATOR}"
    try:
        with ConnectionPool(
            place, min_size=1, timeout=1, check=ConnectionPool.check_connection
        ) as p:
            p.wait()
            server.kill()
            for _ in range(2):
                with pytest.raises(psycopg.OperationalError), p.connection():
                    pass
            server.start()
            wait_until(lambda: len(caplog.records) > 1)
    finally:
        logger.removeFilter(once)

    began, ended = (record.getMessage() for record in caplog.records if "discard" not in record.msg)
    assert began.startswith("The database can't be reached: ")
    assert ended.startswith("The database answers again, after ")


def test_the_clock_says_that_the_server_is_gone_and_when_it_is_back(server: Cluster) -> None:
    publication = stages.scheduled()
    said: list[str] = []
    stop = threading.Event()

    def run() -> None:
        try:
            clock.run(stop, trouble=said.append)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        wait_until(lambda: said and not said[-1])
        connection.close()
        server.kill()
        wait_until(lambda: said[-1])
        assert said[-1].startswith("The database can't be reached")
        server.start()
        stages.due(publication)
        wait_until(lambda: Publication.objects.get().state == Publication.State.PUBLISHED)
        wait_until(lambda: not said[-1])
    finally:
        stop.set()
        thread.join(20)
