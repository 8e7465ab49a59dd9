"""Addresses: each is one document's, always the same one; the others are set aside and named."""

import re
from bisect import insort
from collections.abc import Iterator, Mapping

from hub_site.content.documents import SetAside
from hub_site.content.slips import RANKS, REDIRECT, Slip

# The pages that lists make of themselves: no document may stand in their way.
_OF_LISTS = re.compile(r"(?:.*/)?\d{4,}/\d{2}/|.*/\d{4}/|collegas/letter/.*/")
_KEPT_FOR_LISTS = "a list of the hub itself"


class Claims:
    """Who wants which address; where several do, the order of arrival does not matter."""

    def __init__(self) -> None:
        self._claimants: dict[str, list[tuple[int, str]]] = {}
        self._paths: dict[str, tuple[str, tuple[int, str]]] = {}
        self._contested: set[str] = set()
        self.taken: Mapping[str, str] = {}

    def claim(self, slip: Slip) -> None:
        path = slip.path
        if path is None:
            return
        claim = (slip.rank, slip.id)
        self._paths[slip.id] = (path, claim)
        insort(self._claimants.setdefault(path, []), claim)
        self._weigh(path)

    def give_up(self, identity: str) -> str | None:
        """Take back the claim of a document; say which address it was."""
        path, claim = self._paths.pop(identity, (None, None))
        if path is None or claim is None:
            return None
        held = self._claimants[path]
        held.remove(claim)
        if not held:
            del self._claimants[path]
        self._weigh(path)
        return path

    def claimants(self, path: str) -> list[str]:
        return [identity for _, identity in self._claimants.get(path, ())]

    def winner(self, path: str) -> str | None:
        """The document that has this address; a redirect never has."""
        if self._reserved_for(path) is not None:
            return None
        return self._first(path)

    def is_free(self, path: str) -> bool:
        """Whether no page stands here, so that a redirect may."""
        return self._reserved_for(path) is None and self._first(path) is None

    def has(self, slip: Slip) -> bool:
        """Whether this document has what it claims; what claims nothing has all it needs."""
        if slip.path is None or slip.kind == REDIRECT:
            return True
        return self.winner(slip.path) == slip.id

    def reserve(self, taken: Mapping[str, str]) -> set[str]:
        """Keep these addresses for other pages; give those of which that is news."""
        moved = {path for path, _ in self.taken.items() ^ taken.items()}
        self.taken = dict(taken)
        for path in moved:
            self._weigh(path)
        return moved

    def set_aside(self, slips: Mapping[str, Slip]) -> Iterator[SetAside]:
        """Who lost, and to whom."""
        for path in sorted(self._contested):
            reserved, first = self._reserved_for(path), self._first(path)
            by = reserved or (f"'{slips[first].title}'" if first else "")
            for identity in self.claimants(path):
                if slips[identity].kind != REDIRECT and identity != self.winner(path):
                    reason = f"The address '/{path}' is taken by {by}: give it another slug."
                    yield SetAside(identity, reason)

    def _first(self, path: str) -> str | None:
        claimants = self._claimants.get(path)
        return claimants[0][1] if claimants and claimants[0][0] < RANKS[REDIRECT] else None

    def _reserved_for(self, path: str) -> str | None:
        return self.taken.get(path) or (_KEPT_FOR_LISTS if _OF_LISTS.fullmatch(path) else None)

    def _weigh(self, path: str) -> None:
        claimants = self._claimants.get(path, ())
        is_contested = len(claimants) > 1 or (claimants and self._reserved_for(path))
        (self._contested.add if is_contested else self._contested.discard)(path)
