"""Killed for real, before every statement between a click and the feed; prints the ledger.

A process of its own does the act and gets SIGKILL just before one statement; what lies on disk is
started on again. In `make test` the same places are looked at without killing anybody.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from mailer.models import Message
from wagtail.models import PageLogEntry

from cms.accounts.models import User
from cms.documents.models import PublicDocument
from cms.publishing.models import Publication
from tests import factories
from tests.clocks import ClockProcess, durable_database
from tests.databases import is_postgresql
from tests.factories import stages
from tests.integration.publishing.kills import (
    SCENARIOS,
    Act,
    Ledger,
    copy_of,
    database_at,
    lost_and_doubled,
    on_disk,
    restart,
    state_of,
)

__all__ = ["on_disk"]

PATIENCE = 60.0


@pytest.mark.skipif(is_postgresql(), reason="looks at the files of SQLite")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("arrange", SCENARIOS)
def test_killed_for_real_before_every_statement(
    arrange: Callable[[], Act], on_disk: Path, tmp_path: Path
) -> None:
    act = arrange()
    connection.close()
    start = copy_of(on_disk, tmp_path / "start.sqlite3")
    with database_at(copy_of(start, tmp_path / "whole.sqlite3")):
        expected = restart(act)
    recovered: dict[str, Ledger] = {}
    place, faults = 0, []

    while True:
        left = copy_of(start, tmp_path / f"{place}.sqlite3")
        statement = _killed_at(place, act, left)
        state = state_of(copy_of(left, tmp_path / "looked-at.sqlite3"))
        if state not in recovered:
            with database_at(left):
                recovered[state] = restart(act)
        lost, doubled = lost_and_doubled(recovered[state], expected)
        faults += [*lost, *doubled]
        sys.stdout.write(
            f"{arrange.__name__:18} {place:4} state {state[:6]} "
            f"lost {lost.total()} doubled {doubled.total()}  {statement}\n"
        )
        for file in tmp_path.glob(f"{place}.sqlite3*"):
            file.unlink()
        if statement == "the end":
            break
        place += 1

    sys.stdout.write(
        f"{arrange.__name__}: {place} kills, {len(recovered)} states on disk, "
        f"{len(faults)} things lost or doubled\n"
    )
    assert place > 20
    assert faults == []


@pytest.mark.django_db(transaction=True)
def test_two_clocks_and_a_kill_at_every_step() -> None:
    """One clock goes on, another is killed while it does the same; on either database."""
    author, manager = factories.ambassador(), factories.community_manager()
    kills, faults = 0, []
    with durable_database():
        _let_be_due(author, manager)
        process = ClockProcess()
        try:
            steps = _steps_of_a_publication(process, author, manager)
            process.start_clock()
            for place in range(steps):
                publication = _let_be_due(author, manager)
                killed = process.ask("publish", kill_at=place)["killed"]
                kills += killed
                lost, doubled = _lost_and_doubled(publication)
                faults += [*lost, *doubled]
                sys.stdout.write(
                    f"two clocks {place:4} {'killed' if killed else 'came too late'}"
                    f" lost {lost.total()} doubled {doubled.total()}\n"
                )
        finally:
            process.end()
    sys.stdout.write(
        f"two clocks on {connection.vendor}: {kills} kills in {steps} places, "
        f"{len(faults)} things lost or doubled\n"
    )
    assert steps > 20
    assert kills
    assert faults == []


def _let_be_due(author: User, manager: User) -> Publication:
    return stages.due(stages.scheduled(by=author, manager=manager))


def _steps_of_a_publication(process: ClockProcess, author: User, manager: User) -> int:
    """Count the places by killing one clock, alone, until it lives to the end."""
    place = 0
    while process.ask("publish", kill_at=place)["killed"]:
        if not Publication.objects.scheduled().exists():
            _let_be_due(author, manager)
        place += 1
    return place


def _lost_and_doubled(publication: Publication) -> tuple[Counter[str], Counter[str]]:
    """Wait for the clock that lives, then count what there is of one item."""
    limit = time.monotonic() + PATIENCE
    of_it = Publication.objects.filter(pk=publication.pk)
    while of_it.filter(state="scheduled").exists() or of_it.news().exists():
        if time.monotonic() > limit:
            break
        time.sleep(0.02)
    log = PageLogEntry.objects.filter(page=publication.page_id, action="wagtail.publish")
    subjects = [message.subject for message in Message.objects.all()]
    title = stages.item_of(publication).title
    found = Counter(
        published=of_it.filter(state="published").count(),
        document=PublicDocument.objects.filter(public_id=publication.item_id).count(),
        log=log.count(),
        letter=sum(f"‘{title}’" in each for each in subjects if each.startswith("Live")),
    )
    wanted = Counter(dict.fromkeys(("published", "document", "log", "letter"), 1))
    return wanted - found, found - wanted


def _killed_at(place: int, act: Act, database: Path) -> str:
    """Let a process do an act until its nth statement; return which one it did not live to see."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with database_at(database), connection.execute_wrapper(_killer(place, writing)):
            act()
        os.write(writing, b"the end")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        statement = said.read().decode()
    os.waitpid(child, 0)
    return statement


def _killer(place: int, writing: int) -> Callable[..., Any]:
    seen = 0

    def execute(go_on: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if seen == place:
            os.write(writing, " ".join(sql.split())[:80].encode())
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        return go_on(sql, params, many, context)

    return execute
