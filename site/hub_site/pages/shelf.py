"""Everything that is public at one moment, put where pages can find it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from hub_site.content.documents import (
    Announcement,
    Document,
    Hub,
    Interview,
    Item,
    Language,
    Person,
    Rubric,
    Section,
    Tag,
)
from hub_site.errors import PressError
from hub_site.pages.titles import plain_letters


def is_public(document: Document, as_of: datetime) -> bool:
    """Whether a reader may see this document at that moment: never early, never past its end."""
    if not isinstance(document, Item):
        return True
    has_begun = document.published_at <= as_of
    return has_begun and (document.expires_at is None or as_of < document.expires_at)


@dataclass(frozen=True)
class Shelf:
    """The public documents at `as_of`; nothing that is not public is on it, so it can't leak."""

    as_of: datetime
    documents: tuple[Document, ...]
    next_arrival: datetime | None = None
    _by_id: dict[str, Document] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_id = {document.id: document for document in self.documents}
        object.__setattr__(self, "_by_id", by_id)

    @classmethod
    def fill(cls, documents: Iterable[Document], *, as_of: datetime) -> "Shelf":
        held = tuple(documents)
        arrivals = [
            document.published_at
            for document in held
            if isinstance(document, Item) and document.published_at > as_of
        ]
        public = tuple(document for document in held if is_public(document, as_of))
        return cls(as_of, public, min(arrivals, default=None))

    @cached_property
    def hub(self) -> Hub:
        hubs = sorted(self._of(Hub), key=lambda hub: hub.id)
        if not hubs:
            raise PressError(
                "The newsroom has not sent the hub itself yet: fill in the hub's settings there."
            )
        return hubs[0]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.hub.time_zone)

    @property
    def language(self) -> Language:
        return self.hub.language

    @cached_property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def _of[D: Document](self, kind: type[D]) -> list[D]:
        return [document for document in self.documents if isinstance(document, kind)]

    def find[D: Document](self, kind: type[D], identity: str | None) -> D | None:
        found = self._by_id.get(identity) if identity else None
        return found if isinstance(found, kind) else None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Stories, interviews and announcements, the newest first."""
        newest = sorted(self._of(Item), key=lambda item: (item.published_at, item.id), reverse=True)
        return tuple(newest)

    @cached_property
    def rubrics(self) -> tuple[Rubric, ...]:
        return tuple(sorted(self._of(Rubric), key=lambda rubric: (rubric.order, rubric.id)))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(sorted(self._of(Section), key=lambda section: (section.order, section.id)))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        return tuple(sorted(self._of(Tag), key=lambda tag: (tag.title.casefold(), tag.id)))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        def key(person: Person) -> tuple[str, str]:
            return plain_letters(person.title).casefold(), person.id

        return tuple(sorted(self._of(Person), key=key))

    @cached_property
    def _items_by_term(self) -> dict[str, list[Item]]:
        grouped: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            for identity in _terms_of(item):
                grouped[identity].append(item)
        return grouped

    def items_of(self, document: Document) -> Sequence[Item]:
        """The items of a rubric, section or tag, or by and about a person; the newest first."""
        return self._items_by_term.get(document.id, ())

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        return {
            rubric.id: {item.id: place for place, item in enumerate(self.items_of(rubric))}
            for rubric in self.rubrics
        }

    def neighbours(self, rubric: Rubric, item: Item) -> tuple[Item | None, Item | None]:
        """The next older and the next newer item of the rubric."""
        items = self.items_of(rubric)
        place = self._places[rubric.id].get(item.id)
        if place is None:
            return None, None
        older = items[place + 1] if place + 1 < len(items) else None
        return older, items[place - 1] if place else None

    @cached_property
    def translations(self) -> dict[str, Item]:
        """For each original its translation; with several, always the same one."""
        return {item.translation_of: item for item in self.items if item.translation_of}

    def is_lapsed(self, item: Item) -> bool:
        return (
            isinstance(item, Announcement)
            and item.valid_until is not None
            and item.valid_until <= self.as_of
        )


def _terms_of(item: Item) -> list[str]:
    """What an item is listed under, each once and in a fixed order."""
    refs = [ref.person for ref in (*item.authors, *item.people)]
    if isinstance(item, Interview) and item.interviewee is not None:
        refs.append(item.interviewee.person)
    terms = [item.rubric, item.section, *item.tags, *refs]
    return list(dict.fromkeys(term for term in terms if term))
