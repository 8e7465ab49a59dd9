"""What somebody's no does to what is public: it goes offline at once, everywhere."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.agreement import register
from cms.agreement.models import Answer, Entry, Matter, Party
from cms.agreement.parts import Part
from cms.agreement.register import Way
from cms.agreement.rules import Standing, standing_of
from cms.documents.digest import digest_of_page
from cms.documents.mentions import picture_key
from cms.publishing import actions
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow import agreement_letters as letters
from cms.workflow import agreements, notifications, permissions, texts
from cms.workflow.actions import locked_item
from cms.workflow.readiness import problems

REASON = "on request"
"""Kept with the withdrawal, beside nobody's name."""


class Ended(StrEnum):
    """What a no ended."""

    NOTHING = "nothing"
    PLACE = "place"
    """It was on its way and is no longer."""
    PICTURE = "picture"
    """It is live without the picture."""
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
        if end_what_is_not_agreed(item, now=now) != Ended.NOTHING:
            notifications.send(_people(item), lambda item=item: letters.over(item))  # type: ignore[misc]
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
    if _goes_on_without_pictures(item, standing, now=now):
        return Ended.PICTURE
    actions.take_off(item, by=None, reason=REASON)
    return Ended.ALL


def _tell(item: EditorialPage, ended: Ended) -> None:
    was_public = ended in {Ended.ALL, Ended.PICTURE}
    write = letters.taken_back if was_public else letters.no_agreement
    is_news = was_public or ended == Ended.PLACE or item.current_workflow_task_state is not None
    if is_news:
        notifications.send(_people(item), lambda: write(item))


def _people(item: EditorialPage) -> list[Any]:
    people = [*permissions.approvers_of(item), *permissions.authors_of(item)]
    return list(dict.fromkeys(people))


def _goes_on_without_pictures(item: EditorialPage, standing: Standing, *, now: datetime) -> bool:
    """Bring a live item out without somebody's pictures, where nothing else stands in the way.

    What was approved minus a picture needs no new approval: nothing is said that was not approved,
    and waiting for one would leave the picture, or keep the whole story, until it came.
    """
    gone = {row.matter for row in standing.rows if not row.stand.is_fine}
    revision = item.live_revision
    previous = item.publications.filter(state=Publication.State.PUBLISHED).order_by("-pk").first()
    if gone != {Matter.PICTURE} or revision is None or previous is None:
        return False
    keys = {
        picture.key
        for person in standing.missing()
        for picture in (*standing.parts[person].pictures, *standing.parts[person].crowds)
    }
    page: EditorialPage = _without(revision.as_object(), keys)
    if not standing_of(page, now=now).is_agreed or any(one.blocking for one in problems(page)):
        return False
    newest = item.latest_revision if item.latest_revision_id != revision.pk else None
    Publication.objects.scheduled().filter(page=item.pk).update(state=Publication.State.CANCELLED)
    page.go_live_at = None
    reduced = page.save_revision(user=None, clean=False)
    publication = Publication.objects.create(
        page=item,
        revision=reduced,
        digest=digest_of_page(page),
        due_at=now,
        approved_by=previous.approved_by,
        approved_at=now,
    )
    actions.publish(publication, reading=lambda: now)
    Publication.objects.filter(pk=publication.pk).update(is_news=False)
    log(instance=item, action="plein.without_picture", revision=reduced)
    if newest is not None:
        _without(newest.as_object(), keys).save_revision(user=None, clean=False)
    return True


def _without(page: EditorialPage, pictures: set[int]) -> EditorialPage:
    if page.lead_image_id in pictures:
        page.lead_image, page.lead_image_alt, page.lead_image_caption = None, "", ""
    kept = [
        dict(block)
        for block in page.body.get_prep_value()
        if block["type"] != "image" or picture_key(block["value"]) not in pictures
    ]
    body: Any = page._meta.get_field("body")  # noqa: SLF001 - Django's own name
    page.body = body.to_python(json.dumps(kept))
    return page
