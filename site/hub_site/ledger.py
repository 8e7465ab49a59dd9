"""What every page of the hub was made from: the press's memory from one build to the next."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub_site.database import Database, Value
from hub_site.pages import EVERYTHING, Shelf, Subject, subjects_touched

FORMAT = "1"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    number INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, path TEXT NOT NULL, uri TEXT NOT NULL,
    source TEXT, digest TEXT NOT NULL, blob TEXT NOT NULL, keys TEXT NOT NULL,
    made_at INTEGER NOT NULL, changes_at INTEGER
);
CREATE INDEX IF NOT EXISTS page_made_at ON page (made_at);
CREATE INDEX IF NOT EXISTS page_changes_at ON page (changes_at) WHERE changes_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS need (
    key TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (key, page)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withheld (name TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = "subject, path, uri, source, digest, blob, keys, made_at, changes_at"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page as it is in the last release.

    Attributes:
        path: its file in the release.
        uri: its file in the staged tree.
        source: the document or hand-kept page to set aside when it can't be printed.
        digest: SHA-256 of what it was printed from.
        blob: the hash of the printed bytes.
        keys: what it depends on.
        made_at: the moment it was made for; it holds from then on.
        changes_at: when it becomes another page by itself.
    """

    subject: Subject
    path: str
    uri: str
    source: str | None
    digest: str
    blob: str
    keys: frozenset[str]
    made_at: datetime
    changes_at: datetime | None


