"""All shelves of a hub: everyone's, and one for each audience that has a tree of its own."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby

from hub_site.content.documents import Document, Hub, Language, SetAside
from hub_site.content.slips import Slip
from hub_site.pages.making import (
    Made,
    Subject,
    all_subjects,
    appeared,
    make,
    subjects_touched,
)
from hub_site.pages.shelf import EVERYTHING, Reader, Shelf
from hub_site.pages.traces import Traces
from hub_site.pages.tree_shelf import FRAME, TreeShelf
from hub_site.trees import EVERYONE, MENTIONED, YOURS

_NOBODYS = "There is no audience '{}' (any more), so nobody reads this: choose for whom it is."


class Library:
    """Puts each document on the shelf of whoever may read it, and makes the pages of every tree.

    A subject and the name of a list begin with `a/<audience> ` in a gated tree.
    """

    def __init__(self, read: Reader, *, as_of: datetime) -> None:
        self.traces = Traces()
        self.ground = Shelf(read, as_of=as_of, traces=self.traces)
        self._loose = Shelf(read, as_of=as_of, traces=self.traces)
        self._trees: dict[str, TreeShelf] = {}
        self._loose_tags: dict[str, Slip] = {}
        # Of what is not for everyone: most hubs have little of it.
        self._audience_of: dict[str, str] = {}

    @property
    def as_of(self) -> datetime:
        return self.ground.as_of

    @property
    def language(self) -> Language:
        return self.ground.language

    @property
    def hub(self) -> Hub:
        return self.ground.hub

    def roots(self) -> list[str]:
        """Where the trees begin."""
        return [shelf.root for shelf in self._shelves()]

    def fill(self, slips: Iterable[Slip]) -> None:
        """Put many documents on empty shelves, leaving no traces."""
        ordered = sorted(slips, key=_audience)
        held = {audience: list(each) for audience, each in groupby(ordered, _audience)}
        for slip in held.pop(MENTIONED, []):
            self._put_loose(slip)
        self.ground.fill(held.pop(EVERYONE, []))
        for audience, own in held.items():
            self._audience_of |= dict.fromkeys((slip.id for slip in own), audience)
            self._tree(audience).fill(own)
        self.traces.clear()

    def put(self, slip: Slip) -> None:
        """Take in a document that is new or changed, or for others than it was."""
        if self._audience_of.get(slip.id, EVERYONE) != slip.audience:
            self._take_off(slip.id)
        if slip.audience == EVERYONE:
            self.ground.put(slip)
        elif slip.audience == MENTIONED:
            self._put_loose(slip)
        else:
            self._audience_of[slip.id] = slip.audience
            self._tree(slip.audience).put(slip)
        if slip.kind in FRAME or slip.kind == "hub":
            for tree in self._trees.values():
                tree.put_frame(slip)

    def remove(self, identity: str) -> None:
        self._take_off(identity)
        for tree in self._trees.values():
            tree.remove(identity)

    def _take_off(self, identity: str) -> None:
        audience = self._audience_of.pop(identity, EVERYONE)
        if audience == EVERYONE:
            self.ground.remove(identity)
        elif audience == MENTIONED:
            self._loose_tags.pop(identity, None)
            self._loose.remove(identity)
        else:
            self._tree(audience).remove(identity)

    def _put_loose(self, slip: Slip) -> None:
        self._audience_of[slip.id] = MENTIONED
        if slip.kind == "tag":
            self._loose_tags[slip.id] = slip
            self.traces.leave(slip.id)
        else:
            self._loose.put(slip)

    def _tree(self, audience: str) -> TreeShelf:
        tree = self._trees.get(audience)
        if tree is None:
            tree = TreeShelf(audience, ground=self.ground, loose=self._loose, frame=self._frame)
            self._trees[audience] = tree
            hubs = [self.ground.held(each) for each in self.ground.lists.first("hubs")]
            tree.fill(hub._replace(path=None) for hub in hubs if hub is not None)
        return tree

    def _frame(self, identity: str) -> Slip | None:
        slip = self._loose_tags.get(identity) or self.ground.held(identity)
        return slip if slip is not None and slip.kind in FRAME else None

    def _shelves(self) -> Iterator[Shelf]:
        yield self.ground
        yield from (self._trees[audience] for audience in sorted(self._trees))

    def advance(self, as_of: datetime) -> None:
        """Let time pass, in either direction."""
        for shelf in (*self._shelves(), self._loose):
            shelf.advance(as_of)

    def reserve(self, taken: Mapping[str, str]) -> None:
        """Keep addresses for pages that no document has a say in, each with whose it is."""
        self.ground.reserve(taken)

    def next_turn(self) -> datetime | None:
        """When something next comes or goes by itself."""
        turns = [turn for shelf in self._shelves() if (turn := shelf.next_turn())]
        return min(turns, default=None)

    def set_aside(self) -> tuple[SetAside, ...]:
        """What is on no shelf because its address is another's, or its audience is nobody's."""
        found = [each for shelf in self._shelves() for each in shelf.set_aside()]
        for audience, tree in sorted(self._trees.items()):
            reason = _NOBODYS.format(audience)
            found += [SetAside(identity, reason) for identity in sorted(tree.orphans())]
        return tuple(found)

    def find[D: Document](self, kind: type[D], identity: str) -> D | None:
        """Read a document that stands on any shelf."""
        for shelf in (*self._shelves(), self._loose):
            found = shelf.find(kind, identity)
            if found is not None:
                return found
        return None

    def subjects(self) -> Iterator[Subject]:
        """Everything that has a page at this moment."""
        for shelf in self._shelves():
            yield from (f"{shelf.prefix}{each}" for each in all_subjects(shelf))

    def subjects_touched(self, touched: Iterable[str]) -> set[Subject]:
        """Pages that may have come or gone; the ledger knows those that depend on a touched key."""
        by_tree: dict[str, set[str]] = {}
        for key in touched:
            audience, name = parted(key)
            by_tree.setdefault(audience, set()).add(name)
        if EVERYTHING in by_tree.get(EVERYONE, ()):
            return set(self.subjects())
        found = subjects_touched(self.ground, by_tree.pop(EVERYONE, ()))
        for audience, names in by_tree.items():
            tree = self._tree(audience)
            local = {*subjects_touched(tree, names), *tree.standing, f"own {tree.about}"}
            found |= {f"{tree.prefix}{each}" for each in local}
        return found

    def in_time(self, subjects: Iterable[Subject]) -> list[Subject]:
        """Put beside each other what appeared together: such pages show the same documents."""
        return sorted(subjects, key=lambda subject: (self._appeared(subject), subject))

    def _appeared(self, subject: Subject) -> str:
        audience, local = parted(subject)
        return appeared(self._shelf_of(audience), local)

    def make(self, subject: Subject) -> Made | None:
        """Make one page as it should be now; None when there is nothing to show."""
        audience, local = parted(subject)
        return make(self._shelf_of(audience), local)

    def _shelf_of(self, audience: str) -> Shelf:
        return self.ground if audience == EVERYONE else self._tree(audience)


def _audience(slip: Slip) -> str:
    return slip.audience


def parted(name: str) -> tuple[str, str]:
    """The audience in whose tree a subject or list is, and what it is called there."""
    if not name.startswith(YOURS):
        return EVERYONE, name
    audience, _, local = name[len(YOURS) :].partition(" ")
    return audience, local
