"""What each figure is, in words: read from `wording.yaml`."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")
LIMIT = "at most"


@dataclass(frozen=True)
class Row:
    """A figure, what it says, what it stands beside, and how many times better it has to be."""

    name: str
    words: str
    beside: str = ""
    least: float = 1.0


@dataclass(frozen=True)
class Table:
    title: str
    rows: tuple[Row, ...]


def read_tables() -> list[Table]:
    """The tables of the page, in its order."""
    return [
        Table(each["title"], tuple(Row(**row) for row in each["rows"]))
        for each in yaml.safe_load(FILE.read_text(encoding="utf-8"))
    ]
