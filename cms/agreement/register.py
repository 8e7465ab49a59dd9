"""The only hands that write the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cms.accounts.models import Person, User
from cms.agreement.models import Answer, Basis, Capacity, Channel, Entry, Matter, Representative
from cms.agreement.parts import Part
from cms.agreement.rules import standing_of
from cms.stories.models import EditorialPage
from cms.stories.models.confidential import busy_title


@dataclass(frozen=True, kw_only=True)
class Way:
    """By which way an answer comes, and who gives it."""

    channel: Channel
    capacity: Capacity = Capacity.SELF
    given_by: str = ""
    taken_down_by: User | None = None
    link: UUID | None = None
    until: datetime | None = None


def note(  # noqa: PLR0913 - the fields of one entry
    page: EditorialPage,
    part: Part,
    matter: Matter,
    *,
    answer: Answer,
    way: Way,
    basis: Basis = Basis.CONSENT,
    sentence: str = "",
) -> Entry:
    """Write down one answer, with the words or the pictures that it is about."""
    name = Person.objects.values_list("name", flat=True).get(pk=part.person)
    return Entry.objects.create(
        item_id=page.pk,
        item_id_kept=page.public_id,
        item_title=busy_title() if page.is_confidential else page.title[:255],
        person_id=part.person,
        person_name=name,
        matter=matter,
        answer=answer,
        digest=part.digest(matter),
        # Of a no nothing is kept but that it was said.
        shown=[] if answer == Answer.NO else part.kept(matter),
        basis=basis,
        channel=way.channel,
        capacity=way.capacity,
        given_by=way.given_by[:120],
        taken_down_by=way.taken_down_by,
        link=way.link,
        sentence=sentence,
        until=way.until if answer == Answer.YES else None,
    )


def note_own_yes(page: EditorialPage, *, by: User) -> None:
    """Take the yes that somebody says to a whole text as one to her own words and picture in it."""
    person = getattr(by, "person", None)
    if person is None or Representative.objects.filter(person=person).exists():
        return
    standing = standing_of(page)
    for row in standing.of(person.pk):
        if not row.stand.is_fine:
            note(
                page,
                row.part,
                row.matter,
                answer=Answer.YES,
                way=Way(channel=Channel.ACCOUNT),
                basis=standing.basis,
            )


def take_back(item: EditorialPage, person: int, *, matters: Iterable[Matter], way: Way) -> int:
    """End every yes of somebody about an item, and forget the words that it was to.

    What stays is that she said yes, to what (the digest), when, and when she took it back.
    """
    standing = Q(answer=Answer.YES, withdrawn_at=None)
    given = Entry.objects.filter(standing, item=item.pk, person=person, matter__in=list(matters))
    ended: dict[str, Any] = {"withdrawn_at": timezone.now(), "withdrawn_by": way.channel}
    return int(given.update(**ended, shown=[]))


def way_of(person: int, *, channel: Channel, **known: Any) -> Way:
    """Return the way of somebody's answer; who answers for her is named."""
    found = Representative.objects.filter(person=person).first()
    if found is None:
        return Way(channel=channel, **known)
    return Way(channel=channel, capacity=Capacity(found.capacity), given_by=found.name, **known)
