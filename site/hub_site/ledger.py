"""What every page of the hub was made from: the press's memory from one build to the next."""

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched

from hub_site.database import Database, Value
from hub_site.pages import EVERYTHING, Library, Subject

FORMAT = "2"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    number INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, path TEXT NOT NULL, uri TEXT NOT NULL,
    source TEXT, digest TEXT NOT NULL, blob TEXT NOT NULL, keys BLOB NOT NULL,
    made_at INTEGER NOT NULL, changes_at INTEGER
);
DROP INDEX IF EXISTS page_made_at;
CREATE INDEX IF NOT EXISTS page_changes_at ON page (changes_at) WHERE changes_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS page_path ON page (path);
CREATE TABLE IF NOT EXISTS key (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS need (
    key INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (key, page)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withheld (name TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_MANY = 500
"""So many pages are entered together."""
_MOST_KNOWN = 100_000
"""Keys: some 25 MB; a hub of ten thousand stories has a third of that."""
_NAMES = ("subject", "path", "uri", "source", "digest", "blob", "keys", "made_at", "changes_at")
_COLUMNS = ", ".join(_NAMES)
type _Held = tuple[int, tuple[Value, ...]]  # a page's number, and its row
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
        keys: what it depends on, in order; none are read with `all_entries`.
        made_at: the moment it was made for; it holds from then on.
        changes_at: when it becomes another page by itself.
    """

    subject: Subject
    path: str
    uri: str
    source: str | None
    digest: str
    blob: str
    keys: tuple[str, ...]
    made_at: datetime
    changes_at: datetime | None


class Ledger:
    """Answers which pages a change can touch, in the time that these pages take."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # The number that a key was given is its own for good, unless what gave it was undone.
        self._number_of: dict[str, int] = {}
        self._key_of: dict[int, str] = {}
        self._known_after = database.times_undone
        database.run(_SCHEMA)

    def affected(self, library: Library, touched: Collection[str]) -> set[Subject]:
        """Every page that may be another one after these changes, at the library's moment."""
        subjects = library.subjects_touched(touched)
        if EVERYTHING in touched:
            return subjects | self.subjects()
        return subjects | self._holding(touched) | self._turned(library.as_of)

    def _holding(self, keys: Collection[str]) -> set[Subject]:
        rows = self._database.read(
            "SELECT DISTINCT subject FROM json_each(?) JOIN key ON key.name = value"
            " JOIN need ON need.key = key.number JOIN page ON page.number = need.page",
            _listed(keys),
        )
        return {str(row[0]) for row in rows}

    def _turned(self, as_of: datetime) -> set[Subject]:
        """Pages made for a stretch of time in which this moment does not lie."""
        moment = _micros(as_of)
        rows = self._database.read("SELECT subject FROM page WHERE changes_at <= ?", moment)
        # No page was made for a later moment than the last release, so only a clock that was put
        # back makes it worth looking at all of them.
        last = self.marks().get("as_of")
        if last is None or as_of < datetime.fromisoformat(last):
            rows += self._database.read("SELECT subject FROM page WHERE made_at > ?", moment)
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
        rows = self._database.read("SELECT value FROM mark WHERE name = 'pages'")
        return int(rows[0][0] or 0) if rows else 0

    def _count(self, more: int) -> None:
        """Keep count of the pages: to count them again takes the longer the larger the hub."""
        self._database.write(
            "INSERT INTO mark VALUES ('pages', ?1)"
            " ON CONFLICT (name) DO UPDATE SET value = value + ?1",
            more,
        )

    def entries(self, subjects: Collection[Subject]) -> dict[Subject, Entry]:
        """What is known of these pages; those never printed are left out."""
        wanted = "(SELECT value FROM json_each(?))"
        query = f"SELECT {_COLUMNS} FROM page WHERE subject IN {wanted}"  # noqa: S608
        rows = self._database.read(query, _listed(subjects))
        names = self._names({number for row in rows for number in _unpacked(row[6])})
        return {str(row[0]): _entry(row, names) for row in rows}

    def _names(self, numbers: set[int]) -> Mapping[int, str]:
        """What keys with these numbers are called."""
        self._forget_what_was_undone()
        # Of the dictionary, not of its keys: those would all be gone through.
        unknown = numbers.difference(self._key_of)
        if unknown:
            self._know(
                self._database.read(
                    "SELECT name, number FROM key WHERE number IN (SELECT value FROM json_each(?))",
                    _listed(unknown),
                )
            )
        return self._key_of

    def _know(self, rows: Iterable[tuple[Value, ...]]) -> None:
        for name, number in rows:
            self._number_of[str(name)] = int(number or 0)
            self._key_of[int(number or 0)] = str(name)

    def _forget_what_was_undone(self) -> None:
        undone = self._database.times_undone
        if undone != self._known_after or len(self._key_of) > _MOST_KNOWN:
            self._number_of.clear()
            self._key_of.clear()
        self._known_after = undone

    def all_entries(self) -> Iterator[Entry]:
        """Every page, without its keys."""
        rows = self._database.each(f"SELECT {_COLUMNS} FROM page")  # noqa: S608
        return (_entry(row, None) for row in rows)

    def next_turn(self) -> datetime | None:
        """When the first page becomes another one by itself."""
        moment = self._database.read(
            "SELECT min(changes_at) FROM page WHERE changes_at IS NOT NULL"
        )[0][0]
        return None if moment is None else _moment(int(moment))

    def keys_with(self, prefix: str) -> set[str]:
        """Every key in use that starts like this."""
        rows = self._database.read(
            "SELECT name FROM key WHERE name >= ? AND name < ?"
            " AND EXISTS (SELECT 1 FROM need WHERE need.key = key.number)",
            prefix,
            f"{prefix}\U0010ffff",
        )
        return {str(row[0]) for row in rows}

    def still_needed(self, keys: Collection[str]) -> set[str]:
        """Those of these keys that a page depends on."""
        rows = self._database.read(
            "SELECT name FROM json_each(?) JOIN key ON name = value"
            " WHERE EXISTS (SELECT 1 FROM need WHERE need.key = key.number)",
            _listed(keys),
        )
        return {str(row[0]) for row in rows}

    def write(self, put: Iterable[Entry], drop: Collection[Subject]) -> None:
        """Take in what changed; call it in a transaction."""
        for number, row in self._held(drop).values():
            self._unneed(number, _keys_in(row))
        dropped = self._database.read(
            "DELETE FROM page WHERE subject IN (SELECT value FROM json_each(?)) RETURNING uri",
            _listed(drop),
        )
        self._count(-sum(_is_page(uri) for (uri,) in dropped))
        entries = {entry.subject: entry for entry in put}
        for some in batched(entries.values(), _MANY):
            held = self._held([entry.subject for entry in some])
            numbers = self._numbers({key for entry in some for key in entry.keys})
            self._count(sum(_is_page(entry.uri) for entry in some if entry.subject not in held))
            needs: list[tuple[int, int]] = []
            for entry in some:
                needs += self._put(entry, held.get(entry.subject), numbers=numbers)
            # In the order of the index: many pages are entered at once, and it is large.
            self._database.write_all("INSERT INTO need (key, page) VALUES (?, ?)", sorted(needs))

    def reprint(self, blobs: Mapping[Subject, str]) -> None:
        """Write down what pages came to that were printed once more from the same source."""
        rows = [(blob, subject) for subject, blob in blobs.items()]
        self._database.write_all("UPDATE page SET blob = ? WHERE subject = ?", rows)

    def _held(self, subjects: Collection[Subject]) -> dict[Subject, _Held]:
        rows = self._database.read(
            f"SELECT number, {_COLUMNS} FROM page"  # noqa: S608
            " WHERE subject IN (SELECT value FROM json_each(?))",
            _listed(subjects),
        )
        return {str(row[0]): (int(number or 0), tuple(row)) for number, *row in rows}

    def _numbers(self, names: set[str]) -> Mapping[str, int]:
        """The number of each key; new ones are given out."""
        self._forget_what_was_undone()
        unknown = names.difference(self._number_of)
        if unknown:
            listed = _listed(sorted(unknown))  # as they stand in their index
            self._database.write(
                "INSERT OR IGNORE INTO key (name) SELECT value FROM json_each(?)", listed
            )
            self._know(
                self._database.read(
                    "SELECT name, number FROM key WHERE name IN (SELECT value FROM json_each(?))",
                    listed,
                )
            )
        return self._number_of

    def _put(
        self, entry: Entry, held: _Held | None, *, numbers: Mapping[str, int]
    ) -> list[tuple[int, int]]:
        """Write one page, and give the rows by which it is found from what it newly needs."""
        keys = {numbers[key] for key in entry.keys}
        row = _row(entry, keys)
        if held is None:
            marks = ", ".join("?" * len(row))
            made = self._database.read(
                f"INSERT INTO page ({_COLUMNS}) VALUES ({marks}) RETURNING number",  # noqa: S608
                *row,
            )
            number = int(made[0][0] or 0)
            return [(key, number) for key in keys]
        number, before = held
        others = [
            (name, new) for name, new, old in zip(_NAMES, row, before, strict=True) if new != old
        ]
        if others:
            # An index is written anew for whatever is set, though it be what it was.
            sets = ", ".join(f"{name} = ?" for name, _ in others)
            values = (value for _, value in others)
            self._database.write(f"UPDATE page SET {sets} WHERE number = ?", *values, number)  # noqa: S608
        held_keys = _keys_in(before)
        self._unneed(number, held_keys - keys)
        return [(key, number) for key in keys - held_keys]

    def _unneed(self, number: int, keys: Iterable[int]) -> None:
        rows = [(key, number) for key in keys]
        if rows:
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
        for table in ("page", "need", "key", "withheld", "mark"):
            self._database.write(f"DROP TABLE IF EXISTS {table}")
        self._number_of.clear()
        self._key_of.clear()
        self._database.run(_SCHEMA)


def _listed(given: Collection[str | int]) -> str:
    return json.dumps([*given])


def _row(entry: Entry, keys: Collection[int]) -> tuple[Value, ...]:
    return (
        *(entry.subject, entry.path, entry.uri, entry.source, entry.digest, entry.blob),
        array("I", sorted(keys)).tobytes(),
        _micros(entry.made_at),
        None if entry.changes_at is None else _micros(entry.changes_at),
    )


def _entry(row: tuple[Value, ...], names: Mapping[int, str] | None) -> Entry:
    subject, path, uri, source, digest, blob, keys, made_at, changes_at = row
    return Entry(
        subject=str(subject),
        path=str(path),
        uri=str(uri),
        source=None if source is None else str(source),
        digest=str(digest),
        blob=str(blob),
        keys=() if names is None else tuple(sorted(names[each] for each in _unpacked(keys))),
        made_at=_moment(int(made_at or 0)),
        changes_at=None if changes_at is None else _moment(int(changes_at)),
    )


def _keys_in(row: tuple[Value, ...]) -> set[int]:
    return set(_unpacked(row[_NAMES.index("keys")]))


def _is_page(uri: Value) -> bool:
    return str(uri).endswith(".md")


def _unpacked(packed: Value) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(packed if isinstance(packed, bytes) else b"")
    return numbers


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND
