"""What was withdrawn goes for good: from every release, from the disk, and with a report."""

import html
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from hub_site.releases.blobs import SHELVES, BlobStore
from hub_site.releases.link_index import LinkIndex
from hub_site.releases.manifest import Manifest, rewrite_history
from hub_site.releases.records import in_text
from hub_site.releases.upkeep import AT_ONCE, collect, set_unused
from hub_site.trees import EVERYONE, MENTIONED, tree_of

_UNFINISHED = "unfinished"
_AT_A_TIME = 20
"""So many removals are looked for in one search: each has a dozen texts in five spellings."""
_SOFT_HYPHEN = "\N{SOFT HYPHEN}".encode()
_LONGEST_NEEDLE = 64_000
"""Bytes that a sentence takes at most, however it is spelled and hyphenated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """Something that is not public any more.

    Attributes:
        public_id: its name in reports.
        paths: the files it had for itself, its page and its pictures; `*` stands for
            anything that is not live any more.
        blobs: the hashes of bytes that were its own.
        words: what nothing but itself would say; looked for in every byte that is left.
        now_in: the audience in whose tree it is now; there its words are no trace of what was.
        is_part: the rest of it stays, at the addresses it has.
        listed_in: patterns of files that say it in a spelling no search for its words would find;
            whatever such a file said in an earlier release goes.
    """

    public_id: str
    paths: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    now_in: str | None = None
    is_part: bool = False
    listed_in: tuple[str, ...] = ()


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


@dataclass(slots=True)
class _UnderWay:
    """A removal of which the bytes are still to be searched; `asked` before it was looked up."""

    asked: Withdrawn
    withdrawn: Withdrawn
    gone: _Gone
    begun: float


class Remover:
    """Works on what is kept; the live release must be without the withdrawn things already.

    What is known of a removal goes at once. The search for its words goes through all bytes, so it
    is done a little at a time. A crash in between loses no more than the search so far.
    """

    def __init__(self, manifest: Manifest, blobs: BlobStore) -> None:
        self._manifest = manifest
        self._blobs = blobs
        self._under_way: dict[str, _UnderWay] = {}
        self._search: Search | None = None

    def work(self, wanted: Sequence[Withdrawn], seconds: float) -> list[Removal]:
        """Remove these for about so long; give the reports of those that are done.

        `wanted` is everything that is to be gone: what it names no more is left as it is.
        """
        end = time.monotonic() + seconds
        names = {each.public_id: each for each in wanted}
        for public_id, under_way in [*self._under_way.items()]:
            if names.get(public_id) != under_way.asked:
                del self._under_way[public_id]
        for public_id, withdrawn in names.items():
            if public_id not in self._under_way:
                self._under_way[public_id] = self._begin(withdrawn)
                if time.monotonic() >= end:
                    return []
        return self._go_on(end)

    def _begin(self, asked: Withdrawn) -> _UnderWay:
        """Remove it, and every superseded page that leads to it."""
        begun = time.monotonic()
        with self._manifest.reading() as database:
            withdrawn = replace(asked, paths=tuple(_paths_of(database, asked)))
            touched = sorted(set(_touched(database, withdrawn)))
            earlier = _unfinished(database, withdrawn.public_id)
        under_way = _UnderWay(
            asked, withdrawn, self._take(touched, own=withdrawn.paths) | earlier, begun
        )
        with self._manifest.writing() as database:
            removal = _report(database, under_way)
            _keep_report(database, removal, is_complete=False)
        return under_way

    def _go_on(self, end: float) -> list[Removal]:
        if not self._under_way:
            self._search = None
            return []
        if self._search is None:
            words = [(name, each.withdrawn.words) for name, each in self._under_way.items()]
            self._search = Search(self._blobs, dict(words[:_AT_A_TIME]))
        search = self._search
        if not search.go_on(end):
            return []
        self._search = None
        found = [name for name in search.holders if name in self._under_way]
        return [self._finish(name, search) for name in found]

    def _finish(self, name: str, search: "Search") -> Removal:
        """Take away what the search found, and write the report."""
        holders, under_way = search.holders[name], self._under_way[name]
        under_way.gone |= self._take(holders, own=())
        with self._manifest.writing() as database:
            removal = replace(
                _report(database, under_way),
                scanned=search.scanned,
                still_said=_still_said(database, under_way.withdrawn, holders),
            )
            _keep_report(database, removal, is_complete=True)
        with self._manifest.reading() as database:
            # The log holds what the tables held before.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        del self._under_way[name]
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
            rows += [row for path in names for row in _entries_at(database, path)]
            database.executemany("DELETE FROM entry WHERE path = ?", [(path,) for path in names])
            rewrite_history(database)
            set_unused(database, old, since=AT_ONCE)
        with self._manifest.writing() as database:
            gone = collect(database, self._blobs, old)
        paths, releases = {path for path, _ in rows}, {number for _, number in rows}
        return _Gone(frozenset(paths), frozenset(releases), frozenset(gone))


class Search:
    """One look through all kept bytes for the words of some removals (by their public id)."""

    def __init__(self, blobs: BlobStore, words: Mapping[str, Sequence[str]]) -> None:
        self.scanned = 0
        self.holders: dict[str, list[str]] = {name: [] for name in words}
        self._needles = {
            name: {spelling for word in said for spelling in _spellings(word)}
            for name, said in words.items()
        }
        self._blobs = blobs
        # The folders that are to be looked in, and how often each was filled when it was.
        self._folders = [*range(SHELVES)]
        self._looked: dict[int, int] = {}
        self._seen: set[str] = set()
        self._waiting: list[str] = []

    def go_on(self, end: float) -> bool:
        """Search until that moment of the monotonic clock; say whether all was searched."""
        if not any(self._needles.values()):
            return True
        while self._waiting or self._next_folder():
            while self._waiting:
                self._look_at(self._waiting.pop())
                if time.monotonic() >= end:
                    return False
        return True

    def _next_folder(self) -> bool:
        """List a folder; those that were filled meanwhile come again. False when none is left."""
        if not self._folders:
            filled = self._blobs.times_filled
            self._folders = [each for each, times in self._looked.items() if filled[each] != times]
        if not self._folders:
            return False
        folder = self._folders.pop()
        self._looked[folder] = self._blobs.times_filled[folder]
        self._waiting = [blob for blob in self._blobs.shelf(folder) if blob not in self._seen]
        return True

    def _look_at(self, blob: str) -> None:
        self._seen.add(blob)
        try:
            found = {
                name
                for piece in self._blobs.pieces(blob, overlap=_LONGEST_NEEDLE)
                for name in self._said_in(piece.replace(_SOFT_HYPHEN, b""))
            }
        except FileNotFoundError:  # it was cleared away between two portions
            return
        self.scanned += 1
        for name in found:
            self.holders[name].append(blob)

    def _said_in(self, text: bytes) -> Iterator[str]:
        for name, needles in self._needles.items():
            if any(needle in text for needle in needles):
                yield name


def removals_in(manifest: Manifest) -> list[Removal]:
    """The reports that are kept, the newest first."""
    with manifest.reading() as database:
        rows = database.execute("SELECT report FROM removal ORDER BY at DESC").fetchall()
    kept = [json.loads(report) for (report,) in rows]
    return [_report_from(each) for each in kept if _UNFINISHED not in each]


def _report_from(kept: dict[str, Any]) -> Removal:
    """Our own JSON again, whose lists were tuples."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in kept.items()
        if key != _UNFINISHED
    }
    return Removal(**values)


