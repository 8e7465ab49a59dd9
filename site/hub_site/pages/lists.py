"""Named lists that stay sorted while documents come and go."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hub_site.pages.places import Month, Place

NEAR = (5, 1)
"""So many older and so many newer items of a list are beside an item: each that appears is news to
those before it, so there are fewer of them."""
_MONTH = "month "


class Lists:
    """Each place ends in a document's id; lists that become empty are forgotten."""

    def __init__(self) -> None:
        self._held: dict[str, list[Place]] = {}
        self._months: dict[str, list[Month]] = defaultdict(list)

    def add(self, name: str, place: Place) -> None:
        held = self._held.get(name)
        if held is None:
            self._held[name] = [place]
            if name.startswith(_MONTH):
                term, month = _parsed(name)
                insort(self._months[term], month)
        else:
            insort(held, place)

    def fill(self, places: Iterable[tuple[str, Place]]) -> None:
        """Add many places, each with the name of its list."""
        added: defaultdict[str, list[Place]] = defaultdict(list)
        for name, place in places:
            added[name].append(place)
        for name, more in added.items():
            if name.startswith(_MONTH) and name not in self._held:
                term, month = _parsed(name)
                self._months[term].append(month)
            self._held[name] = sorted([*self._held.get(name, ()), *more])
        for months in self._months.values():
            months.sort()

    def discard(self, name: str, place: Place) -> None:
        held = self._held[name]
        del held[bisect_left(held, place)]
        if held:
            return
        del self._held[name]
        if name.startswith(_MONTH):
            term, month = _parsed(name)
            self._months[term].remove(month)

    def count(self, name: str) -> int:
        return len(self._held.get(name, ()))

    def first(self, name: str, limit: int | None = None) -> list[str]:
        """Ids from the start of the list."""
        return [str(place[-1]) for place in self._held.get(name, ())[:limit]]

    def backwards(self, name: str) -> Iterator[str]:
        """Ids from the end of the list: the newest first, in lists by time."""
        return (str(place[-1]) for place in reversed(self._held.get(name, ())))

    def around(self, name: str, place: Place) -> tuple[list[str], list[str]]:
        """The ids that are beside this place: before it and after it, the nearest first."""
        return self._around(name, place, *NEAR)

    def seeing(self, name: str, place: Place) -> list[str]:
        """The ids that this place is beside of."""
        older, newer = NEAR
        before, after = self._around(name, place, newer, older)
        return [*before, *after]

    def _around(
        self, name: str, place: Place, earlier: int, later: int, /
    ) -> tuple[list[str], list[str]]:
        held = self._held.get(name, ())
        at = bisect_left(held, place)
        after = at + 1 if at < len(held) and held[at] == place else at
        before = held[max(0, at - earlier) : at]
        return _ids(reversed(before)), _ids(held[after : after + later])

    def months(self, term: str) -> Sequence[Month]:
        """The months in which something appeared under this term, the oldest first."""
        return self._months.get(term, ())

    def months_beside(self, term: str, month: Month) -> tuple[Month | None, Month | None]:
        """The nearest earlier and later month in which something appeared."""
        known = self.months(term)
        at = bisect_left(known, month)
        after = at + 1 if at < len(known) and known[at] == month else at
        return (known[at - 1] if at else None), (known[after] if after < len(known) else None)


def _ids(places: Iterable[Place]) -> list[str]:
    return [str(place[-1]) for place in places]


def _parsed(name: str) -> tuple[str, Month]:
    _, term, month = name.split(" ")
    year, number = month.split("-")
    return term, (int(year), int(number))
