"""No release goes live unless every internal address in it leads somewhere."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import batched

from hub_site.releases.glances import Glance
from hub_site.releases.link_index import LinkIndex
from hub_site.releases.links import addresses_in, is_outside, loads_in_style, target_of
from hub_site.releases.looking import Kept, Looker, is_page
from hub_site.releases.manifest import Delta, Held
from hub_site.trees import EVERYONE, may_lead_to, tree_of

NOT_FOUND = "404.html"
REQUIRED = ("index.html", NOT_FOUND)
_MANY = 500
_MOST_KNOWN = 200_000
"""Paths: some 20 MB, on a hub of a hundred thousand pages."""
type Missing = Callable[[Iterable[str]], AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    path: str
    reason: str


def faults_in_all(files: Mapping[str, str], kept: Kept) -> list[Fault]:
    """Everything that is wrong with these files (path to hash), all pages of them read."""

    def missing(targets: Iterable[str]) -> AbstractSet[str]:
        return {target for target in targets if target not in files}

    faults = [Fault(path, "it is missing") for path in REQUIRED if path not in files]
    return faults + Reading(files, kept, Looker(kept.read)).faults(missing)


class Reading:
    """What some files (path to hash) say about where they lead.

    Attributes:
        glances: at pages.
        own: what pages name in an own part that nobody looked at, and perhaps more.
    """

    def __init__(
        self,
        files: Mapping[str, str],
        kept: Kept,
        looker: Looker,
        *,
        known: Callable[[str, str], AbstractSet[int] | None] = lambda _path, _blob: None,
    ) -> None:
        """`known` gives what the page of a hash names, where its own part leads to nothing else."""
        self._files = files
        self._kept = kept
        self._unreadable: list[str] = []
        self.glances: dict[str, Glance] = {}
        self.own: dict[str, AbstractSet[int]] = {}
        for path, blob in files.items():
            if not kept.has(blob):
                self._unreadable.append(path)
            elif is_page(path):
                self.glances[path] = self._look(path, blob, looker, known)

    def _look(
        self,
        path: str,
        blob: str,
        looker: Looker,
        known: Callable[[str, str], AbstractSet[int] | None],
    ) -> Glance:
        glance = looker.look(path, blob)
        own = known(path, glance.own_of) if glance.own_of else None
        if own is not None:
            self.own[path] = own
        return glance if own is not None or not glance.own_of else looker.look_closer(path, blob)

    def faults(self, missing: Missing) -> list[Fault]:
        faults = [Fault(path, "its bytes are missing") for path in self._unreadable]
        targets = (glance.targets for glance in self.glances.values())
        named = set[str]().union(*targets)
        gone, gated = missing(named), {each for each in named if tree_of(each) != EVERYONE}
        for path, glance in self.glances.items():
            crosses = any(not may_lead_to(path, each) for each in glance.targets & gated)
            if crosses or glance.may_load_from_elsewhere or glance.targets & gone:
                faults += _closely(path, self._text(path), missing)
        for path in self._files:
            if path.endswith(".css") and path not in self._unreadable:
                faults += [_loads(path, each) for each in loads_in_style(self._text(path))]
        return faults

    def _text(self, path: str) -> str:
        return self._kept.read(self._files[path]).decode(errors="replace")


def _closely(path: str, markup: str, missing: Missing) -> list[Fault]:
    faults: list[Fault] = []
    for address in sorted(addresses_in(markup), key=lambda each: each.value):
        if is_outside(address.value):
            if address.is_loaded:
                faults.append(_loads(path, address.value))
            continue
        target = target_of(address.value, path)
        if target is not None and missing([target]):
            faults.append(Fault(path, f"its link to {address.value} leads nowhere"))
        if target is not None and not may_lead_to(path, target):
            faults.append(Fault(path, f"it names {address.value}, which its readers may not read"))
    return faults


def _loads(path: str, address: str) -> Fault:
    return Fault(path, f"it loads {address} from elsewhere")


@dataclass(slots=True)
class Known:
    """What was looked up in the manifest, for as long as that is as it was.

    Attributes:
        there: paths of the live release.
        numbers: of paths, in the index of links.
    """

    there: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    _of: tuple[sqlite3.Connection, int] | None = None

    def begin(self, database: sqlite3.Connection, release: int) -> None:
        """Forget what was found elsewhere, or in another release than this."""
        if self._of != (database, release) or len(self.numbers) > _MOST_KNOWN:
            self.there.clear()
            self.numbers.clear()
        self._of = None  # until the release is live

    def go_on(self, database: sqlite3.Connection, release: int, removed: Iterable[str]) -> None:
        """This release is live now, without these paths."""
        self.there.difference_update(removed)
        self._of = (database, release)


class ChangeVerifier:
    """Checks a release at the cost of what changed, and keeps the index of links with it."""

    def __init__(
        self,
        database: sqlite3.Connection,
        kept: Kept,
        looker: Looker,
        *,
        known: Known | None = None,
    ) -> None:
        """`known` holds for the release that is live before the change."""
        self._database = database
        self._kept = kept
        self._looker = looker
        self._known = known or Known()
        self._index = LinkIndex(database, numbers=self._known.numbers)
        self._changed: dict[str, str | None] = {}
        self._held: Mapping[str, Held] = {}
        self._going: AbstractSet[int] = frozenset()
        self._is_everywhere_there = True

    def faults(self, delta: Delta) -> list[Fault]:
        """What this change would break: on the pages it changes, and on those it does not."""
        self._index_what_is_not()
        self._changed, self._held = delta.changed, delta.held
        self._going = self._index.numbers_of(delta.removed)
        self._is_everywhere_there = self._index.everywhere.isdisjoint(delta.removed)
        faults = [Fault(path, "it is missing") for path in sorted(self._missing(REQUIRED))]
        changed = {path: blob for path, blob in delta.changed.items() if blob is not None}
        faults += self._faults_in(changed)
        return faults + self._faults_in(self._touched_by(delta.removed, delta.changed))

    def _faults_in(self, files: Mapping[str, str]) -> list[Fault]:
        faults: list[Fault] = []
        # What the 404 page links to is on every page: it has to be known before the others are.
        for paths in batched(sorted(files, key=lambda path: (path != NOT_FOUND, path)), _MANY):
            some = {path: files[path] for path in paths}
            reading = Reading(some, self._kept, self._looker, known=self._known_of)
            self._index_links(some, reading)
            faults += reading.faults(self._missing)
        return faults

    def _known_of(self, path: str, blob: str) -> AbstractSet[int] | None:
        """What the live page names, where that is there before and after: then so is its own."""
        held = self._held.get(path)
        if held is None or held.blob != blob or not self._is_everywhere_there:
            return None
        named = self._index.named_by(blob, path)
        return named if named is not None and named.isdisjoint(self._going) else None

    def _index_links(self, files: Mapping[str, str], reading: Reading) -> None:
        glances = reading.glances
        if NOT_FOUND in glances:
            self._index.add_everywhere(glances[NOT_FOUND].targets)
        targets = {path: glance.targets for path, glance in glances.items()}
        self._index.remember(files, targets, own=reading.own)

    def _missing(self, targets: Iterable[str]) -> AbstractSet[str]:
        asked, there = set(targets), self._known.there
        changed = {target: self._changed[target] for target in asked & self._changed.keys()}
        gone = {target for target, blob in changed.items() if blob is None}
        for some in batched(sorted(asked - there - changed.keys()), _MANY):
            marks = ",".join("?" * len(some))
            rows = self._database.execute(
                f"SELECT path FROM file WHERE path IN ({marks})",  # noqa: S608
                some,
            )
            found = {path for (path,) in rows}
            there |= found
            gone |= set(some) - found
        return gone

    def _touched_by(self, removed: list[str], changed: Mapping[str, str | None]) -> dict[str, str]:
        """Pages that stay as they are and link to what goes."""
        if not self._index.everywhere.isdisjoint(removed):
            rows = self._database.execute("SELECT path, blob FROM file").fetchall()
        else:
            blobs = {blob for path in removed for blob in self._index.linking_to(path)}
            rows = [row for blob in sorted(blobs) for row in self._live_at(blob)]
        return {path: blob for path, blob in rows if path not in changed}

    def _live_at(self, blob: str) -> list[tuple[str, str]]:
        return self._database.execute(
            "SELECT path, blob FROM file WHERE blob = ?", (blob,)
        ).fetchall()

    def _index_what_is_not(self) -> None:
        """Index the live pages of a manifest that an older version left without links."""
        if self._database.execute("SELECT 1 FROM mark WHERE name = 'indexed'").fetchone():
            return
        rows = self._database.execute("SELECT path, blob FROM file").fetchall()
        self._faults_in(dict(rows))
        self._database.execute("INSERT INTO mark (name, value) VALUES ('indexed', 1)")