def _unfinished(database: sqlite3.Connection, public_id: str) -> _Gone:
    """What a removal took away before it was broken off."""
    row = database.execute("SELECT report FROM removal WHERE public_id = ?", (public_id,))
    kept = json.loads((row.fetchone() or ("{}",))[0])
    if _UNFINISHED not in kept:
        return _Gone(frozenset(), frozenset(), frozenset())
    before = _report_from(kept)
    return _Gone(frozenset(before.paths), frozenset(before.releases), frozenset(before.blobs))


def _report(database: sqlite3.Connection, under_way: _UnderWay) -> Removal:
    withdrawn, gone = under_way.withdrawn, under_way.gone
    return Removal(
        public_id=withdrawn.public_id,
        at=in_text(datetime.now(UTC)),
        seconds=round(time.monotonic() - under_way.begun, 3),
        paths=tuple(sorted(gone.paths)),
        releases=tuple(sorted(gone.releases)),
        blobs=tuple(sorted(gone.blobs)),
        scanned=0,
        still_said=(),
        still_live=_still_live(database, withdrawn),
    )


def _still_live(database: sqlite3.Connection, withdrawn: Withdrawn) -> tuple[str, ...]:
    if withdrawn.is_part:
        return ()
    return tuple(path for path in withdrawn.paths if _is_live(database, path))


