"""Everything that is public at one moment, kept where pages find it while documents change."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hub_site.content.documents import (
    Audience,
    Document,
    Hub,
    Item,
    Language,
    SetAside,
)
from hub_site.content.slips import Slip, last_moment
from hub_site.errors import PressError
from hub_site.pages.claims import Claims
from hub_site.pages.lists import Lists
from hub_site.pages.places import OF_A_TREE, Month, Place, moments, month_list, places
from hub_site.pages.traces import Traces

EVERYTHING = "*"
_NO_PLACES: Mapping[str, Place] = {}

# Reads one document by its id; only asked for what stands on the shelf.
type Reader = Callable[[str], Document]


class Shelf:
    """What is public stands on it and nothing else, so what is not public can't leak.

    Every change leaves traces: ids of documents, names of lists, and `near <id>` for the items
    beside which something came or went. A page that depends on none of these keys is the same
    page as before.

    Attributes:
        root: where its pages begin, seen from the root of the hub.
        prefix: what the names of its lists begin with, as keys.
        standing: the pages that are there whatever stands on it.
        missing: hashes of logos that did not come, so that the frame is shown without them.
    """

    root = ""
    prefix = ""
    standing: tuple[str, ...] = (
        *("home", "rubrics", "people", "search", "yours", "alert"),
        *OF_A_TREE,
    )

    def __init__(
        self, read: Reader, *, as_of: datetime, traces: Traces, shows_all: bool = False
    ) -> None:
        """`shows_all` puts everything on the shelf, public or not: for previews."""
        self.as_of = as_of
        self.lists = Lists()
        self.traces = traces
        self.read = read
        self.missing: set[str] = set()
        self._shows_all = shows_all
        self._claims = Claims()
        self._slips: dict[str, Slip] = {}
        self._placed: dict[str, Mapping[str, Place]] = {}
        self._schedule: list[tuple[datetime, str]] = []
        self._frame: tuple[ZoneInfo, Language] = (ZoneInfo("UTC"), "nl")
        self._memos: dict[str, object] = {}
        self._is_filling = False

    def fill(self, slips: Iterable[Slip]) -> None:
        """Put many documents on an empty shelf, leaving no traces.

        It comes to what putting each would come to, in the time that sorting takes.
        """
        self._is_filling = True
        found = sorted(slips, key=lambda slip: (slip.rank, slip.published_at or self.as_of))
        # The hub first, for its time zone.
        for slip in found:
            if slip.kind == "hub":
                self.put(slip)
        self._put_all([slip for slip in found if slip.kind != "hub"])
        self._is_filling = False

    def _put_all(self, slips: Sequence[Slip]) -> None:
        zone = self.zone
        for slip in slips:
            self._slips[slip.id] = slip
            self._schedule += [(moment.astimezone(UTC), slip.id) for moment in moments(slip, zone)]
            if self._is_public(slip):
                self._claims.claim(slip)
        self._schedule.sort()
        # Only now is it known who has which address.
        for slip in slips:
            if self._is_shown(slip):
                self._placed[slip.id] = self._places_of(slip)
        self.lists.fill(
            place for slip in slips for place in self._placed.get(slip.id, _NO_PLACES).items()
        )
        self._memos.clear()

    def put(self, slip: Slip) -> None:
        """Take in a document that is new or changed."""
        self._unschedule(slip.id)
        self._slips[slip.id] = slip
        for moment in moments(slip, self.zone):
            insort(self._schedule, (moment.astimezone(UTC), slip.id))
        self._touch(slip.id)
        self._settle(slip.id)

    def held(self, identity: str) -> Slip | None:
        """The slip of a document that was put here, on the shelf now or not."""
        return self._slips.get(identity)

    def remove(self, identity: str) -> None:
        self._unschedule(identity)
        if self._slips.pop(identity, None) is not None:
            self._touch(identity)
            self._settle(identity)

    def do_without(self, logos: Iterable[str]) -> None:
        """Show the frame without these, by their hashes."""
        self.missing.update(logos)
        self._touch_list("styles")

    def advance(self, as_of: datetime) -> None:
        """Let time pass, in either direction: what is due comes, what ends goes."""
        earlier, later = sorted((self.as_of, as_of))
        start = bisect_right(self._schedule, earlier, key=_moment)
        end = bisect_right(self._schedule, later, key=_moment)
        self.as_of = as_of
        self._memos.clear()
        for identity in dict.fromkeys(identity for _, identity in self._schedule[start:end]):
            self._settle(identity)

    def reserve(self, taken: Mapping[str, str]) -> None:
        """Keep addresses for pages that no document has a say in, each with whose it is."""
        for path in self._claims.reserve(taken):
            self._contest(path)

    def next_turn(self) -> datetime | None:
        """When something next comes or goes by itself."""
        at = bisect_right(self._schedule, self.as_of, key=_moment)
        return self._schedule[at][0] if at < len(self._schedule) else None

    def _settle(self, identity: str) -> None:
        """Bring its address and its places in line with what it is now, at this moment."""
        slip = self._slips.get(identity)
        left = self._claims.give_up(identity)
        if slip is not None and self._is_public(slip):
            self._claims.claim(slip)
        self._place(identity)
        taken = slip.path if slip is not None else None
        for path in {path for path in (left, taken) if path is not None}:
            self._contest(path)

    def _contest(self, path: str) -> None:
        self._touch_list(f"claim {path}")
        for identity in self._claims.claimants(path):
            self._place(identity)

    def _is_public(self, slip: Slip) -> bool:
        return self._shows_all or slip.is_public(self.as_of)

    def _is_shown(self, slip: Slip) -> bool:
        return self._shows_all or (slip.is_public(self.as_of) and self._claims.has(slip))

    def _place(self, identity: str) -> None:
        self._memos.clear()
        slip = self._slips.get(identity)
        before = self._placed.get(identity)
        now: Mapping[str, Place] | None = None
        if slip is not None and self._is_shown(slip):
            now = self._places_of(slip)
        if now != before:
            self._replace(identity, before, now)
        if "hubs" in (now or before or _NO_PLACES):
            self._reframe()

    def _places_of(self, slip: Slip) -> Mapping[str, Place]:
        return places(slip, as_of=self.as_of, zone=self.zone)

    def _replace(
        self, identity: str, before: Mapping[str, Place] | None, now: Mapping[str, Place] | None
    ) -> None:
        if (now is None) != (before is None):
            self._touch(identity)
        for name, place in (before or _NO_PLACES).items():
            if now is None or now.get(name) != place:
                self._move(name, place, self.lists.discard)
        for name, place in (now or _NO_PLACES).items():
            if before is None or before.get(name) != place:
                self._move(name, place, self.lists.add)
        if now is None:
            del self._placed[identity]
        else:
            self._placed[identity] = now

    def _move(self, name: str, place: Place, move: Callable[[str, Place], None]) -> None:
        if self._is_filling:
            move(name, place)
            return
        self._touch_list(name)
        if name.startswith("items "):
            seeing = self.lists.seeing(name, place)
            self._touch_list(*(f"near {identity}" for identity in seeing))
        was_there = self.lists.count(name)
        move(name, place)
        if name.startswith("month ") and not (was_there and self.lists.count(name)):
            self._touch_months_beside(name)

    def _touch_months_beside(self, name: str) -> None:
        """A month that comes or goes is a link on the months before and after it."""
        _, term, month = name.split(" ")
        year, number = map(int, month.split("-"))
        for beside in self.lists.months_beside(term, (year, number)):
            if beside is not None:
                self._touch_list(month_list(term, beside))

    def _touch(self, identity: str) -> None:
        if not self._is_filling:
            self.traces.leave(identity)

    def _touch_list(self, *names: str) -> None:
        if not self._is_filling:
            self.traces.leave(*map(self.key, names))

    def keys_of(self, identity: str) -> tuple[str, ...]:
        """The keys under which pages say that they depend on a document."""
        return (identity,)

    def key(self, name: str) -> str:
        """The key under which pages say that they depend on a list of this shelf."""
        return f"{self.prefix}{name}"

    def _unschedule(self, identity: str) -> None:
        slip = self._slips.get(identity)
        for moment in moments(slip, self.zone) if slip else ():
            del self._schedule[bisect_left(self._schedule, (moment.astimezone(UTC), identity))]

    def _reframe(self) -> None:
        """Another language makes every page another; another time zone every day as well."""
        hubs = self.lists.first("hubs", 1)
        slip = self._slips[hubs[0]] if hubs else None
        zone = ZoneInfo(slip.time_zone or "UTC") if slip else self.zone
        frame = (zone, slip.language if slip else self.language)
        if frame == self._frame:
            return
        scheduled = self._slips.values()
        is_other_zone = zone != self.zone
        self._frame = frame
        self._touch_list(EVERYTHING)
        self.traces.clippings.clear()
        if is_other_zone:
            self._schedule = sorted(
                (moment.astimezone(UTC), slip.id)
                for slip in scheduled
                for moment in moments(slip, zone)
            )
            for identity in [*self._placed]:
                self._place(identity)

    @property
    def hub(self) -> Hub:
        hubs = self.lists.first("hubs", 1)
        hub = self.find(Hub, hubs[0]) if hubs else None
        if hub is None:
            raise PressError(
                "The newsroom has not sent the hub itself yet: fill in the hub's settings there."
            )
        return hub

    @property
    def zone(self) -> ZoneInfo:
        return self._frame[0]

    @property
    def language(self) -> Language:
        return self._frame[1]

    @property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def find[D: Document](self, kind: type[D], identity: str | None) -> D | None:
        """Read a document that stands on the shelf and is of this kind."""
        if identity is None or identity not in self._placed:
            return None
        found = self.read(identity)
        return found if isinstance(found, kind) else None

    def address(self, document: Document) -> str | None:
        """Where a document's page is, seen from the root of the hub."""
        return document.path

    def address_for_everyone(self, document: Document) -> str | None:
        """Where everyone's page about a document is; None where there is none."""
        return document.path if document.id in self._placed else None

    @property
    def audience(self) -> Audience | None:
        """For whom all of this is; None for everyone."""
        return None

    def slip(self, identity: str) -> Slip | None:
        """The slip of a document that stands on the shelf."""
        return self._slips[identity] if identity in self._placed else None

    def known(self) -> Collection[str]:
        """The ids of everything that stands on the shelf."""
        return self._placed.keys()

    def months(self, term: str) -> Sequence[Month]:
        return self.lists.months(term)

    def redirects(self) -> list[str]:
        """The old addresses that lead on, if nothing else stands there."""
        slips = (self._slips[identity] for identity in self._placed)
        return [slip.path for slip in slips if slip.target is not None and slip.path]

    def redirect_at(self, path: str) -> tuple[Slip, Slip] | None:
        """The first redirect at an address that leads somewhere, and where it leads."""
        if not self._claims.is_free(path):
            return None
        for identity in self._claims.claimants(path):
            redirect = self._slips[identity]
            target = self.slip(redirect.target or "")
            if target is not None and target.path is not None and target.path != path:
                return redirect, target
        return None

    def set_aside(self) -> tuple[SetAside, ...]:
        """What is not on the shelf because its address is another's."""
        return tuple(self._claims.set_aside(self._slips))

    def is_lapsed(self, item: Item) -> bool:
        end = last_moment(item)
        return end is not None and end <= self.as_of

    def memo[T](self, name: str, make: Callable[[], T]) -> T:
        """Make something from the whole shelf once for as long as nothing changes."""
        if name not in self._memos:
            self._memos[name] = make()
        return self._memos[name]  # type: ignore[return-value]  # what this name was made as


def _moment(event: tuple[datetime, str]) -> datetime:
    return event[0]
