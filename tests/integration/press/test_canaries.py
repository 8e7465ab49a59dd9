"""A small world of `tests/torture/torture_audiences.py`: the same look, at a few dozen items."""

from pathlib import Path

from tests.torture.torture_audiences import STATES, look


def test_nobody_meets_a_word_that_is_not_theirs(tmp_path: Path) -> None:
    items = 2 * len(STATES)

    found = look(tmp_path, items=items, audiences=2, people=4, seed=1, purges=True)

    assert found.wrong == []
    assert found.missed == []
    assert found.asked == 4 * (found.files + 1)
    assert found.kept > items
