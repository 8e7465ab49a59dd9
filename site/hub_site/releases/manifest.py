"""Which bytes are at which address, release by release; one row says which release is live."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import RLock
from weakref import finalize

from hub_site.errors import PressError
from hub_site.releases.compression import is_compressible
from hub_site.releases.disk import Disk
from hub_site.releases.records import COLUMNS, Draft, Release, release_from, release_of, row_of
from hub_site.releases.schema import VERSION, bring_up_to_date, version_of

_FILES = """
SELECT path, blob FROM entry AS newest
WHERE blob IS NOT NULL AND release = (
    SELECT MAX(release) FROM entry WHERE path = newest.path AND release <= :number
)
ORDER BY path
"""


class SupersededError(PressError):
    """Another release went live since this one was begun; printing again puts it right."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is at one path."""

    blob: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What a release changes: `held` is what was at those paths before."""

    before: int
    changed: dict[str, str | None]
    sources: dict[str, str | None]
    held: dict[str, Held]

    @property
    def removed(self) -> list[str]:
        return [path for path, blob in self.changed.items() if blob is None]


@dataclass(frozen=True, slots=True)
class View:
    """How far a reader of the manifest is: the live release and the edition of its history."""

    number: int
    history: int


class Manifest:
    """The press writes it, the gate reads it; SQLite keeps the two apart."""

    def __init__(self, file: Path, *, is_reader: bool = False, disk: Disk | None = None) -> None:
        self._file = file
        self._disk = disk or Disk()
        self._lock = RLock()
        self._opened: tuple[int, sqlite3.Connection] | None = None
        if not is_reader:
            with self.reading() as database:
                bring_up_to_date(database)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                yield self._connection()
        except sqlite3.Error as error:
            raise PressError(
                f"The press can't keep its releases in {self._file}: {error}. The release that is"
                " live stays; if the disk is full, make room, and the press tries again."
            ) from error

    def _connection(self) -> sqlite3.Connection:
        """Stay connected: SQLite reads all of its log again for whoever comes alone.

        But not to a file that another took the place of.
        """
        try:
            found = self._file.stat().st_ino
        except FileNotFoundError:
            found = 0
        if self._opened is None or self._opened[0] != found:
            database = self._disk.connect(self._file)
            finalize(self, database.close)
            self._opened = (self._file.stat().st_ino, database)
        return self._opened[1]

    @contextmanager
    def reading_once(self) -> Iterator[sqlite3.Connection]:
        """Several questions about one and the same moment."""
        with self.reading() as database:
            database.execute("BEGIN")
            with database:
                yield database

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, of which readers see all or nothing."""
        with self.reading() as database:
            database.execute("BEGIN IMMEDIATE")
            with database:
                yield database

    def live(self) -> Release | None:
        with self.reading() as database:
            return live_in(database)

    def live_number(self) -> int | None:
        """The number of the live release; None before the first."""
        if not self._file.is_file():
            return None
        with self.reading() as database:
            return _number_in(database)

    def view(self) -> View | None:
        """Where a reader would be that read everything now; None before the first release."""
        if not self._file.is_file():
            return None
        with self.reading_once() as database:
            return _view_in(database)

    def files(self, number: int) -> dict[str, str]:
        """Every path of a release and the hash of what is there."""
        with self.reading() as database:
            return dict(database.execute(_FILES, {"number": number}).fetchall())

    def live_files(self) -> tuple[View, dict[str, str]] | None:
        """The live release whole, at one and the same moment.

        Also of a manifest that waits for its press to bring it up to date.
        """
        with self.reading_once() as database:
            view = _view_in(database)
            if view is None:
                return None
            if version_of(database) < VERSION:
                rows = database.execute(_FILES, {"number": view.number})
            else:
                rows = database.execute("SELECT path, blob FROM file")
            return view, dict(rows.fetchall())

    def live_at(self, *patterns: str) -> dict[str, str]:
        """The files of the live release whose paths are like one of these."""
        like = " OR ".join("path GLOB ?" for _ in patterns)
        with self.reading() as database:
            rows = database.execute(f"SELECT path, blob FROM file WHERE {like}", patterns)  # noqa: S608
            return dict(rows.fetchall())

    def changes_since(self, view: View) -> tuple[View, dict[str, str | None]] | None:
        """What changed for a reader; None when it must read everything again."""
        with self.reading_once() as database:
            now = _view_in(database)
            if now is None or now.history != view.history or not _is_kept(database, view.number):
                return None
            rows = database.execute(
                "SELECT path, blob FROM entry WHERE release > ? ORDER BY release", (view.number,)
            )
            return now, dict(rows.fetchall())

    def changed_pages(self, number: int, limit: int) -> list[str]:
        """The addresses of pages that came, changed or went with a release, as many as that."""
        with self.reading() as database:
            rows = database.execute(
                "SELECT path FROM entry WHERE release = ?"
                " AND (path = 'index.html' OR path LIKE '%/index.html') ORDER BY path LIMIT ?",
                (number, limit),
            ).fetchall()
        return [path.removesuffix("index.html") for (path,) in rows]

    def releases(self) -> list[Release]:
        """All releases that are still kept, the newest first."""
        with self.reading() as database:
            rows = database.execute(
                f"SELECT {COLUMNS} FROM release ORDER BY number DESC"  # noqa: S608
            ).fetchall()
        return [release_from(row) for row in rows]

    def reach(self, live: Release, *, epoch: str, cursor: str) -> Release:
        """Let the live release answer for more of the feed, where that changed no file of it."""
        with self.writing() as database:
            database.execute(
                "UPDATE release SET epoch = ?, cursor = ?, is_recorded = 0 WHERE number = ?",
                (epoch, cursor, live.number),
            )
        return replace(live, epoch=epoch, cursor=cursor, is_recorded=False)

    def mark_recorded(self, number: int) -> None:
        with self.writing() as database:
            database.execute("UPDATE release SET is_recorded = 1 WHERE number <= ?", (number,))


