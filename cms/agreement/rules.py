"""Who has agreed to exactly this text and these pictures, and who has not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from cms.accounts.models import Person
from cms.agreement.models import Answer, Basis, Beginning, Entry, Matter, Sensitive
from cms.agreement.parts import Part, is_about_nobody, parts_of
from cms.stories.models import EditorialPage

type Said = Mapping[tuple[int | None, str], list[Entry]]


class Stand(StrEnum):
    """How somebody stands towards one matter."""

    AGREED = "agreed"
    BEFORE = "before"
    """It was live like this before there was a register."""
    OPEN = "open"
    CHANGE = "change"
    REFUSED = "refused"

    @property
    def is_fine(self) -> bool:
        return self in {Stand.AGREED, Stand.BEFORE}


@dataclass(frozen=True)
class Row:
    """One matter of one person in an item."""

    part: Part
    matter: Matter
    stand: Stand
    entry: Entry | None = None

    @property
    def person(self) -> int:
        return self.part.person


@dataclass(frozen=True)
class Standing:
    """How everybody stands towards one text of an item."""

    rows: Sequence[Row] = ()
    parts: dict[int, Part] = field(default_factory=dict)
    is_sensitive: bool = False

    @property
    def is_agreed(self) -> bool:
        return all(row.stand.is_fine for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Somebody would rather not; who it is, is for nobody to know."""
        return any(row.stand == Stand.REFUSED for row in self.rows)

    def missing(self) -> list[int]:
        """Return the people whose yes is still needed, in order."""
        return list(dict.fromkeys(row.person for row in self.rows if not row.stand.is_fine))

    def waiting_for(self) -> list[int]:
        """Return whom it waits for, as far as anybody may be told: nobody once somebody refused."""
        return [] if self.is_refused else self.missing()

    def of(self, person: int) -> list[Row]:
        return [row for row in self.rows if row.person == person]

    @property
    def basis(self) -> Basis:
        return Basis.EXPLICIT if self.is_sensitive else Basis.CONSENT


def standing_of(page: EditorialPage, *, now: datetime | None = None) -> Standing:
    """Return how everybody in an item stands towards this very text.

    Args:
        page: As a revision holds it, or as it is live.
        now: A yes may have ended by then.
    """
    if not page.pk or is_about_nobody(page):
        return Standing()
    is_sensitive = Sensitive.objects.filter(item=page.pk).exists()
    parts = parts_of(page, is_sensitive=is_sensitive)
    if not parts:
        return Standing(is_sensitive=is_sensitive)
    moment = now or timezone.now()
    said: dict[tuple[int | None, str], list[Entry]] = defaultdict(list)
    entries = Entry.objects.filter(item=page.pk, person__in=parts).defer("shown", "sentence")
    for entry in entries.order_by("pk"):
        said[entry.person_id, entry.matter].append(entry)
    rows = [row for part in parts.values() for row in _rows(part, said, now=moment)]
    if not all(row.stand.is_fine for row in rows):
        rows = _with_what_was_before(page, rows, is_sensitive=is_sensitive)
    return Standing(rows, parts, is_sensitive=is_sensitive)


def stand_of(entries: Iterable[Entry], digest: str, *, now: datetime) -> tuple[Stand, Entry | None]:
    """Return how one person stands towards one matter.

    Args:
        entries: All her answers about it in this item, oldest first.
        digest: Of her words or pictures as they are now.
        now: A yes may have ended by then.
    """
    stand, decided = Stand.OPEN, None
    for entry in entries:
        if entry.answer == Answer.NO:
            # A no is to being in it at all, whatever the words: only she herself takes it back.
            stand, decided = Stand.REFUSED, entry
        elif entry.answer == Answer.CHANGE:
            if entry.digest == digest:
                stand, decided = Stand.CHANGE, entry
        elif entry.digest == digest:
            stand, decided = (Stand.AGREED if entry.holds(now=now) else Stand.OPEN), entry
        elif stand == Stand.REFUSED:
            stand, decided = Stand.OPEN, None
    return stand, decided


def _rows(part: Part, said: Said, *, now: datetime) -> Iterator[Row]:
    matters = part.matters()
    for matter in matters:
        stand, entry = stand_of(said[part.person, matter], part.digest(matter), now=now)
        yield Row(part, matter, stand, entry)
    if part.crowds and Matter.PICTURE not in matters:
        # Nobody in a crowd is asked, but whoever asks is out of it.
        stand, entry = stand_of(said[part.person, Matter.PICTURE], "", now=now)
        if stand == Stand.REFUSED:
            yield Row(part, Matter.PICTURE, stand, entry)


def _with_what_was_before(page: EditorialPage, rows: list[Row], *, is_sensitive: bool) -> list[Row]:
    """Take as agreed what was live, word for word, before this hub kept a register."""
    stored = EditorialPage.objects.filter(pk=page.pk, live=True).first()
    began = Beginning.objects.values_list("at", flat=True).first()
    if stored is None or began is None or stored.first_published_at is None:
        return rows
    if stored.first_published_at >= began:
        return rows
    live = parts_of(stored.specific, is_sensitive=is_sensitive)
    return [
        Row(row.part, row.matter, Stand.BEFORE) if _was_live(row, live) else row for row in rows
    ]


def _was_live(row: Row, live: dict[int, Part]) -> bool:
    then = live.get(row.person)
    return (
        row.stand == Stand.OPEN
        and row.entry is None
        and then is not None
        and then.digest(row.matter) == row.part.digest(row.matter)
    )


def names_of(people: Iterable[int]) -> list[str]:
    """Return the names of people in the order given; who is gone is left out."""
    wanted = list(people)
    known = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [known[key] for key in wanted if key in known]
