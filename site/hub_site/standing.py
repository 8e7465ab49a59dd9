"""What a build starts from, and what it comes to."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from hub_site.ledger import Entry
from hub_site.pages import Subject
from hub_site.printer import changes_between
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
        lost: pages whose bytes are not there any more.
    """

    marks: Mapping[str, str]
    live: Release | None
    is_whole: bool
    is_swept: bool
    prints_all: bool = False
    lost: set[Subject] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the ledger came to know: pages before and after, pictures that arrived and left."""

    before: Mapping[Subject, Entry]
    entries: Sequence[Entry]
    arrived: AbstractSet[str]
    left: AbstractSet[str]
    unstaged: AbstractSet[str]

    def files(self) -> dict[str, str | None]:
        pictures: dict[str, str | None] = dict.fromkeys(self.left)
        pictures |= {path: Path(path).stem for path in self.arrived}
        return pictures | changes_between(self.before, self.entries)
