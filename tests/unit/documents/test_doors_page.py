"""The page about doors names each of them, and when its change is in the feed; no other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.config.home import CHECKOUT
from tests.integration.documents.back_doors import DOORS

PAGE = CHECKOUT / "content" / "developers" / "doors.md"
TESTS = CHECKOUT / "tests" / "integration" / "documents"
ROW = re.compile(r"^\|(?P<way>[^|]+)\|(?P<when>[^|]+)\|(?P<tried>[^|]+)\|$", re.MULTILINE)
NAME = re.compile(r"`(\w+)`")


def rows() -> Iterator[tuple[str, str]]:
    """Yield each name on the page, with when its change is in the feed."""
    for row in ROW.finditer(PAGE.read_text(encoding="utf-8")):
        for name in NAME.findall(row["tried"]):
            yield name, row["when"].strip()


def test_every_door_is_on_the_page_with_when_its_change_is_in_the_feed() -> None:
    told = {name: when for name, when in rows() if not name.startswith("test_")}

    assert told == {name: reach.value.split(":")[0] for name, (_, reach) in DOORS.items()}


@pytest.mark.parametrize("name", sorted({name for name, _ in rows() if name.startswith("test_")}))
def test_every_test_on_the_page_is_there(name: str) -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path(TESTS).glob("test_*.py"))

    assert any(f"def {name}(" in source for source in sources)
