"""Which bytes are at which address, release by release; one row says which release is live."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hub_site.errors import PressError

# An entry holds from its release on, until a later entry for the same path; NULL is a tombstone.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS release (
    number INTEGER PRIMARY KEY, epoch TEXT NOT NULL, cursor TEXT NOT NULL, as_of TEXT NOT NULL,
    started_at TEXT NOT NULL, activated_at TEXT NOT NULL, pages INTEGER NOT NULL,
    changed INTEGER NOT NULL, set_aside TEXT NOT NULL, is_recorded INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS entry (
    path TEXT NOT NULL, release INTEGER NOT NULL, blob TEXT, PRIMARY KEY (path, release)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS live (
    only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL
);
"""
_FILES = """
SELECT path, blob FROM entry AS newest
WHERE blob IS NOT NULL AND release = (
    SELECT MAX(release) FROM entry WHERE path = newest.path AND release <= :number
)
ORDER BY path
"""
_COLUMNS = (
    "number, epoch, cursor, as_of, started_at, activated_at, pages, changed, set_aside, is_recorded"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One complete state of the hub."""

    number: int
    epoch: str
    cursor: str
    as_of: datetime
    started_at: datetime
    activated_at: datetime
    pages: int
    changed: int
    set_aside: str  # JSON, as it is told to the newsroom
    is_recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A release that is complete and checked, but not live yet."""

    files: Mapping[str, str]
    epoch: str
    cursor: str
    as_of: datetime
    started_at: datetime
    pages: int
    set_aside: str


class Manifest:
    """The press writes it, the gate reads it; SQLite keeps the two apart."""

    def __init__(self, file: Path, *, is_reader: bool = False) -> None:
        self._file = file
        if not is_reader:
            with self._connection() as database:
                database.executescript(_SCHEMA)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._file, timeout=20)) as database:
                database.execute("PRAGMA journal_mode=WAL")
                database.execute("PRAGMA synchronous=FULL")
                yield database
        except sqlite3.Error as error:
            raise PressError(
                f"The press can't keep its releases in {self._file}: {error}."
            ) from error

    def live(self) -> Release | None:
        with self._connection() as database:
            row = database.execute(
                f"SELECT {_COLUMNS} FROM release JOIN live USING (number)"  # noqa: S608
            ).fetchone()
        return _release(row) if row else None

    def live_number(self) -> int | None:
        """The number of the live release; None before the first."""
        if not self._file.is_file():
            return None
        with self._connection() as database:
            row = database.execute("SELECT number FROM live").fetchone()
        return int(row[0]) if row else None

    def files(self, number: int) -> dict[str, str]:
        """Every path of a release and the hash of what is there."""
        with self._connection() as database:
            return dict(database.execute(_FILES, {"number": number}).fetchall())

    def releases(self) -> list[Release]:
        """All releases that are still kept, the newest first."""
        with self._connection() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM release ORDER BY number DESC"  # noqa: S608
            ).fetchall()
        return [_release(row) for row in rows]

    def activate(self, draft: Draft, *, now: datetime) -> Release:
        """Make this draft the live release in one transaction: readers see all of it or nothing."""
        with self._connection() as database, database:
            database.execute("BEGIN IMMEDIATE")
            row = database.execute("SELECT number FROM live").fetchone()
            before = int(row[0]) if row else 0
            held = dict(database.execute(_FILES, {"number": before}).fetchall())
            delta = _delta(held, draft.files)
            release = _activated(draft, number=before + 1, changed=len(delta), now=now)
            database.executemany(
                "INSERT INTO entry (path, release, blob) VALUES (?, ?, ?)",
                [(path, release.number, blob) for path, blob in delta.items()],
            )
            database.execute(
                f"INSERT INTO release ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
                _row(release),
            )
            database.execute(
                "INSERT OR REPLACE INTO live (only, number) VALUES (1, ?)", (release.number,)
            )
        return release

    def mark_recorded(self, number: int) -> None:
        with self._connection() as database, database:
            database.execute("UPDATE release SET is_recorded = 1 WHERE number <= ?", (number,))

    def prune(self, keep: int) -> set[str]:
        """Forget all but the newest releases; give the hashes that are still needed."""
        with self._connection() as database, database:
            database.execute("BEGIN IMMEDIATE")
            oldest = database.execute(
                "SELECT number FROM release ORDER BY number DESC LIMIT 1 OFFSET ?", (keep - 1,)
            ).fetchone()
            if oldest:
                _forget_before(database, int(oldest[0]))
            rows = database.execute("SELECT DISTINCT blob FROM entry WHERE blob IS NOT NULL")
            return {str(row[0]) for row in rows}


def _forget_before(database: sqlite3.Connection, oldest: int) -> None:
    database.execute("DELETE FROM release WHERE number < ?", (oldest,))
    database.execute(
        """DELETE FROM entry WHERE release < :oldest AND release < (
            SELECT MAX(release) FROM entry AS newer
            WHERE newer.path = entry.path AND newer.release <= :oldest
        )""",
        {"oldest": oldest},
    )
    database.execute("DELETE FROM entry WHERE blob IS NULL AND release <= ?", (oldest,))


def _delta(held: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str | None]:
    changed: dict[str, str | None] = {
        path: blob for path, blob in wanted.items() if held.get(path) != blob
    }
    return changed | dict.fromkeys(held.keys() - wanted.keys())


def _activated(draft: Draft, *, number: int, changed: int, now: datetime) -> Release:
    return Release(
        number=number,
        epoch=draft.epoch,
        cursor=draft.cursor,
        as_of=draft.as_of,
        started_at=draft.started_at,
        activated_at=now,
        pages=draft.pages,
        changed=changed,
        set_aside=draft.set_aside,
        is_recorded=False,
    )


def _row(release: Release) -> tuple[object, ...]:
    return (
        release.number,
        release.epoch,
        release.cursor,
        release.as_of.astimezone(UTC).isoformat(),
        release.started_at.astimezone(UTC).isoformat(),
        release.activated_at.astimezone(UTC).isoformat(),
        release.pages,
        release.changed,
        release.set_aside,
        int(release.is_recorded),
    )


def _release(row: tuple[int, str, str, str, str, str, int, int, str, int]) -> Release:
    return Release(
        number=row[0],
        epoch=row[1],
        cursor=row[2],
        as_of=datetime.fromisoformat(row[3]),
        started_at=datetime.fromisoformat(row[4]),
        activated_at=datetime.fromisoformat(row[5]),
        pages=row[6],
        changed=row[7],
        set_aside=row[8],
        is_recorded=bool(row[9]),
    )
