"""Killed before any statement between a click and the feed: nothing is lost, nothing is doubled."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.publishing.kills import (
    SCENARIOS,
    Act,
    Kills,
    copy_of,
    database_at,
    lost_and_doubled,
    on_disk,
    restart,
)

__all__ = ["on_disk"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("arrange", SCENARIOS)
def test_killed_before_any_statement_a_restart_makes_it_whole(
    arrange: Callable[[], Act], on_disk: Path, tmp_path: Path
) -> None:
    act = arrange()
    start = copy_of(on_disk, tmp_path / "start.sqlite3")
    kills = Kills(tmp_path)

    kills.watch(act)

    with database_at(start):
        expected = restart(act)
    assert len(kills.places) > 20
    assert len(kills.images) > 1
    for state, image in kills.images.items():
        with database_at(image):
            found = restart(act)
        statement = next(each for each, left in kills.places if left == state)
        assert lost_and_doubled(found, expected) == ({}, {}), f"killed before {statement}"
