"""What lists must know of a document: enough to put it in its places without reading it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from hub_site.content.documents import (
    Alert,
    Announcement,
    CommunityAction,
    Document,
    Event,
    Hub,
    Interview,
    Item,
    Language,
    Person,
    Redirect,
    Rubric,
    Section,
    Term,
    Theme,
)
from hub_site.trees import EVERYONE

REDIRECT = "redirect"
# Who comes first where two documents want the same address; a redirect never stands in the way.
RANKS = {"hub": 0, "audience": 0, "rubric": 1, "section": 2, "person": 3, "tag": 4, REDIRECT: 6}
_RANK_OF_ITEMS = 5


class Slip(NamedTuple):
    """A document's card in the catalogue; times are aware, absent is None.

    A press that starts makes one of each document, and a tuple is made ten times sooner than
    anything else that names its parts.
    """

    id: str
    kind: str
    language: Language
    path: str | None
    title: str
    audience: str = EVERYONE
    published_at: datetime | None = None
    expires_at: datetime | None = None
    valid_until: datetime | None = None
    prominent_until: datetime | None = None
    starts_at: datetime | None = None  # of an event; then `valid_until` is when it is over
    is_important: bool = False
    rubric: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # theme, goal and departments: listed, nobody's neighbours
    theme: str | None = None
    placement: str | None = None
    placed_until: datetime | None = None
    people: tuple[str, ...] = ()
    translation_of: str | None = None
    order: int = 0
    holds: str = ""  # which kind of item, of a section
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
        has_begun = self.published_at is None or self.published_at <= as_of
        return has_begun and (self.expires_at is None or as_of < self.expires_at)

    def is_lapsed(self, as_of: datetime) -> bool:
        return self.valid_until is not None and self.valid_until <= as_of


def slip_of(document: Document) -> Slip:
    """Write the slip of a document."""
    base = {name: getattr(document, name) for name in _OF_ALL}
    match document:
        case Item():
            return _item_slip(document, base)
        case Section():
            return Slip(**base, order=document.order, holds=document.holds)
        case Rubric() | Theme() | Term():
            return Slip(**base, order=document.order)
        case Person():
            return _person_slip(document, base)
        case Alert():
            is_important = document.importance == "danger"
            return Slip(**base, expires_at=document.expires_at, is_important=is_important)
        case Hub():
            base["time_zone"] = document.time_zone
        case Redirect():
            base["target"] = document.target
    return Slip(**base)


def _person_slip(person: Person, base: dict[str, str]) -> Slip:
    return Slip(
        **base,  # type: ignore[arg-type]  # the keys that every document has
        started=person.started if person.is_newcomer_shown else None,
        subjects=(person.department,) if person.department else (),
    )


def _item_slip(item: Item, base: dict[str, str]) -> Slip:
    refs = [ref.person for ref in (*item.authors, *item.people)]
    if isinstance(item, Interview) and item.interviewee is not None:
        refs.append(item.interviewee.person)
    if isinstance(item, Event) and item.organiser is not None:
        refs.append(item.organiser.person)
    news = item if isinstance(item, Announcement) else None
    return Slip(
        **base,  # type: ignore[arg-type]  # the keys that every document has
        published_at=item.published_at,
        expires_at=item.expires_at,
        valid_until=last_moment(item),
        starts_at=item.starts_at if isinstance(item, Event) else None,
        prominent_until=news.prominent_until if news else None,
        is_important=news is not None and news.importance == "important",
        rubric=item.rubric,
        section=item.section,
        tags=item.tags,
        subjects=tuple(each for each in (item.theme, item.goal, *item.departments) if each),
        theme=item.theme,
        placement=item.placement,
        placed_until=item.placed_until if item.placement else None,
        people=tuple(dict.fromkeys(ref for ref in refs if ref)),
        translation_of=item.translation_of,
    )


def last_moment(item: Item) -> datetime | None:
    """From when on it stays as something of the past."""
    match item:
        case Announcement():
            return item.valid_until
        case Event():
            return item.over_at
        case CommunityAction():
            return item.until
    return None


def slip_to_text(slip: Slip) -> str:
    """For the press's own database: its fields in their order, as a press that starts reads all."""
    return orjson.dumps([*slip]).decode()


def slip_from_text(text: str) -> Slip:
    return _slip(orjson.loads(text))


def slips_from_texts(texts: Iterable[str]) -> list[Slip]:
    """Read many: as one text, for each that is read by itself costs more than what it holds."""
    return [_slip(held) for held in orjson.loads(f"[{','.join(texts)}]")]


def _slip(held: list[Any]) -> Slip:
    for place in _MOMENTS:
        if held[place] is not None:
            held[place] = datetime.fromisoformat(held[place])
    for place in _LISTS:
        held[place] = tuple(held[place])
    return Slip._make(held)


_OF_ALL = ("id", "kind", "language", "audience", "path", "title")
_MOMENTS = tuple(
    Slip._fields.index(name)
    for name in (
        *("published_at", "expires_at", "valid_until", "prominent_until", "placed_until"),
        "starts_at",
    )
)
_LISTS = tuple(Slip._fields.index(name) for name in ("tags", "people", "subjects"))
"""Where on a slip moments stand, and lists."""
