"""Brings search up to date with the pages that are live, beside the switch and never before it."""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from math import inf

from hub_site.database import Database
from hub_site.ledger import Ledger
from hub_site.pages import SEARCH_SUBJECT
from hub_site.releases import Draft, Release, Releases
from hub_site.search.entries import found_in
from hub_site.search.memory import SEARCH, Behind, Memory, Months, Place, ShelvedFile
from hub_site.search.shards import INDEX, index_of, row_of, shard_of
from hub_site.stage import StagedFolder
from hub_site.trees import EVERYONE, root_of

_AT_ONCE = 200
"""Pages that are looked at between two glances at the clock."""


class Follower:
    """Search follows the ledger: what differs from it is looked at once more.

    So nothing has to be told to it, and whatever broke off is made good by the next turn.
    """

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        *,
        staged: StagedFolder,
        releases: Releases,
        report: Callable[[str], None],
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._staged = staged
        self._releases = releases
        self._report = report
        self._memory = Memory(database)

    def follow(self, seconds: float = inf) -> bool:
        """Look at changed pages for about so long, then write what changed and switch to it.

        Returns:
            Whether there is more to do. Until then the shards are as they were, but for what is
            gone: that is in none of them.
        """
        live = self._live()
        if live is None:
            return False  # the pages come first
        end = time.monotonic() + seconds
        with self._database.transaction():
            gone = self._memory.forget_gone()
        is_behind = self._look(end)
        if not is_behind or gone:
            self._write()
            self._switch(live)
        return is_behind

    def take_off(self) -> None:
        """Let the live release be without search; it comes again when it can be followed."""
        with self._database.transaction():
            self._memory.forget_gone()
            self._memory.unshelve_all()
        live = self._live()
        if live is not None:
            self._switch(live)

    def _live(self) -> Release | None:
        """The live release, if it is the one that the ledger tells of."""
        live = self._releases.manifest.live()
        is_told_of = live and self._ledger.marks().get("release") == str(live.number)
        return live if is_told_of else None

    def files(self) -> dict[str, str]:
        """The files of search that a complete release holds, as far as their bytes are there."""
        files = {file.path: file.blob for _, file in self._memory.files()}
        files |= self._indexes()
        return {path: blob for path, blob in files.items() if self._releases.blobs.has(blob)}

    def _look(self, end: float) -> bool:
        """Take in pages that became others; say whether some are left."""
        looked = 0
        while pages := self._memory.behind(_AT_ONCE):
            with self._database.transaction():
                for page in pages:
                    self._take_in(page)
            looked += len(pages)
            if len(pages) < _AT_ONCE:
                return False
            self._report(f"Read {looked} pages for search")
            if time.monotonic() >= end:
                return True
        return False

    def _take_in(self, page: Behind) -> None:
        content = self._staged.content(page.uri)
        found = None if content is None else found_in(content.decode(), page.path)
        self._memory.put(page, found)

    def _write(self) -> None:
        """Write the shards that are others now, and those whose bytes went."""
        blobs = self._releases.blobs
        with self._database.transaction():
            for place in {
                place for place, file in self._memory.files() if not blobs.has(file.blob)
            }:
                self._memory.unshelve(place)
        wanted = self._memory.wanted()
        for place in self._memory.stale(wanted):
            with self._database.transaction():
                self._write_one(place, wanted[place])

    def _write_one(self, place: Place, months: Months) -> None:
        tree, period = place
        shard = shard_of(self._memory.entries(tree, months))
        root = root_of(tree)
        files = [
            ShelvedFile(f"{root}{path}", self._releases.blobs.put(body))
            for path, body in shard.files.items()
        ]
        self._memory.shelve(place, months, told=row_of(shard, period), files=files)

    def _indexes(self) -> dict[str, str]:
        """The file of each tree that names its shards."""
        synonyms = self._synonyms()
        return {
            f"{root_of(tree)}{INDEX}": self._releases.blobs.put(
                index_of(shards, synonyms if tree == EVERYONE else [])
            )
            for tree, shards in self._memory.told().items()
        }

    def _synonyms(self) -> object:
        """The organisation's own, as they are staged with the search page."""
        for entry in self._ledger.entries([SEARCH_SUBJECT]).values():
            for line in (self._staged.content(entry.uri) or b"").split(b"\n"):
                if line.startswith(b"view: "):
                    return json.loads(line.removeprefix(b"view: "))["synonyms"]
        return []

    def _switch(self, live: Release) -> None:
        """Let the release after the live one have today's search, and be like it otherwise."""
        wanted = {file.path: file.blob for _, file in self._memory.files()} | self._indexes()
        changes = _changes(self._releases.manifest.live_at(*SEARCH), wanted)
        if not changes:
            return
        draft = Draft(
            changes=changes,
            is_whole=False,
            epoch=live.epoch,
            cursor=live.cursor,
            as_of=live.as_of,
            started_at=datetime.now(UTC),
            pages=live.pages,
            set_aside=live.set_aside,
            look=live.look,
            base=live.number,
        )
        with self._database.transaction():
            release = self._releases.activate(draft)
            self._ledger.mark(release=str(release.number))
        if live.is_recorded:
            # Nothing that the newsroom asks about is different.
            self._releases.manifest.mark_recorded(release.number)


def _changes(held: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str | None]:
    changes: dict[str, str | None] = dict.fromkeys(held.keys() - wanted.keys())
    return changes | {path: blob for path, blob in wanted.items() if held.get(path) != blob}
