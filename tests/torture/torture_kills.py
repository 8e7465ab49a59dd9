"""Killed for real, before every statement between a click and the feed; prints the ledger.

A process of its own does the act and gets SIGKILL just before one statement; what lies on disk is
started on again. In `make test` the same places are looked at without killing anybody.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

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
