"""Rows for a spreadsheet program, in which no cell can become a formula."""

import csv
from collections.abc import Iterable, Iterator

STARTS_FORMULA = frozenset("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
"""What spreadsheet programs, full width too, take for the beginning of something to do."""
MARK_OF_UTF8 = "\ufeff"
"""Without it Excel reads the letters of another alphabet."""


def safe(cell: str) -> str:
    """Return text that stays text: what could be carried out gets an apostrophe in front.

    Spaces before it are no help against it: programs strip them.
    """
    bare = cell.lstrip(" \u00a0")
    return f"'{cell}" if bare[:1] in STARTS_FORMULA and bare else cell


class _Line:
    """Takes what the writer of the csv module writes, and hands it on."""

    def write(self, line: str) -> str:
        return line


def lines(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a CSV file, one at a time, so that a long one is never held whole."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield MARK_OF_UTF8 + str(writer.writerow([safe(cell) for cell in head]))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))
