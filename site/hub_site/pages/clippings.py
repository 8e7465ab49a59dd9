"""Teasers that were made before: the same item is listed on many pages."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from hub_site.pages.views import Teaser

_REMEMBERED = 4_000
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clipping:
    """A teaser beside everything that it took from the shelf."""

    view: Teaser
    inputs: frozenset[str]
    turns: frozenset[datetime]
    pictures: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Kept:
    clipping: Clipping
    made: int
    since: datetime
    until: datetime


class Clippings:
    """Holds a teaser until something that it was made from is touched, or its time is over."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, _Kept] = OrderedDict()
        self._touched: dict[str, int] = {}
        self._count = 0

    def touch(self, keys: Iterable[str]) -> None:
        self._count += 1
        for key in keys:
            self._touched[key] = self._count

    def clear(self) -> None:
        self._held.clear()
        self._touched.clear()

    def find(self, item: str, as_of: datetime) -> Clipping | None:
        kept = self._held.get(item)
        if kept is None or not kept.since <= as_of < kept.until:
            return None
        if not self._touched.keys().isdisjoint(kept.clipping.inputs):
            touched, made = self._touched, kept.made
            if any(touched.get(key, 0) > made for key in kept.clipping.inputs):
                return None
        self._held.move_to_end(item)
        return kept.clipping

    def keep(self, item: str, clipping: Clipping, as_of: datetime) -> None:
        until = min((turn for turn in clipping.turns if turn > as_of), default=_FOR_EVER)
        self._held[item] = _Kept(clipping, self._count, as_of, until)
        self._held.move_to_end(item)
        if len(self._held) > _REMEMBERED:
            self._held.popitem(last=False)
