"""Lets the people in the demo's items have said yes, each by a way that suits her."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cms.accounts.models import Person, User
from cms.agreement.models import Answer, Channel, Entry, Party
from cms.agreement.register import note, way_of
from cms.agreement.rules import standing_of
from cms.publishing import on_request
from cms.stories.models import EditorialPage
from cms.workflow import agreements

BEFORE = timedelta(days=1)


def agree(
    page: EditorialPage, *, at: datetime, newsroom: User, people: Iterable[int] | None = None
) -> None:
    """Write down the yes of people in an item, a day before a moment.

    Args:
        page: The item.
        at: A moment.
        newsroom: Who took it down on paper, where somebody has no account.
        people: Their keys; None is everybody.
    """
    standing = standing_of(page)
    signing_in = set(Person.objects.filter(user__is_active=True).values_list("pk", flat=True))
    for row in standing.rows:
        if row.stand.is_fine or (people is not None and row.person not in people):
            continue
        has_account = row.person in signing_in
        way = way_of(
            row.person,
            channel=Channel.ACCOUNT if has_account else Channel.PAPER,
            taken_down_by=None if has_account else newsroom,
        )
        note(page, row.part, row.matter, answer=Answer.YES, way=way, basis=standing.basis)
    Entry.objects.filter(item=page.pk).update(said_at=at - BEFORE)


def ask(page: EditorialPage, *, at: datetime, newsroom: User) -> None:
    """Let the newsroom have asked whoever did not answer yet."""
    agreements.ask(page, by=newsroom)
    Party.objects.filter(item=page.pk).update(asked_at=at)


def take_back(page: EditorialPage, person: int) -> None:
    """Let somebody take back her yes, as she does it herself."""
    way = way_of(person, channel=Channel.LINK)
    on_request.take_back(agreements.party_of(page, person), way=way)