def live_in(database: sqlite3.Connection) -> Release | None:
    row = database.execute(
        f"SELECT {COLUMNS} FROM release JOIN live USING (number)"  # noqa: S608
    ).fetchone()
    return release_from(row) if row else None


def _number_in(database: sqlite3.Connection) -> int | None:
    try:
        row = database.execute("SELECT number FROM live").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):  # the press opened it a moment ago
            return None
        raise
    return int(row[0]) if row else None


def _view_in(database: sqlite3.Connection) -> View | None:
    number = _number_in(database)
    if number is None:
        return None
    if version_of(database) < VERSION:
        return View(number, 0)
    row = database.execute("SELECT value FROM mark WHERE name = 'history'").fetchone()
    return View(number, int(row[0]))


def _is_kept(database: sqlite3.Connection, number: int) -> bool:
    row = database.execute("SELECT 1 FROM release WHERE number = ?", (number,)).fetchone()
    return row is not None


def rewrite_history(database: sqlite3.Connection) -> None:
    """Tell readers that old entries went: what they missed can't be read as changes any more."""
    database.execute("UPDATE mark SET value = value + 1 WHERE name = 'history'")


def held_files(database: sqlite3.Connection) -> dict[str, Held]:
    """Everything in the live release."""
    rows = database.execute("SELECT path, blob, source FROM file")
    return {path: Held(blob, source) for path, blob, source in rows}


def delta_of(database: sqlite3.Connection, draft: Draft) -> Delta:
    """Compare a draft with the live release, at the cost of what the draft names."""
    before = _number_in(database) or 0
    if draft.base is not None and draft.base != before:
        raise SupersededError(
            f"Release {before} went live while this one was made on top of {draft.base}."
        )
    held = held_files(database) if draft.is_whole else _held_at(database, draft)
    changed = {
        path: blob
        for path, blob in draft.changes.items()
        if blob != (held[path].blob if path in held else None)
    }
    if draft.is_whole:
        changed |= dict.fromkeys(held.keys() - draft.changes.keys())
    return Delta(
        before=before,
        changed=changed,
        sources={path: draft.sources.get(path) for path in draft.changes},
        held=held,
    )


def _held_at(database: sqlite3.Connection, draft: Draft) -> dict[str, Held]:
    held: dict[str, Held] = {}
    for path in draft.changes:
        row = database.execute("SELECT blob, source FROM file WHERE path = ?", (path,)).fetchone()
        if row:
            held[path] = Held(*row)
    return held


def switch(database: sqlite3.Connection, draft: Draft, *, delta: Delta, now: datetime) -> Release:
    """Write down what changed and make it the live release."""
    release = release_of(draft, number=delta.before + 1, changed=len(delta.changed), now=now)
    database.executemany(
        "INSERT INTO entry (path, release, blob, source) VALUES (?, ?, ?, ?)",
        [
            (path, release.number, blob, delta.sources.get(path))
            for path, blob in sorted(delta.changed.items())
        ],
    )
    database.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in delta.removed])
    database.executemany(
        "INSERT INTO file (path, blob, source) VALUES (?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET blob = excluded.blob, source = excluded.source",
        [
            (path, blob, delta.sources.get(path))
            for path, blob in sorted(draft.changes.items())
            if blob is not None and _differs(delta, path)
        ],
    )
    database.executemany(
        "INSERT OR IGNORE INTO to_compress (blob) VALUES (?)",
        [(blob,) for path, blob in delta.changed.items() if blob and is_compressible(path)],
    )
    marks = ",".join("?" * len(row_of(release)))
    database.execute(
        f"INSERT INTO release ({COLUMNS}) VALUES ({marks})",  # noqa: S608
        row_of(release),
    )
    database.execute("INSERT OR REPLACE INTO live (only, number) VALUES (1, ?)", (release.number,))
    return release


def _differs(delta: Delta, path: str) -> bool:
    held = delta.held.get(path)
    return path in delta.changed or held is None or held.source != delta.sources.get(path)
