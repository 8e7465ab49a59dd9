"""What lists must know of a document: enough to put it in its places without reading it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from hub_site.content.documents import (
    Announcement,
    Document,
    Hub,
    Interview,
    Item,
    Language,
    Person,
    Redirect,
    Rubric,
    Section,
)
from hub_site.pages.titles import plain_letters

# Its last part is the document's id, so that no two documents ever tie.
type Place = tuple[object, ...]
type Month = tuple[int, int]

NEWCOMER_MONTHS = 3
TALES = frozenset({"story", "interview"})
GROUPING = frozenset({"rubric", "tag"})
BY_MONTH = frozenset({"rubric", "tag", "section"})
REDIRECT = "redirect"
# Who comes first where two documents want the same address; a redirect never stands in the way.
RANKS = {"hub": 0, "rubric": 1, "section": 2, "person": 3, "tag": 4, REDIRECT: 6}
_RANK_OF_ITEMS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A document's card in the catalogue; times are aware, absent is None."""

    id: str
    kind: str
    language: Language
    path: str | None
    title: str
    published_at: datetime | None = None
    expires_at: datetime | None = None
    valid_until: datetime | None = None
    prominent_until: datetime | None = None
    is_important: bool = False
    rubric: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    translation_of: str | None = None
    order: int = 0
    started: str | None = None  # only of a colleague who chose to be shown as new
    time_zone: str | None = None
    target: str | None = None

    @property
    def rank(self) -> int:
        return RANKS.get(self.kind, _RANK_OF_ITEMS)

    @property
    def grouped_under(self) -> tuple[str, ...]:
        """The rubric and tags in which it stands beside other items."""
        return tuple(dict.fromkeys(term for term in (self.rubric, *self.tags) if term))

    def is_public(self, as_of: datetime) -> bool:
        """Whether a reader may see it at that moment: never early, never past its end."""
        if self.published_at is None:
            return True
        has_begun = self.published_at <= as_of
        return has_begun and (self.expires_at is None or as_of < self.expires_at)

    def is_lapsed(self, as_of: datetime) -> bool:
        return self.valid_until is not None and self.valid_until <= as_of


def slip_of(document: Document) -> Slip:
    """Write the slip of a document."""
    base = {name: getattr(document, name) for name in ("id", "kind", "language", "path", "title")}
    match document:
        case Item():
            return _item_slip(document, base)
        case Rubric() | Section():
            return Slip(**base, order=document.order)
        case Person():
            return Slip(**base, started=document.started if document.is_newcomer_shown else None)
        case Hub():
            return Slip(**base, time_zone=document.time_zone)
        case Redirect():
            return Slip(**base, target=document.target)
    return Slip(**base)


def _item_slip(item: Item, base: dict[str, str]) -> Slip:
    refs = [ref.person for ref in (*item.authors, *item.people)]
    if isinstance(item, Interview) and item.interviewee is not None:
        refs.append(item.interviewee.person)
    news = item if isinstance(item, Announcement) else None
    return Slip(
        **base,  # type: ignore[arg-type]  # the five keys that every document has
        published_at=item.published_at,
        expires_at=item.expires_at,
        valid_until=news.valid_until if news else None,
        prominent_until=news.prominent_until if news else None,
        is_important=news is not None and news.importance == "important",
        rubric=item.rubric,
        section=item.section,
        tags=item.tags,
        people=tuple(dict.fromkeys(ref for ref in refs if ref)),
        translation_of=item.translation_of,
    )


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
    match slip.kind:
        case "hub":
            return {"hubs": (slip.id,)}
        case "rubric":
            return {"rubrics": (slip.order, slip.id)}
        case "section":
            return {"sections": (slip.order, slip.id)}
        case "person":
            return _person_places(slip, as_of=as_of, zone=zone)
        case "redirect":
            return {f"redirects {slip.target}": (slip.id,)}
    return {}


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
    for person in slip.people:
        yield f"under {person}", newest
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


def _person_places(slip: Slip, *, as_of: datetime, zone: ZoneInfo) -> dict[str, Place]:
    name = plain_letters(slip.title).casefold()
    held: dict[str, Place] = {"people": (name, slip.id)}
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
    if slip.started is not None:
        known += newcomer_period(slip.started, zone)
    return tuple(dict.fromkeys(moment for moment in known if moment is not None))
