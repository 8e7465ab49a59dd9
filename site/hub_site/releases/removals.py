"""What was withdrawn goes for good: from every release, from the disk, and with a report."""

import html
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from hub_site.releases.blobs import BlobStore
from hub_site.releases.link_index import LinkIndex
from hub_site.releases.manifest import Manifest, rewrite_history
from hub_site.releases.records import in_text
from hub_site.releases.upkeep import AT_ONCE, collect, set_unused

_SOFT_HYPHEN = "\N{SOFT HYPHEN}".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """Something that is not public any more.

    Attributes:
        paths: the files it had for itself, its page and its pictures.
        blobs: the hashes of bytes that were its own.
        words: what nothing but itself would say; looked for in every byte that is left.
    """

    public_id: str
    paths: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """The report: what went, and where its words still stand.

    Attributes:
        paths: where something was removed, in whichever release.
        releases: the numbers of the releases that lost something.
        blobs: the hashes of the bytes that are gone.
        scanned: how many kept files were searched for its words.
        still_said: pages of the live release that hold its words; the newsroom wrote them there.
        still_live: paths of its own that are live with other content.
    """

    public_id: str
    at: str
    seconds: float
    paths: tuple[str, ...]
    releases: tuple[int, ...]
    blobs: tuple[str, ...]
    scanned: int
    still_said: tuple[str, ...]
    still_live: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gone:
    paths: frozenset[str]
    releases: frozenset[int]
    blobs: frozenset[str]

    def __or__(self, other: "_Gone") -> "_Gone":
        return _Gone(
            self.paths | other.paths, self.releases | other.releases, self.blobs | other.blobs
        )


class Remover:
    """Works on what is kept; the live release must be without the withdrawn thing already."""

    def __init__(self, manifest: Manifest, blobs: BlobStore) -> None:
        self._manifest = manifest
        self._blobs = blobs

    def remove(self, withdrawn: Withdrawn) -> Removal:
        """Remove it and every superseded page that mentions it, then look whether that was all.

        Doing it again after a crash in between finishes the work.
        """
        begun = time.monotonic()
        with self._manifest.reading() as database:
            touched = sorted(set(_touched(database, withdrawn)))
        gone = self._take(touched, own=withdrawn.paths)
        scanned, holders = self._scan(withdrawn.words)
        gone |= self._take(holders, own=())
        with self._manifest.writing() as database:
            removal = Removal(
                public_id=withdrawn.public_id,
                at=in_text(datetime.now(UTC)),
                seconds=round(time.monotonic() - begun, 3),
                paths=tuple(sorted(gone.paths)),
                releases=tuple(sorted(gone.releases)),
                blobs=tuple(sorted(gone.blobs)),
                scanned=scanned,
                still_said=tuple(sorted(_live_with(database, holders))),
                still_live=tuple(path for path in withdrawn.paths if _is_live(database, path)),
            )
            _keep_report(database, removal)
        with self._manifest.reading() as database:
            # The log holds what the tables held before.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return removal

    def _take(self, blobs: Sequence[str], *, own: Sequence[str]) -> _Gone:
        """Take bytes out of every release but the live one, and addresses of its own with them.

        First nothing names the bytes any more, then they go: a crash in between leaves a note.
        """
        with self._manifest.writing() as database:
            old = [blob for blob in blobs if not _paths_with(database, blob)]
            rows = [row for blob in old for row in _entries_with(database, blob)]
            database.executemany(
                "UPDATE entry SET blob = NULL, source = NULL WHERE blob = ?",
                [(blob,) for blob in old],
            )
            names = [path for path in own if not _is_live(database, path)]
            database.executemany("DELETE FROM entry WHERE path = ?", [(path,) for path in names])
            rewrite_history(database)
            set_unused(database, old, since=AT_ONCE)
        with self._manifest.writing() as database:
            gone = collect(database, self._blobs, old)
        paths, releases = {path for path, _ in rows}, {number for _, number in rows}
        return _Gone(frozenset(paths), frozenset(releases), frozenset(gone))

    def _scan(self, words: Iterable[str]) -> tuple[int, list[str]]:
        needles = {spelling for word in words for spelling in _spellings(word)}
        if not needles:
            return 0, []
        count, holders = 0, []
        for blob in self._blobs:
            count += 1
            body = self._blobs.read(blob).replace(_SOFT_HYPHEN, b"")
            if any(needle in body for needle in needles):
                holders.append(blob)
        return count, holders


def removals_in(manifest: Manifest) -> list[Removal]:
    """The reports that are kept, the newest first."""
    with manifest.reading() as database:
        rows = database.execute("SELECT report FROM removal ORDER BY at DESC").fetchall()
    return [_report_from(json.loads(report)) for (report,) in rows]


def _report_from(kept: dict[str, Any]) -> Removal:
    """Our own JSON again, whose lists were tuples."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()
    }
    return Removal(**values)


def _touched(database: sqlite3.Connection, withdrawn: Withdrawn) -> Iterator[str]:
    """Its own bytes in whichever release, and every page that links to it."""
    index = LinkIndex(database)
    yield from withdrawn.blobs
    for path in withdrawn.paths:
        yield from index.linking_to(path)
        rows = database.execute(
            "SELECT blob FROM entry WHERE path = ? AND blob IS NOT NULL", (path,)
        )
        yield from [blob for (blob,) in rows]


def _paths_with(database: sqlite3.Connection, blob: str) -> list[str]:
    rows = database.execute("SELECT path FROM file WHERE blob = ?", (blob,))
    return [str(path) for (path,) in rows]


def _entries_with(database: sqlite3.Connection, blob: str) -> list[tuple[str, int]]:
    return database.execute("SELECT path, release FROM entry WHERE blob = ?", (blob,)).fetchall()


def _live_with(database: sqlite3.Connection, blobs: Iterable[str]) -> Iterator[str]:
    for blob in blobs:
        yield from _paths_with(database, blob)


def _is_live(database: sqlite3.Connection, path: str) -> bool:
    row = database.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone()
    return row is not None


def _keep_report(database: sqlite3.Connection, removal: Removal) -> None:
    database.execute(
        "INSERT OR REPLACE INTO removal (public_id, at, report) VALUES (?, ?, ?)",
        (removal.public_id, removal.at, json.dumps(asdict(removal))),
    )


def _spellings(word: str) -> set[bytes]:
    """A text as it could stand in a page, in an attribute and in JSON."""
    bare = word.replace("\N{SOFT HYPHEN}", "")
    marked = html.escape(bare, quote=False)
    numbered = marked.replace('"', "&#34;").replace("'", "&#39;")
    spelled = {bare, marked, numbered, html.escape(bare), json.dumps(bare)[1:-1]}
    return {each.encode() for each in spelled if each.strip()}
