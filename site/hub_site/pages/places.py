"""The lists that a document stands in at a moment: their names are what pages depend on."""

from collections.abc import Iterator
from datetime import date, datetime, time
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
        "section": {"sections": (slip.order, slip.id)},
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
        yield month_list(term, month), newest
    if slip.section:
        yield f"under {slip.section}", newest
        yield month_list(slip.section, month), newest
    for under in (*slip.people, *slip.subjects):
        yield f"under {under}", newest
    if slip.theme:
        yield month_list(slip.theme, month), newest
    if slip.kind in TALES:
        yield "tales", newest
    if slip.translation_of:
        yield f"translations {slip.translation_of}", newest
    yield from _standing(slip, (slip.is_important, *newest), as_of=as_of)


def _standing(slip: Slip, weighty: Place, *, as_of: datetime) -> Iterator[tuple[str, Place]]:
    """Where it stands for as long as it holds, the important ones before the others."""
    is_lapsed = slip.is_lapsed(as_of)
    if slip.section:
        yield (
            (f"lapsed {slip.section}", weighty[1:])
            if is_lapsed
            else (
                f"current {slip.section}",
                weighty,
            )
        )
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
