"""What the press remembers of search: what each page is found by, and the files made of that."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub_site.database import Database
from hub_site.fingerprints import code_fingerprint
from hub_site.search.entries import Found, found_from
from hub_site.search.shards import FOLDER
from hub_site.trees import YOURS

SEARCH = (f"{FOLDER}*", f"{YOURS}*/{FOLDER}*")
"""The files of search in every tree, as patterns of paths."""
ALWAYS = "always"
"""The shard of what is of no day: colleagues, rubrics, tags, hand-kept pages."""
# A row gets a new number whenever it becomes another one, and no number comes twice: a shard is
# as it was when the largest of its numbers and how many they are have not changed.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS found (
    number INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
    tree TEXT, month TEXT, entry TEXT
);
CREATE INDEX IF NOT EXISTS found_month ON found (tree, month) WHERE tree IS NOT NULL;
CREATE TABLE IF NOT EXISTS shelved (
    tree TEXT NOT NULL, period TEXT NOT NULL, made_of TEXT NOT NULL, told TEXT NOT NULL,
    PRIMARY KEY (tree, period)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shelved_file (
    tree TEXT NOT NULL, period TEXT NOT NULL, path TEXT NOT NULL, blob TEXT NOT NULL,
    PRIMARY KEY (tree, period, path)
) WITHOUT ROWID;
"""
_SEARCHED = """(page.subject GLOB 'own *' OR page.subject GLOB 'kept *'
OR page.subject GLOB 'a/* own *')"""

type Months = Sequence[tuple[str, int, int]]
type Place = tuple[str, str]  # a tree and a period


@dataclass(frozen=True, slots=True)
class ShelvedFile:
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A page that became another one since search last looked at it."""

    subject: str
    uri: str
    path: str
    digest: str


class Memory:
    """Follows the ledger, whose table `page` lies in the same database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.run(_SCHEMA)

    def forget_gone(self) -> int:
        """Forget the pages that are no more; say how many there were."""
        rows = self._database.read(
            "DELETE FROM found WHERE subject NOT IN (SELECT subject FROM page) RETURNING tree"
        )
        return sum(tree is not None for (tree,) in rows)

    def behind(self, limit: int) -> list[Behind]:
        """Pages to look at, those that came last first."""
        code = code_fingerprint()
        rows = self._database.read(
            "SELECT page.subject, page.uri, page.path, page.digest FROM page"  # noqa: S608
            " LEFT JOIN found ON found.subject = page.subject"
            f" WHERE {_SEARCHED} AND found.digest IS NOT page.digest || ?"
            " ORDER BY page.subject DESC LIMIT ?",
            *(code, limit),
        )
        return [
            Behind(str(subject), str(uri), str(path), f"{digest!s}{code}")
            for subject, uri, path, digest in rows
        ]

    def put(self, page: Behind, found: Found | None) -> None:
        """Remember by what a page is found; None for one that only leads to others."""
        entry = None if found is None else found.to_text()
        rows = self._database.read("SELECT entry FROM found WHERE subject = ?", page.subject)
        if rows and rows[0][0] == entry:
            self._database.write(
                "UPDATE found SET digest = ? WHERE subject = ?", page.digest, page.subject
            )
            return
        tree, month = (found.tree, found.day[:7]) if found else (None, None)
        self._database.write(
            "INSERT OR REPLACE INTO found (subject, digest, tree, month, entry)"
            " VALUES (?, ?, ?, ?, ?)",
            *(page.subject, page.digest, tree, month, entry),
        )

    def wanted(self) -> dict[Place, Months]:
        """The shards there should be, each with the months that are in it.

        What appeared in the newest month is by itself, so that a publication writes little; before
        that there is one for each half-year. It follows from what there is, whatever came first.
        """
        rows = self._database.read(
            "SELECT tree, month, COUNT(*), MAX(number) FROM found"
            " WHERE tree IS NOT NULL GROUP BY tree, month ORDER BY tree, month"
        )
        newest = {str(tree): str(month) for tree, month, *_ in rows}
        places: defaultdict[Place, list[tuple[str, int, int]]] = defaultdict(list)
        for tree, month, count, largest in rows:
            period = period_of(str(month), newest=newest[str(tree)])
            places[str(tree), period].append((str(month), int(count or 0), int(largest or 0)))
        return dict(places)

    def stale(self, wanted: Mapping[Place, Months]) -> list[Place]:
        """Shards that are to be written; those that nothing is in any more are forgotten."""
        rows = self._database.read("SELECT tree, period, made_of FROM shelved")
        held = {(str(tree), str(period)): str(made_of) for tree, period, made_of in rows}
        for place in held.keys() - wanted.keys():
            self.unshelve(place)
        return [place for place, months in wanted.items() if held.get(place) != _in_text(months)]

    def entries(self, tree: str, months: Months) -> Iterator[Found]:
        for month, *_ in months:
            rows = self._database.each(
                "SELECT entry FROM found WHERE tree = ? AND month = ? ORDER BY subject",
                *(tree, month),
            )
            for (entry,) in rows:
                yield found_from(str(entry))

    def shelve(
        self,
        place: Place,
        months: Months,
        *,
        told: Mapping[str, object],
        files: Iterable[ShelvedFile],
    ) -> None:
        """Remember of what a shard was made and which files it came to."""
        self.unshelve(place)
        self._database.write(
            "INSERT INTO shelved VALUES (?, ?, ?, ?)",
            *(*place, _in_text(months), json.dumps(told)),
        )
        self._database.write_all(
            "INSERT INTO shelved_file VALUES (?, ?, ?, ?)",
            [(*place, file.path, file.blob) for file in files],
        )

    def unshelve(self, place: Place) -> None:
        for table in ("shelved", "shelved_file"):
            self._database.write(
                f"DELETE FROM {table} WHERE tree = ? AND period = ?",  # noqa: S608
                *place,
            )

    def unshelve_all(self) -> None:
        for table in ("shelved", "shelved_file"):
            self._database.write(f"DELETE FROM {table}")  # noqa: S608

    def files(self) -> list[tuple[Place, ShelvedFile]]:
        """Every file of every shard; its path as seen from the root of the hub."""
        rows = self._database.read("SELECT tree, period, path, blob FROM shelved_file")
        return [
            ((str(tree), str(period)), ShelvedFile(str(path), str(blob)))
            for tree, period, path, blob in rows
        ]

    def told(self) -> dict[str, list[Mapping[str, object]]]:
        """For each tree what its index tells of its shards: of no day first, then the newest."""
        rows = self._database.read("SELECT tree, told FROM shelved ORDER BY tree, period DESC")
        shards: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
        for tree, told in rows:
            shards[str(tree)].append(json.loads(str(told)))
        return dict(shards)


def period_of(month: str, *, newest: str) -> str:
    """The shard that a month is in: by itself, in its half-year, or of no day."""
    if not month:
        return ALWAYS
    year, _, number = month.partition("-")
    return month if month == newest else f"{year}-{'01' if number <= '06' else '07'}/6"


def _in_text(months: Months) -> str:
    return json.dumps([code_fingerprint(), *months])
