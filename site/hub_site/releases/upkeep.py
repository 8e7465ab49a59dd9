"""What can wait: compressed variants, old releases, bytes that nothing names any more.

All of it goes in small steps that a crash may come between, and none of it touches what a
reader may still ask for.
"""

import sqlite3
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hub_site.errors import PressError
from hub_site.releases.blobs import SHELVES, BlobStore
from hub_site.releases.link_index import LinkIndex
from hub_site.releases.manifest import Manifest
from hub_site.releases.records import in_text

KEEP_FOR = timedelta(days=14)
GRACE = timedelta(minutes=10)
"""A page that is open may still fetch its pictures for so long after its release is forgotten."""
AT_ONCE = "0"
"""The moment of what is not to wait for that: it sorts before every other."""
_PORTION = 25
_LEFTOVER_SECONDS = 3600.0
_WALK_EVERY_SECONDS = 24 * 3600.0
_REFERENCED = """SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE blob = :blob)
OR EXISTS (SELECT 1 FROM file WHERE blob = :blob)
OR EXISTS (SELECT 1 FROM look_file WHERE blob = :blob)"""


@dataclass
class Upkeep:
    """Keeps releases for a set time, and at least so many of them."""

    manifest: Manifest
    blobs: BlobStore
    keep: int = field(kw_only=True)
    keep_for: timedelta = field(kw_only=True)
    grace: timedelta = field(kw_only=True)
    _shelf: int = field(default=0, init=False)
    _walk_after: float = field(default=0.0, init=False)

    def work(self, seconds: float) -> bool:
        """Do the most useful thing until the time is over; say whether there is more to do."""
        end = time.monotonic() + seconds
        self._write_back()
        self.blobs.recover()
        self.blobs.settle()
        steps = (self._compress, self._collect, self._forget, self._walk)
        while any(step() for step in steps):
            if time.monotonic() >= end:
                return True
        return False

    def _write_back(self) -> None:
        """Copy the log into the manifest, as far as readers let it."""
        with self.manifest.reading() as database:
            database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _compress(self) -> bool:
        with self.manifest.reading() as database:
            rows = database.execute("SELECT blob FROM to_compress LIMIT ?", (_PORTION,)).fetchall()
        if not rows:
            return False
        self.blobs.compress([blob for (blob,) in rows])
        with self.manifest.writing() as database:
            database.executemany("DELETE FROM to_compress WHERE blob = ?", rows)
        return True

    def _forget(self) -> bool:
        before = in_text(datetime.now(UTC) - self.keep_for)
        with self.manifest.reading() as database:
            if _superseded(database, keep=self.keep, before=before) is None:
                return False
        with self.manifest.writing() as database:
            oldest = _superseded(database, keep=self.keep, before=before)
            if oldest is not None:
                _forget_release(database, *oldest)
        return True

    def _collect(self) -> bool:
        until = in_text(datetime.now(UTC) - self.grace)
        due = "SELECT blob FROM unused WHERE since <= ? LIMIT ?"
        with self.manifest.reading() as database:
            if database.execute(due, (until, 1)).fetchone() is None:
                return False
        with self.manifest.writing() as database:
            rows = database.execute(due, (until, _PORTION)).fetchall()
            collect(database, self.blobs, [blob for (blob,) in rows])
        return True

    def _walk(self) -> bool:
        """Once a day, a folder at a time: clear away what crashes left and nothing names."""
        now = time.time()
        if now < self._walk_after:
            return False
        try:
            self._walk_one(self._shelf, before=now - _LEFTOVER_SECONDS)
        except OSError as error:
            raise PressError(f"The press can't clear away what it no longer needs: {error}.") from (
                error
            )
        self._shelf = (self._shelf + 1) % SHELVES
        if self._shelf == 0:
            self._walk_after = now + _WALK_EVERY_SECONDS
        return True

    def _walk_one(self, shelf: int, *, before: float) -> None:
        self.blobs.clear_leftovers(shelf, before=before)
        old = [
            blob
            for blob in self.blobs.shelf(shelf)
            if self.blobs.file(blob).stat().st_mtime < before
        ]
        with self.manifest.reading() as database:
            unnamed = [blob for blob in old if not is_named(database, blob)]
        if unnamed:
            with self.manifest.writing() as database:
                collect(database, self.blobs, unnamed)


def is_named(database: sqlite3.Connection, blob: str) -> bool:
    """Some release that is kept, or the look of one, needs these bytes."""
    return database.execute(_REFERENCED, {"blob": blob}).fetchone() is not None


def set_unused(database: sqlite3.Connection, blobs: list[str], *, since: str) -> None:
    """Note what may have become unused; whether it is, is looked at when it is collected."""
    database.executemany(
        """INSERT INTO unused (blob, since) VALUES (?, ?)
        ON CONFLICT (blob) DO UPDATE SET since = MIN(since, excluded.since)""",
        [(blob, since) for blob in blobs],
    )


def collect(database: sqlite3.Connection, blobs: BlobStore, candidates: list[str]) -> list[str]:
    """Remove those bytes that nothing names, and give their hashes.

    The files go before the transaction ends: a crash in between leaves the note, so they are
    looked for once more.
    """
    unnamed = [blob for blob in candidates if not is_named(database, blob)]
    index = LinkIndex(database)
    for blob in unnamed:
        index.forget(blob)
        blobs.remove(blob)
    gone = [(blob,) for blob in candidates]
    database.executemany("DELETE FROM to_compress WHERE blob = ?", [(blob,) for blob in unnamed])
    database.executemany("DELETE FROM unused WHERE blob = ?", gone)
    return unnamed


def _superseded(database: sqlite3.Connection, *, keep: int, before: str) -> tuple[int, int] | None:
    """The oldest release and the next, when the oldest was superseded long enough ago."""
    kept = database.execute("SELECT COUNT(*) FROM release").fetchone()[0]
    if kept <= max(keep, 1):
        return None
    (oldest, _), (following, at) = database.execute(
        "SELECT number, activated_at FROM release ORDER BY number LIMIT 2"
    ).fetchall()
    return (oldest, following) if at <= before else None


def _forget_release(database: sqlite3.Connection, oldest: int, following: int) -> None:
    """Let the next release be the oldest, at the cost of what that one changed."""
    changed = "SELECT path FROM entry WHERE release = :following"
    older = f"FROM entry WHERE path IN ({changed}) AND release < :following"
    names = {"following": following}
    rows = database.execute(f"SELECT blob {older} AND blob IS NOT NULL", names).fetchall()
    set_unused(database, [blob for (blob,) in rows], since=in_text(datetime.now(UTC)))
    database.execute(f"DELETE {older}", names)
    database.execute("DELETE FROM entry WHERE release = :following AND blob IS NULL", names)
    database.execute("DELETE FROM release WHERE number = ?", (oldest,))
    _forget_looks(database)


def _forget_looks(database: sqlite3.Connection) -> None:
    """Forget looks that no release that is kept was printed with."""
    unneeded = """FROM look_file WHERE look NOT IN (
        SELECT look FROM release UNION SELECT look FROM hold UNION SELECT instead_of FROM hold)"""
    rows = database.execute(f"SELECT DISTINCT blob {unneeded}").fetchall()
    database.execute(f"DELETE {unneeded}")
    set_unused(database, [blob for (blob,) in rows], since=AT_ONCE)
