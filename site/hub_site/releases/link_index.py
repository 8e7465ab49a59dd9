"""Who links where, kept in the manifest: what leaves the hub is looked up, not searched for."""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, MutableMapping
from collections.abc import Set as AbstractSet
from itertools import batched

_MANY = 500
"""How many values stand in one statement."""


class LinkIndex:
    """What every kept page names, and on which pages an address may be named.

    A page that changes mostly names what it named before, so only what is new to its place is
    written where addresses are looked up. What stands there is never less than what kept pages
    name; an address that only looks named is told from a named one by what the page itself names.

    What the 404 page links to is on every page (navigation, stylesheet), so it is in no set:
    that would be most of the rows, and when such an address goes, every page is looked at.
    """

    def __init__(
        self, database: sqlite3.Connection, *, numbers: MutableMapping[str, int] | None = None
    ) -> None:
        """`numbers` are those of paths, as far as they are known to be in this database."""
        self._database = database
        self._numbers_of = {} if numbers is None else numbers
        rows = database.execute("SELECT path FROM everywhere")
        self.everywhere: AbstractSet[str] = {path for (path,) in rows}

    def add_everywhere(self, targets: Iterable[str]) -> None:
        """Add what every page may link to; an address that once was is one for ever."""
        self._database.executemany(
            "INSERT OR IGNORE INTO everywhere (path) VALUES (?)", [(path,) for path in targets]
        )
        self.everywhere = self.everywhere | set(targets)

    def remember(
        self,
        files: Mapping[str, str],
        targets_of: Mapping[str, AbstractSet[str]],
        *,
        own: Mapping[str, AbstractSet[int]],
    ) -> None:
        """Keep where pages lead, by their path; `files` gives the hash of each.

        `own` is what `named_by` gave of pages whose own part nobody looked at.
        """
        named = {path: targets - self.everywhere for path, targets in targets_of.items()}
        numbers = self._numbers({*named}.union(*named.values()))
        pairs: list[tuple[int, int]] = []
        rows: list[tuple[str, int, bytes]] = []
        for path, targets in named.items():
            page, addresses = numbers[path], {numbers[target] for target in targets}
            before = own[path] if path in own else self._newest(page)
            pairs += [(address, page) for address in addresses - before]
            addresses |= own.get(path, frozenset())
            rows.append((files[path], page, array("Q", sorted(addresses)).tobytes()))
        self._database.executemany("INSERT OR IGNORE INTO named_on VALUES (?, ?)", sorted(pairs))
        self._database.executemany(
            "INSERT OR REPLACE INTO names (blob, page, addresses) VALUES (?, ?, ?)", rows
        )

    def _newest(self, page: int) -> AbstractSet[int]:
        """What the bytes that last came to this page name."""
        row = self._database.execute(
            "SELECT addresses FROM names WHERE page = ? ORDER BY id DESC LIMIT 1", (page,)
        ).fetchone()
        return _unpacked(row[0]) if row else frozenset()

    def named_by(self, blob: str, path: str) -> AbstractSet[int] | None:
        """The numbers of what these bytes name at this path; None where that is not known."""
        row = self._database.execute(
            "SELECT addresses FROM address JOIN names ON page = address.id"
            " WHERE path = ? AND blob = ?",
            (path, blob),
        ).fetchone()
        return _unpacked(row[0]) if row else None

    def numbers_of(self, paths: Iterable[str]) -> AbstractSet[int]:
        """The numbers of those of these paths that something names."""
        query = "SELECT id FROM address WHERE path = ?"
        rows = (self._database.execute(query, (path,)).fetchone() for path in paths)
        return {row[0] for row in rows if row}

    def linking_to(self, path: str) -> list[str]:
        """The hash of every kept page that links there, live or not."""
        number = self._database.execute("SELECT id FROM address WHERE path = ?", (path,)).fetchone()
        if number is None:
            return []
        rows = self._database.execute(
            "SELECT blob, addresses FROM named_on JOIN names USING (page) WHERE address = ?", number
        )
        return [str(blob) for blob, addresses in rows if number[0] in _unpacked(addresses)]

    def forget(self, blob: str) -> None:
        """Forget a page that is kept no more, and what nothing kept at its place names."""
        rows = self._database.execute(
            "DELETE FROM names WHERE blob = ? RETURNING page, addresses", (blob,)
        ).fetchall()
        for page, addresses in rows:
            others = self._database.execute("SELECT addresses FROM names WHERE page = ?", (page,))
            still = set().union(*(_unpacked(each) for (each,) in others))
            self._database.executemany(
                "DELETE FROM named_on WHERE address = ? AND page = ?",
                [(address, page) for address in _unpacked(addresses) - still],
            )

    def _numbers(self, paths: set[str]) -> Mapping[str, int]:
        """The number of each path; new ones are given out."""
        known = self._numbers_of
        # Of the dictionary, not of its keys: those would all be gone through.
        unknown = sorted(paths.difference(known))
        self._database.executemany(
            "INSERT OR IGNORE INTO address (path) VALUES (?)", [(path,) for path in unknown]
        )
        for some in batched(unknown, _MANY):
            marks = ",".join("?" * len(some))
            rows = self._database.execute(
                f"SELECT path, id FROM address WHERE path IN ({marks})",  # noqa: S608
                some,
            )
            known.update(rows.fetchall())
        return known


def _unpacked(packed: bytes) -> AbstractSet[int]:
    numbers = array("Q")
    numbers.frombytes(packed)
    return frozenset(numbers)
