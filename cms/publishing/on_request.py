"""What somebody's no does to what is public: it goes offline at once, everywhere."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.agreement import register
from cms.agreement.models import Answer, Entry, Matter, Party
from cms.agreement.parts import Part
from cms.agreement.register import Way
from cms.agreement.rules import standing_of
from cms.publishing import actions, cutting
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow import agreement_letters as letters
from cms.workflow import agreements, notifications, permissions, texts
from cms.workflow.actions import locked_item
from cms.workflow.letters import Letter

REASON = "on request"
"""Kept with the withdrawal, beside nobody's name."""


class Ended(StrEnum):
    """What a no ended."""

    NOTHING = "nothing"
    PLACE = "place"
    """It was on its way and is no longer."""
    PART = "part"
    """It is live without her part."""
    ALL = "all"


@transaction.atomic
def answer(
    party: Party,
    answers: Mapping[Matter, Answer],
    *,
    digest: str,
    way: Way,
    sentence: str = "",
) -> Ended:
    """Take in an answer; a no ends what is on its way or live at once.

    Raises:
        OwnTextChanged: Her part is not the one that she was shown.
        WordsNeeded: She wants a change and did not say which.
    """
    refused = tuple(matter for matter, one in answers.items() if one == Answer.NO)
    rest = {matter: one for matter, one in answers.items() if one != Answer.NO}
    if rest:
        agreements.answer(party, rest, digest=digest, way=way, sentence=sentence)
    return take_back(party, matters=refused, way=way) if refused else Ended.NOTHING


@transaction.atomic
def take_back(party: Party, *, matters: tuple[Matter, ...] = tuple(Matter), way: Way) -> Ended:
    """Take a no, whenever it comes; say what that ended.

    It holds for her words and pictures that are live, that are on their way and that are still to
    come in this item, until she herself says yes again.
    """
    item = locked_item(party.item_id)
    text = texts.latest_text(item).page
    part = standing_of(text).parts.get(party.person_id, Part(party.person_id))
    register.take_back(item, party.person_id, matters=matters, way=way)
    for matter in matters:
        register.note(text, part, matter, answer=Answer.NO, way=way)
    Party.objects.filter(pk=party.pk).update(answered_at=timezone.now())
    ended = end_what_is_not_agreed(item, now=timezone.now())
    _tell(item, ended)
    return ended


@transaction.atomic
def end_where_over(*, now: datetime) -> int:
    """Take offline what stands on a yes that has ended; return how many items."""
    over = Entry.objects.filter(
        answer=Answer.YES, withdrawn_at=None, until__lte=now, item__live=True
    )
    ended = 0
    for key in over.values_list("item", flat=True).distinct():
        item = locked_item(key)
        became = end_what_is_not_agreed(item, now=now)
        if became != Ended.NOTHING:
            write = letters.part_over if became == Ended.PART else letters.over
            _write(item, write)
            ended += 1
    return ended


def end_what_is_not_agreed(item: EditorialPage, *, now: datetime) -> Ended:
    """Take a locked item off its way and off the hub where somebody in it does not agree."""
    ended = Ended.NOTHING
    coming = Publication.objects.scheduled().filter(page=item.pk).select_related("revision")
    for publication in coming:
        revision = publication.revision
        if revision is None or not standing_of(revision.as_object(), now=now).is_agreed:
            publication.state = Publication.State.CANCELLED
            publication.save(update_fields=["state"])
            ended = Ended.PLACE
    if not item.live:
        return ended
    standing = standing_of(item, now=now)
    if standing.is_agreed:
        return ended
    if cutting.goes_on_without(item, standing, now=now):
        return Ended.PART
    actions.take_off(item, by=None, reason=REASON)
    return Ended.ALL


def _tell(item: EditorialPage, ended: Ended) -> None:
    written = {Ended.ALL: letters.taken_back, Ended.PART: letters.part_taken_back}
    is_news = ended != Ended.NOTHING or item.current_workflow_task_state is not None
    if is_news:
        _write(item, written.get(ended, letters.no_agreement))


def _write(item: EditorialPage, letter: Callable[..., Letter]) -> None:
    notifications.send_each(_people(item), lambda to: letter(item, to=to))


def _people(item: EditorialPage) -> list[Any]:
    people = [*permissions.approvers_of(item), *permissions.authors_of(item)]
    return list(dict.fromkeys(people))