def _touched(database: sqlite3.Connection, withdrawn: Withdrawn) -> Iterator[str]:
    """Its own bytes in whichever release, and every page that links to it."""
    index = LinkIndex(database)
    yield from withdrawn.blobs
    for pattern in withdrawn.listed_in:
        rows = database.execute(
            "SELECT DISTINCT blob FROM entry WHERE path GLOB ? AND blob IS NOT NULL", (pattern,)
        )
        yield from [blob for (blob,) in rows]
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


def _entries_at(database: sqlite3.Connection, path: str) -> list[tuple[str, int]]:
    return database.execute(
        "SELECT path, release FROM entry WHERE path = ? AND blob IS NOT NULL", (path,)
    ).fetchall()


def _paths_of(database: sqlite3.Connection, withdrawn: Withdrawn) -> Iterator[str]:
    """Its files by name; `*` only finds what the live release is without."""
    for path in withdrawn.paths:
        if "*" not in path:
            yield path
            continue
        rows = database.execute(
            "SELECT DISTINCT path FROM entry WHERE path GLOB ?"
            " AND path NOT IN (SELECT path FROM file) ORDER BY path",
            (path,),
        )
        yield from [found for (found,) in rows.fetchall()]


def _still_said(
    database: sqlite3.Connection, withdrawn: Withdrawn, holders: Iterable[str]
) -> tuple[str, ...]:
    paths = [(path, tree_of(path)) for path in _live_with(database, holders)]
    if withdrawn.now_in == MENTIONED:
        return tuple(sorted(path for path, tree in paths if tree == EVERYONE))
    return tuple(sorted(path for path, tree in paths if tree != withdrawn.now_in))


def _live_with(database: sqlite3.Connection, blobs: Iterable[str]) -> Iterator[str]:
    for blob in blobs:
        yield from _paths_with(database, blob)


def _is_live(database: sqlite3.Connection, path: str) -> bool:
    row = database.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone()
    return row is not None


def _keep_report(database: sqlite3.Connection, removal: Removal, *, is_complete: bool) -> None:
    told = asdict(removal) if is_complete else {**asdict(removal), _UNFINISHED: True}
    database.execute(
        "INSERT OR REPLACE INTO removal (public_id, at, report) VALUES (?, ?, ?)",
        (removal.public_id, removal.at, json.dumps(told)),
    )


def _spellings(word: str) -> set[bytes]:
    """A text as it could stand in a page, in an attribute and in JSON."""
    bare = word.replace("\N{SOFT HYPHEN}", "")
    marked = html.escape(bare, quote=False)
    numbered = marked.replace('"', "&#34;").replace("'", "&#39;")
    spelled = {bare, marked, numbered, html.escape(bare), json.dumps(bare)[1:-1]}
    return {each.encode() for each in spelled if each.strip()}