class Ledger:
    """Answers which pages a change can touch, in the time that these pages take."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.run(_SCHEMA)

    def affected(self, shelf: Shelf, touched: Collection[str]) -> set[Subject]:
        """Every page that may be another one after these changes, at the shelf's moment."""
        subjects = subjects_touched(shelf, touched)
        if EVERYTHING in touched:
            return subjects | self.subjects()
        return subjects | self._holding(touched) | self._turned(shelf.as_of)

    def _holding(self, keys: Collection[str]) -> set[Subject]:
        rows = self._database.read(
            "SELECT DISTINCT subject FROM need JOIN page ON number = page"
            " WHERE key IN (SELECT value FROM json_each(?))",
            _listed(keys),
        )
        return {str(row[0]) for row in rows}

    def _turned(self, as_of: datetime) -> set[Subject]:
        """Pages made for a stretch of time in which this moment does not lie."""
        moment = _micros(as_of)
        rows = self._database.read(
            "SELECT subject FROM page WHERE changes_at <= ? UNION ALL"
            " SELECT subject FROM page WHERE made_at > ?",
            *(moment, moment),
        )
        return {str(row[0]) for row in rows}

    def subjects(self) -> set[Subject]:
        """Every page that is made from documents."""
        rows = self._database.read(
            "SELECT subject FROM page"
            " WHERE subject NOT LIKE 'kept %' AND subject NOT LIKE 'theme %'"
        )
        return {str(row[0]) for row in rows}

    def subjects_with(self, prefix: str) -> set[Subject]:
        rows = self._database.read(
            "SELECT subject FROM page WHERE subject >= ? AND subject < ?",
            *(prefix, f"{prefix}\U0010ffff"),
        )
        return {str(row[0]) for row in rows}

    def count_pages(self) -> int:
        """How many of the files are pages, and not the theme's own or leads from old addresses."""
        rows = self._database.read("SELECT count(*) FROM page WHERE uri LIKE '%.md'")
        return int(rows[0][0] or 0)

    def entries(self, subjects: Collection[Subject]) -> dict[Subject, Entry]:
        """What is known of these pages; those never printed are left out."""
        wanted = "(SELECT value FROM json_each(?))"
        query = f"SELECT {_COLUMNS} FROM page WHERE subject IN {wanted}"  # noqa: S608
        rows = self._database.read(query, _listed(subjects))
        return {entry.subject: entry for entry in map(_entry, rows)}

    def all_entries(self) -> Iterator[Entry]:
        yield from map(_entry, self._database.read(f"SELECT {_COLUMNS} FROM page"))  # noqa: S608

    def next_turn(self) -> datetime | None:
        """When the first page becomes another one by itself."""
        moment = self._database.read(
            "SELECT min(changes_at) FROM page WHERE changes_at IS NOT NULL"
        )[0][0]
        return None if moment is None else _moment(int(moment))

    def keys_with(self, prefix: str) -> set[str]:
        """Every key in use that starts like this."""
        rows = self._database.read(
            "SELECT DISTINCT key FROM need WHERE key >= ? AND key < ?",
            prefix,
            f"{prefix}\U0010ffff",
        )
        return {str(row[0]) for row in rows}

    def still_needed(self, keys: Collection[str]) -> set[str]:
        """Those of these keys that a page depends on."""
        rows = self._database.read(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM need WHERE key = value)",
            _listed(keys),
        )
        return {str(row[0]) for row in rows}

    def write(self, put: Iterable[Entry], drop: Collection[Subject]) -> None:
        """Take in what changed; call it in a transaction."""
        before = self._held_keys(drop)
        for number, keys in before.values():
            self._unneed(number, keys)
        self._database.write(
            "DELETE FROM page WHERE subject IN (SELECT value FROM json_each(?))", _listed(drop)
        )
        entries = {entry.subject: entry for entry in put}
        held = self._held_keys(entries)
        for entry in entries.values():
            self._put(entry, held.get(entry.subject))

    def _held_keys(
        self, subjects: Collection[Subject]
    ) -> dict[Subject, tuple[int, frozenset[str]]]:
        rows = self._database.read(
            "SELECT subject, number, keys FROM page"
            " WHERE subject IN (SELECT value FROM json_each(?))",
            _listed(subjects),
        )
        return {str(subject): (int(number or 0), _keys(keys)) for subject, number, keys in rows}

    def _put(self, entry: Entry, held: tuple[int, frozenset[str]] | None) -> None:
        row = _row(entry)
        if held is None:
            marks = ", ".join("?" * len(row))
            made = self._database.read(
                f"INSERT INTO page ({_COLUMNS}) VALUES ({marks}) RETURNING number",  # noqa: S608
                *row,
            )
            held = (int(made[0][0] or 0), frozenset())
        else:
            sets = ", ".join(f"{column} = ?" for column in _COLUMNS.split(", "))
            self._database.write(f"UPDATE page SET {sets} WHERE number = ?", *row, held[0])  # noqa: S608
        number, before = held
        self._unneed(number, before - entry.keys)
        self._database.write_all(
            "INSERT INTO need (key, page) VALUES (?, ?)",
            [(key, number) for key in sorted(entry.keys - before)],
        )

    def _unneed(self, number: int, keys: Iterable[str]) -> None:
        rows = [(key, number) for key in keys]
        self._database.write_all("DELETE FROM need WHERE key = ? AND page = ?", rows)

    def source_at(self, path: str) -> str | None:
        """The document or hand-kept page that a file of the release is about."""
        rows = self._database.read("SELECT source FROM page WHERE path = ?", path)
        return None if not rows or rows[0][0] is None else str(rows[0][0])

    def withheld(self) -> dict[str, str]:
        """Documents and hand-kept pages that could not be printed, and why."""
        rows = self._database.read("SELECT name, reason FROM withheld ORDER BY name")
        return {str(name): str(reason) for name, reason in rows}

    def withhold(self, reasons: Mapping[str, str]) -> None:
        self._database.write("DELETE FROM withheld")
        self._database.write_all("INSERT INTO withheld VALUES (?, ?)", reasons.items())

    def marks(self) -> dict[str, str]:
        """What the last release was made with: fingerprints, its number, its moment."""
        rows = self._database.read("SELECT name, value FROM mark")
        return {str(name): str(value) for name, value in rows}

    def mark(self, **marks: str) -> None:
        self._database.write_all("INSERT OR REPLACE INTO mark VALUES (?, ?)", marks.items())

    def forget(self) -> None:
        """Start again from nothing: another format keeps nothing of the old."""
        for table in ("page", "need", "withheld", "mark"):
            self._database.write(f"DROP TABLE IF EXISTS {table}")
        self._database.run(_SCHEMA)


def _listed(given: Collection[str]) -> str:
    return json.dumps(sorted(given))


def _row(entry: Entry) -> tuple[Value, ...]:
    return (
        *(entry.subject, entry.path, entry.uri, entry.source, entry.digest, entry.blob),
        "\n".join(sorted(entry.keys)),
        _micros(entry.made_at),
        None if entry.changes_at is None else _micros(entry.changes_at),
    )


def _entry(row: tuple[Value, ...]) -> Entry:
    subject, path, uri, source, digest, blob, keys, made_at, changes_at = row
    return Entry(
        subject=str(subject),
        path=str(path),
        uri=str(uri),
        source=None if source is None else str(source),
        digest=str(digest),
        blob=str(blob),
        keys=_keys(keys),
        made_at=_moment(int(made_at or 0)),
        changes_at=None if changes_at is None else _moment(int(changes_at)),
    )


def _keys(text: Value) -> frozenset[str]:
    return frozenset(str(text).split("\n")) if text else frozenset()


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND
