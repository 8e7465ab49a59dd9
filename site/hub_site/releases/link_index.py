"""Who links where, kept in the manifest: what leaves the hub is looked up, not searched for."""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Set
from itertools import batched

_MANY = 500
"""How many values stand in one statement."""


class LinkIndex:
    """The links of every kept page, one row for each address of a set of links.

    What the 404 page links to is on every page (navigation, stylesheet), so it is in no set:
    that would be most of the rows, and when such an address goes, every page is looked at.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._sets: dict[bytes, int] = {}
        rows = database.execute("SELECT path FROM everywhere")
        self.everywhere: Set[str] = {path for (path,) in rows}

    def add_everywhere(self, targets: Iterable[str]) -> None:
        """Add what every page may link to; an address that once was is one for ever."""
        self._database.executemany(
            "INSERT OR IGNORE INTO everywhere (path) VALUES (?)", [(path,) for path in targets]
        )
        self.everywhere = self.everywhere | set(targets)

    def remember(self, targets_of: Mapping[str, Set[str]]) -> None:
        """Keep where pages lead, by the hash of each page."""
        wanted = set().union(*targets_of.values()) - self.everywhere
        numbers = self._numbers(sorted(wanted))
        sets = {
            blob: array("Q", sorted(numbers[target] for target in targets - self.everywhere))
            for blob, targets in targets_of.items()
        }
        rows = [(blob, self._set_number(addresses)) for blob, addresses in sorted(sets.items())]
        self._database.executemany(
            "INSERT OR REPLACE INTO page (blob, link_set) VALUES (?, ?)", rows
        )

    def knows(self, blob: str) -> bool:
        row = self._database.execute("SELECT 1 FROM page WHERE blob = ?", (blob,)).fetchone()
        return row is not None

    def linking_to(self, path: str) -> list[str]:
        """The hash of every kept page that links there, live or not."""
        rows = self._database.execute(
            """SELECT page.blob FROM address JOIN link ON link.address = address.id
            JOIN page USING (link_set) WHERE address.path = ?""",
            (path,),
        )
        return [str(blob) for (blob,) in rows]

    def forget(self, blob: str) -> None:
        """Forget a page that is kept no more, and its set of links if it was the last with it."""
        row = self._database.execute(
            "DELETE FROM page WHERE blob = ? RETURNING link_set", (blob,)
        ).fetchone()
        if row is None:
            return
        number = int(row[0])
        shared = self._database.execute(
            "SELECT 1 FROM page WHERE link_set = ? LIMIT 1", (number,)
        ).fetchone()
        if shared is None:
            self._forget_set(number)

    def _forget_set(self, number: int) -> None:
        packed = self._database.execute(
            "DELETE FROM link_set WHERE id = ? RETURNING addresses", (number,)
        ).fetchone()[0]
        addresses = array("Q")
        addresses.frombytes(packed)
        self._database.executemany(
            "DELETE FROM link WHERE address = ? AND link_set = ?",
            [(address, number) for address in addresses],
        )

    def _numbers(self, paths: list[str]) -> dict[str, int]:
        """The number of each path; new ones are given out."""
        self._database.executemany(
            "INSERT OR IGNORE INTO address (path) VALUES (?)", [(path,) for path in paths]
        )
        numbers: dict[str, int] = {}
        for some in batched(paths, _MANY):
            marks = ",".join("?" * len(some))
            rows = self._database.execute(
                f"SELECT path, id FROM address WHERE path IN ({marks})",  # noqa: S608
                some,
            )
            numbers.update(rows.fetchall())
        return numbers

    def _set_number(self, addresses: "array[int]") -> int:
        packed = addresses.tobytes()
        known = self._sets.get(packed)
        if known is None:
            known = self._sets[packed] = self._stored_set(packed, addresses)
        return known

    def _stored_set(self, packed: bytes, addresses: "array[int]") -> int:
        row = self._database.execute(
            "SELECT id FROM link_set WHERE addresses = ?", (packed,)
        ).fetchone()
        if row:
            return int(row[0])
        number = self._database.execute(
            "INSERT INTO link_set (addresses) VALUES (?)", (packed,)
        ).lastrowid
        if number is None:
            raise RuntimeError("SQLite gave no number to a set of links.")
        self._database.executemany(
            "INSERT INTO link (address, link_set) VALUES (?, ?)",
            [(address, number) for address in addresses],
        )
        return number
