"""Taking one person's part out of a live item, where what is left can stand by itself."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.log_actions import log

from cms.accounts.models import Person
from cms.agreement.models import Matter
from cms.agreement.parts import first_and_last
from cms.agreement.rules import Standing, standing_of
from cms.documents import actions as documents
from cms.documents.digest import digest_of_page
from cms.documents.mentions import picture_key, pictures_in_gallery
from cms.publishing import actions
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage, Interview
from cms.workflow.readiness import problems

FEWEST_PICTURES = 2
"""In a gallery; with fewer it is none."""


@dataclass(frozen=True)
class Cut:
    """What is taken out.

    Attributes:
        pictures: The keys of images, wherever they are shown.
        blocks: The ids of blocks that hold nothing but somebody's words.
        people: Whose words go: nothing that is left may name them.
    """

    pictures: frozenset[int]
    blocks: frozenset[str]
    people: frozenset[int]


def goes_on_without(item: EditorialPage, standing: Standing, *, now: datetime) -> bool:
    """Bring a locked live item out without the parts that are not agreed to; say whether it could.

    Less of what was approved needs no new approval: nothing is said that was not approved, and
    waiting for one would leave somebody there, or keep the whole story, until it came.
    """
    cut, revision = cut_of(item, standing), item.live_revision
    previous = item.publications.filter(state=Publication.State.PUBLISHED).order_by("-pk").first()
    if cut is None or revision is None or previous is None:
        return False
    page = without(revision.as_object(), cut)
    if not _stands_alone(page, cut, now=now):
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
    documents.note_cut(item.public_id)
    Publication.objects.filter(pk=publication.pk).update(is_news=False)
    log(instance=item, action="plein.without_part", revision=reduced)
    if newest is not None:
        without(newest.as_object(), cut).save_revision(user=None, clean=False)
    return True


def cut_of(item: EditorialPage, standing: Standing) -> Cut | None:
    """Return what has to go; None where a part can't be told from the rest, or is what it is about.

    An interview without its interviewee is none, and of a quotation inside a paragraph the
    sentence around it would stay.
    """
    gone = [row for row in standing.rows if not row.stand.is_fine]
    speaking = {row.person for row in gone if row.matter == Matter.WORDS}
    passages = [each for person in speaking for each in standing.parts[person].words]
    is_subject = isinstance(item, Interview) and item.interviewee_id in speaking
    has_words_of_her_own = all(standing.parts[person].words for person in speaking)
    if is_subject or not has_words_of_her_own or not all(each.is_apart for each in passages):
        return None
    shown = [standing.parts[row.person] for row in gone if row.matter == Matter.PICTURE]
    return Cut(
        pictures=frozenset(use.key for part in shown for use in (*part.pictures, *part.crowds)),
        blocks=frozenset(each.where for each in passages),
        people=frozenset(speaking),
    )


def without(page: EditorialPage, cut: Cut) -> EditorialPage:
    """Take parts out of a text in memory."""
    if page.lead_image_id in cut.pictures:
        page.lead_image, page.lead_image_alt, page.lead_image_caption = None, "", ""
    kept = [
        block
        for place, block in enumerate(map(dict, page.body.get_prep_value()))
        if str(block.get("id") or place) not in cut.blocks and _stays(block, cut.pictures)
    ]
    body: Any = page._meta.get_field("body")  # noqa: SLF001 - Django's own name
    page.body = body.to_python(json.dumps(kept))
    page.people.set([each for each in page.people.all() if each.person_id not in cut.people])
    return page


def _stays(block: dict[str, Any], pictures: frozenset[int]) -> bool:
    """Say whether a block stays; a gallery and a film stay without the picture."""
    value = block["value"]
    match block["type"]:
        case "image":
            return picture_key(value) not in pictures
        case "gallery":
            left = [
                each
                for each in value.get("images") or []
                if picture_key(each.get("value", each)) not in pictures
            ]
            block["value"] = {**value, "images": left}
            return len(left) == len(pictures_in_gallery(value)) or len(left) >= FEWEST_PICTURES
        case "video" if value.get("poster") in pictures:
            block["value"] = {**value, "poster": None}
    return True


def _stands_alone(page: EditorialPage, cut: Cut, *, now: datetime) -> bool:
    is_agreed = standing_of(page, now=now).is_agreed
    if not is_agreed or any(one.blocking for one in problems(page)):
        return False
    names = Person.objects.filter(pk__in=cut.people).values_list("name", flat=True)
    said = {word.casefold() for text in _texts(page) for word in re.findall(r"\w+", text)}
    return not any(word.casefold() in said for name in names for word in first_and_last(name))


def _texts(page: EditorialPage) -> Iterator[str]:
    yield from (page.title, page.summary, page.lead_image_alt, page.lead_image_caption)
    yield from _texts_in(page.body.get_prep_value())


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for each in inner:
            yield from _texts_in(each)
