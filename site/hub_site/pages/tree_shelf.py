"""The shelf of one gated audience: what is for it alone, and as much of the frame as that needs."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import override

from hub_site.content.documents import Audience, Document, Hub
from hub_site.content.slips import Slip
from hub_site.pages.places import OF_A_TREE, Place, month_list, month_of
from hub_site.pages.shelf import Shelf
from hub_site.trees import YOURS, root_of

FRAME = frozenset({"rubric", "section", "person", "tag", "theme", "department", "goal"})
"""What stands in a tree while something there is in it, about it or by it."""

_LISTED = FRAME - {"person", "tag"} | {"hub", "redirect"}


class TreeShelf(Shelf):
    """Holds nothing while the audience itself is not known, so what became nobody's is nowhere.

    What everyone may read and has no place here is found on everyone's own shelf (`ground`):
    links lead there. A picture for which nobody in particular is, is in `loose`.
    """

    standing = ("newest", *OF_A_TREE)

    def __init__(
        self,
        key: str,
        *,
        ground: Shelf,
        loose: Shelf,
        frame: Callable[[str], Slip | None],
    ) -> None:
        super().__init__(ground.read, as_of=ground.as_of, traces=ground.traces)
        self.root = root_of(key)
        self.prefix = f"{YOURS}{key} "
        self._ground = ground
        self._loose = loose
        self._frame_slip = frame
        self._abouts: set[str] = set()
        self._wanted: Counter[str] = Counter()
        self._terms: dict[str, tuple[str, ...]] = {}

    @property
    def about(self) -> str | None:
        """The id of the document that says whose tree this is."""
        return min(self._abouts, default=None)

    @property
    @override
    def audience(self) -> Audience | None:
        return self.find(Audience, self.about)

    @override
    def put(self, slip: Slip) -> None:
        if slip.kind == "audience":
            self._name({*self._abouts, slip.id})
        super().put(slip)

    @override
    def _put_all(self, slips: Sequence[Slip]) -> None:
        # Each brings in what it stands under; and gated trees are small.
        for slip in slips:
            self.put(slip)

    @override
    def remove(self, identity: str) -> None:
        if identity in self._abouts:
            self._name(self._abouts - {identity})
        super().remove(identity)

    def put_frame(self, slip: Slip) -> None:
        """Take in something that is for everyone, where this tree has a use for it."""
        if slip.kind == "hub":
            self.put(slip._replace(path=None))
        elif self._wanted[slip.id]:
            self.put(slip)

    def orphans(self) -> Iterable[str]:
        """What is here although nobody knows whose it would be."""
        if self._abouts:
            return ()
        return [slip.id for slip in self._slips.values() if slip.kind not in {"hub", "redirect"}]

    def _name(self, abouts: set[str]) -> None:
        before, self._abouts = self.about, abouts
        if self.about != before:
            for identity in [*self._slips]:
                self._settle(identity)

    @override
    def _settle(self, identity: str) -> None:
        self._want(identity)
        super()._settle(identity)

    def _want(self, identity: str) -> None:
        """Bring in what an item stands under, and let go of what nothing stands under any more.

        By what is public, not by what is shown: who wins an address may not decide who wants it.
        """
        slip = self._slips.get(identity)
        is_there = slip is not None and self._is_public(slip)
        before = self._terms.pop(identity, ())
        now = _terms_of(slip) if slip is not None and is_there else ()
        if now:
            self._terms[identity] = now
        self._wanted.update(now)
        self._wanted.subtract(before)
        for term in {*before} ^ {*now}:
            frame = self._frame_slip(term)
            if not self._wanted[term]:
                del self._wanted[term]
                super().remove(term)
            elif frame is not None and term not in self._slips:
                super().put(frame)

    @override
    def _is_public(self, slip: Slip) -> bool:
        if slip.kind == "hub":
            return True
        if self.about is None or (slip.kind == "audience" and slip.id != self.about):
            return False
        if slip.kind in FRAME:
            return self._wanted[slip.id] > 0
        return super()._is_public(slip)

    @override
    def _is_shown(self, slip: Slip) -> bool:
        return self._is_public(slip) and super()._is_shown(slip)

    @override
    def _places_of(self, slip: Slip) -> Mapping[str, Place]:
        if slip.published_at is None:
            return super()._places_of(slip) if slip.kind in _LISTED else {}
        newest: Place = (slip.published_at, slip.id)
        month = month_list(self.about or "", month_of(slip.published_at, self.zone))
        return {**super()._places_of(slip), f"under {self.about}": newest, month: newest}

    @override
    def find[D: Document](self, kind: type[D], identity: str | None) -> D | None:
        own = super().find(kind, identity)
        return own or self._ground.find(kind, identity) or self._loose.find(kind, identity)

    @override
    def address(self, document: Document) -> str | None:
        if isinstance(document, Hub) or document.id not in self._placed:
            return self._ground.address(document)
        return None if document.path is None else f"{self.root}{document.path}"

    @override
    def address_for_everyone(self, document: Document) -> str | None:
        return self._ground.address_for_everyone(document)

    @override
    def _touch(self, identity: str) -> None:
        # In this tree it comes, goes or is another; pages of others have nothing to do with that.
        self._touch_list(identity)

    @override
    def keys_of(self, identity: str) -> tuple[str, ...]:
        return identity, self.key(identity)


def _terms_of(slip: Slip) -> tuple[str, ...]:
    if slip.published_at is None:
        return ()
    terms = (*slip.grouped_under, slip.section, *slip.people, *slip.subjects)
    return tuple(dict.fromkeys(term for term in terms if term))
