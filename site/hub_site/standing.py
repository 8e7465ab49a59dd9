"""What a build starts from, and what it comes to."""

import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hub_site.ledger import Entry
from hub_site.pages import Subject
from hub_site.releases import Release


@dataclass(slots=True)
class Standing:
    """How the live release, the ledger and the staged tree stand to each other.

    Attributes:
        marks: what the ledger was written with.
        live: the live release.
        is_whole: the ledger is not that of the live release, so all files are handed over.
        is_swept: an earlier build broke off, so the staged tree is looked at file by file.
        prints_all: the look is another one, or the theme's own files are not all there.
        unchanged: templates that make the same own part of the same page as before.
        lost: pages whose bytes are not there any more.
    """

    marks: Mapping[str, str]
    live: Release | None
    is_whole: bool
    is_swept: bool
    prints_all: bool = False
    unchanged: AbstractSet[str] = frozenset()
    lost: set[Subject] = field(default_factory=set)

    def meet(
        self, look: Mapping[str, str], *, own_keys: Callable[[], Mapping[str, str]]
    ) -> Mapping[str, str]:
        """See what of this look is another one than was printed with; give what to remember."""
        self.prints_all |= not self._has(look, *look)
        if not self.prints_all:
            return look
        keys = own_keys()
        before = json.loads(self.marks.get("own", "{}"))
        if self._has(look, "code", "configuration"):
            self.unchanged = {name for name, key in keys.items() if before.get(name) == key}
        return {**look, "own": json.dumps(keys)}

    def _has(self, look: Mapping[str, str], *names: str) -> bool:
        return all(self.marks.get(name) == look[name] for name in names)


@dataclass(frozen=True, slots=True)
class Printed:
    """What was made, and beside it what was only printed anew: as it was and as it is."""

    entries: Sequence[Entry]
    others: Sequence[Entry]
    reprinted: Sequence[Entry]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the ledger came to know.

    Attributes:
        before: the pages that were made, printed or are gone, as they were.
        entries: those that were made or are of the theme, as they are.
        reprinted: pages that were only printed anew, as they are; without their keys.
        blobs: what those came to before, by subject.
        printed_at: when the last of them was printed.
        arrived, left: pictures.
        unstaged: what is in the staged tree no more.
    """

    before: Mapping[Subject, Entry]
    entries: Sequence[Entry]
    reprinted: Sequence[Entry]
    blobs: Mapping[Subject, str]
    printed_at: datetime
    arrived: AbstractSet[str]
    left: AbstractSet[str]
    unstaged: AbstractSet[str]

    def files(self) -> dict[str, str | None]:
        """What is at another address or another page; None where nothing is any more."""
        paths = {entry.path for entry in self.entries}
        changes: dict[str, str | None] = {
            entry.path: None for entry in self.before.values() if entry.path not in paths
        }
        was = {entry.path: entry.blob for entry in self.before.values()}
        was |= {entry.path: self.blobs[entry.subject] for entry in self.reprinted}
        for entry in (*self.entries, *self.reprinted):
            if was.get(entry.path) != entry.blob:
                changes[entry.path] = entry.blob
        pictures: dict[str, str | None] = dict.fromkeys(self.left)
        pictures |= {path: Path(path).stem for path in self.arrived}
        return pictures | changes
