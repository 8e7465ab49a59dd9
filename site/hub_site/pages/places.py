"""The lists that a document stands in at a moment: their names are what pages depend on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub_site.content.documents import Document
from hub_site.content.slips import REDIRECT, Slip
from hub_site.pages.titles import plain_letters

# Its last part is the document's id, so that no two documents ever tie.
type Place = tuple[object, ...]
type Month = tuple[int, int]

NEWCOMER_MONTHS = 3
TALES = frozenset({"story", "interview"})
GROUPING = frozenset({"rubric", "tag"})
EVENT, COMMUNITY_ACTION = "event", "community_action"
COMING, PAST, CALLS, PUBLISHED = "coming", "past", "calls", "published"
ATOM, JSON_FEED, ICAL = OF_A_TREE = ("atom", "json_feed", "ical")
"""What is read outside of the hub: of a whole tree, and of what stands in it."""
_MOST_MONTHS = 13
"""Of one event: what lasts longer stands in the first of them."""
_INSTANT = timedelta(microseconds=1)
BY_MONTH = frozenset({"rubric", "tag", "section", "theme", "audience"})


def month_of(moment: datetime, zone: ZoneInfo) -> Month:
    day = moment.astimezone(zone).date()
    return day.year, day.month


def item_list(document: Document) -> str:
    """Where a document's items stand; in rubrics and tags they are each other's neighbours."""
    return f"{'items' if document.kind in GROUPING else 'under'} {document.id}"


def month_list(term: str, month: Month) -> str:
    year, number = month
    return f"month {term} {year}-{number:02}"


def places(slip: Slip, *, as_of: datetime, zone: ZoneInfo) -> dict[str, Place]:
    """The lists that a public document stands in at that moment, and where in each.

    The name of a list is also the key under which pages say that they depend on it.
    """
    if slip.published_at is not None:
        return dict(_item_places(slip, slip.published_at, as_of=as_of, zone=zone))
    if slip.kind == "person":
        return _person_places(slip, as_of=as_of, zone=zone)
    known: dict[str, dict[str, Place]] = {
        "hub": {"hubs": (slip.id,)},
        "rubric": {"rubrics": (slip.order, slip.id)},
        "section": {
            "sections": (slip.order, slip.id),
            section_list(slip.holds): (slip.order, slip.id),
        },
        "theme": {"themes": (slip.order, slip.id)},
        "front": {"fronts": (slip.id,)},
        "style": {"styles": (slip.id,)},
        # What is dangerous last: lists are read from their end.
        "alert": {"alerts": (slip.is_important, slip.id)},
        REDIRECT: {f"redirects {slip.target}": (slip.id,)},
    }
    return known.get(slip.kind, {})


def _item_places(
    slip: Slip, published_at: datetime, *, as_of: datetime, zone: ZoneInfo
) -> Iterator[tuple[str, Place]]:
    newest: Place = (published_at, slip.id)
    month = month_of(published_at, zone)
    for term in slip.grouped_under:
        yield f"items {term}", newest
    for term in filter(None, (*slip.grouped_under, slip.theme)):
        yield month_list(term, month), newest
    yield PUBLISHED, newest
    if slip.section:
        yield f"under {slip.section}", newest
        yield from _by_month(slip, newest, zone)
    if slip.starts_at is not None:
        yield from _event_places(slip, slip.starts_at, as_of=as_of)
    for under in (*slip.people, *slip.subjects):
        yield f"under {under}", newest
    if slip.kind in TALES:
        yield "tales", newest
    if slip.translation_of:
        yield f"translations {slip.translation_of}", newest
    yield from _standing(slip, (slip.is_important, *newest), as_of=as_of)


def _by_month(slip: Slip, newest: Place, zone: ZoneInfo) -> Iterator[tuple[str, Place]]:
    """In the archive of a section; in an agenda an event stands in the months that it touches."""
    if slip.section and slip.starts_at is not None:
        for month in _months_between(slip.starts_at, slip.valid_until or slip.starts_at, zone):
            yield month_list(slip.section, month), (slip.starts_at, slip.id)
    elif slip.section and slip.published_at is not None:
        yield month_list(slip.section, month_of(slip.published_at, zone)), newest


def _event_places(
    slip: Slip, starts_at: datetime, *, as_of: datetime
) -> Iterator[tuple[str, Place]]:
    """Where an event stands by its own time."""
    soonest: Place = (starts_at, slip.id)
    yield (PAST if slip.is_lapsed(as_of) else COMING), soonest
    if slip.rubric:
        yield events_of(slip.rubric), soonest


def _months_between(start: datetime, end: datetime, zone: ZoneInfo) -> list[Month]:
    """The months that a stretch of time touches; an end at midnight touches no new one."""
    first, last = month_of(start, zone), month_of(max(start, end - _INSTANT), zone)
    count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    steps = (first[0] * 12 + first[1] - 1 + step for step in range(count))
    months = [(year, number + 1) for year, number in (divmod(step, 12) for step in steps)]
    return months if count <= _MOST_MONTHS else [first]


def section_list(holds: str) -> str:
    """The sections that hold one kind of item."""
    return f"holding {holds}"


def events_of(rubric: str) -> str:
    """The events that stand in a rubric, by when they start."""
    return f"events {rubric}"


def _standing(slip: Slip, weighty: Place, *, as_of: datetime) -> Iterator[tuple[str, Place]]:
    """Where it stands for as long as it holds, the important ones before the others."""
    is_lapsed = slip.is_lapsed(as_of)
    if slip.kind == COMMUNITY_ACTION and not is_lapsed:
        yield CALLS, weighty[1:]
    if slip.section:
        # What starts stands by when it does: the past the last first, the agenda the first first.
        own = weighty if slip.starts_at is None else (slip.starts_at, slip.id)
        if is_lapsed:
            yield f"lapsed {slip.section}", own[-2:]
        else:
            yield f"current {slip.section}", own
    if slip.prominent_until and slip.prominent_until > as_of and not is_lapsed:
        yield "prominent", weighty
    if slip.placement and (slip.placed_until is None or slip.placed_until > as_of):
        yield slip.placement, weighty[1:]


def _person_places(slip: Slip, *, as_of: datetime, zone: ZoneInfo) -> dict[str, Place]:
    name = plain_letters(slip.title).casefold()
    held: dict[str, Place] = {"people": (name, slip.id)}
    held |= {f"staff {department}": (name, slip.id) for department in slip.subjects}
    if slip.started is not None:
        begins, ends = newcomer_period(slip.started, zone)
        if begins <= as_of < ends:
            held["newcomers"] = (-int(slip.started.replace("-", "")), name, slip.id)
    return held


def newcomer_period(started: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first day of that month until three whole months later."""
    year, month = map(int, started.split("-"))
    ends_year, ends_month = divmod(year * 12 + month - 1 + NEWCOMER_MONTHS + 1, 12)
    begins = datetime.combine(date(year, month, 1), time.min, tzinfo=zone)
    ends = datetime.combine(date(ends_year, ends_month + 1, 1), time.min, tzinfo=zone)
    return begins, ends


def moments(slip: Slip, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When its places change although it does not."""
    known = [slip.published_at, slip.expires_at, slip.valid_until, slip.prominent_until]
    known.append(slip.placed_until)
    if slip.started is not None:
        known += newcomer_period(slip.started, zone)
    return tuple(dict.fromkeys(moment for moment in known if moment is not None))
