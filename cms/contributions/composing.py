"""Keeps the draft underneath a contribution in step with its answers."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.accounts.models import User
from cms.contributions.framing import Block, Framed, Given, Photo, block_id, facts_of, framed
from cms.contributions.merging import merged_body, merged_text, same_block
from cms.contributions.models import Answer, AnswerPhoto, Contribution
from cms.contributions.photographed import pictured
from cms.contributions.wording import plain
from cms.core import addresses
from cms.media.models import Image
from cms.stories.models import Author, Connection, EditorialPage, Interview, PersonInItem, Story
from cms.stories.questions.shapes import ItemKind
from cms.workflow.actions import locked_item

WHILE = timedelta(minutes=10)
"""One sitting makes one revision; autosave would make hundreds."""
LONGEST_SLUG = 80
OPEN_AGAIN = frozenset({WorkflowState.STATUS_NEEDS_CHANGES, WorkflowState.STATUS_CANCELLED})


@dataclass(frozen=True)
class Written:
    """Everything that was given to a contribution, read in two queries."""

    answers: dict[str, Answer]
    photos: list[AnswerPhoto]

    def text(self, key: str) -> str:
        return self.answers[key].text if key in self.answers else ""

    def photos_of(self, key: str) -> list[AnswerPhoto]:
        return [photo for photo in self.photos if photo.key == key]

    def is_answered(self, key: str) -> bool:
        return bool(self.text(key).strip()) or any(photo.key == key for photo in self.photos)


def written_in(contribution: Contribution) -> Written:
    answers = {answer.key: answer for answer in contribution.answers.all()}
    return Written(answers, list(contribution.photos.select_related("image")))


def framed_now(contribution: Contribution, written: Written) -> Framed:
    """Return what the frame makes of the answers as they are now."""
    questions = contribution.question_set.questions
    texts = {key: written.text(key) for key in questions.by_key}
    photos = {
        key: [_photo(each, written, contribution) for each in found]
        for key in questions.by_key
        if (found := written.photos_of(key))
    }
    given = Given(
        name=contribution.public_id,
        answers=texts,
        photos=photos,
        facts=facts_of(contribution.about, contribution.language),
        about=contribution.about_id,
        language=contribution.language,
        place=contribution.rubric.title,
    )
    with override(contribution.language):
        return framed(questions, given)


def _photo(each: AnswerPhoto, written: Written, contribution: Contribution) -> Photo:
    who = pictured(written.text(each.who_key), about=contribution.about)
    return Photo(each.image_id, plain(written.text(each.alt_key)), people=who.people)


def is_open(item: EditorialPage | None) -> bool:
    """Say whether answers still go into the draft: not while it waits, is approved or public."""
    if item is None:
        return True
    if item.live or item.locked or item.first_published_at:
        return False
    newest = WorkflowState.objects.for_instance(item).order_by("-created_at", "-pk").first()
    return newest is None or newest.status in OPEN_AGAIN


def compose(contribution: Contribution, *, by: User | None) -> None:
    """Bring the draft in step with the answers; the caller holds the contribution locked.

    Args:
        contribution: Whose answers; its author's is the draft, whoever answers.
        by: The account that answered; None for who came in by link.
    """
    written = written_in(contribution)
    if contribution.item_id is None:
        if any(written.is_answered(key) for key in contribution.question_set.questions.by_key):
            _make_draft(contribution, framed_now(contribution, written), by=by)
        return
    item = locked_item(contribution.item_id)
    if is_open(item):
        _follow(contribution, item, framed_now(contribution, written), by=by)


def _make_draft(contribution: Contribution, made: Framed, *, by: User | None) -> None:
    questions = contribution.question_set.questions
    kind = Interview if questions.kind == ItemKind.INTERVIEW else Story
    rubric = contribution.rubric
    page = kind(
        title=made.title,
        draft_title=made.title,
        slug=_free_slug(made.title, parent=rubric, page=None),
        language=contribution.language,
        connection=questions.connection if questions.connection in Connection.values else "",
        owner=contribution.author,
        live=False,
        has_unpublished_changes=True,
    )
    if contribution.about is not None and not isinstance(page, Interview):
        page.people.add(PersonInItem(person=contribution.about))
    person = getattr(contribution.author, "person", None)
    if person is not None:
        page.authors.add(Author(person=person))
    _put(page, made, before={})
    rubric.add_child(instance=page)
    revision = page.save_revision(user=by, clean=False)
    log(instance=page, action="wagtail.create", user=by, content_changed=True)
    contribution.item = EditorialPage.objects.get(pk=page.pk)
    _remember(contribution, page, made, revision)


def _follow(
    contribution: Contribution, item: EditorialPage, made: Framed, *, by: User | None
) -> None:
    page: EditorialPage = item.get_latest_revision_as_object()
    before = dict(contribution.framed)
    if {**before, "slug": None} == {**made.as_json(), "slug": None}:
        return
    _put(page, made, before=before)
    if page.slug == before.get("slug"):
        page.slug = _free_slug(page.title, parent=item.get_parent(), page=item)
    revision = page.save_revision(
        user=by, clean=False, overwrite_revision=_same_sitting(contribution, item, by=by)
    )
    _remember(contribution, page, made, revision)


def _put(page: EditorialPage, made: Framed, *, before: dict[str, Any]) -> None:
    if isinstance(page, Interview) and page.interviewee_id == before.get("about"):
        page.interviewee_id = made.about
    page.title = merged_text(before.get("title"), page.title, made.title)
    page.summary = merged_text(before.get("summary"), page.summary, made.summary)
    if not before or page.lead_image_id == before.get("lead_image"):
        page.lead_image_id = made.lead_image
    _mark(made.shown, before=before.get("shown", {}))
    page.lead_image_alt = merged_text(
        before.get("lead_image_alt"), page.lead_image_alt, made.lead_image_alt
    )
    put_body(page, merged_body(before.get("body", []), body_of(page), made.body))


def _mark(shown: dict[str, list[int]], *, before: dict[str, list[int]]) -> None:
    """Mark in the pictures who is in them; whom somebody else marked stays."""
    images = Image.objects.in_bulk([int(key) for key in {*shown, *before}])
    for image in images.values():
        were, are = set(before.get(str(image.pk), ())), set(shown.get(str(image.pk), ()))
        image.people_shown.remove(*(were - are))
        image.people_shown.add(*(are - were))


def body_of(page: EditorialPage) -> list[Block]:
    """Return the blocks of a draft as they are kept."""
    return [dict(block) for block in page.body.get_prep_value()]


def put_body(page: EditorialPage, blocks: list[Block]) -> None:
    field: Any = page._meta.get_field("body")  # noqa: SLF001 - Django's own name
    page.body = field.to_python(json.dumps(blocks))


def _remember(
    contribution: Contribution, page: EditorialPage, made: Framed, revision: Revision
) -> None:
    contribution.framed = {**made.as_json(), "slug": page.slug}
    contribution.revision = revision
    contribution.save(update_fields=["framed", "revision", "item"])


def _same_sitting(
    contribution: Contribution, item: EditorialPage, *, by: User | None
) -> Revision | None:
    """Return the revision to write over: her own newest, made just now and shown to nobody yet."""
    revision = contribution.revision
    if (
        revision is None
        or revision.pk != item.latest_revision_id
        or revision.user_id != (by.pk if by else None)
    ):
        return None
    if revision.created_at < timezone.now() - WHILE:
        return None
    return None if TaskState.objects.filter(revision=revision).exists() else revision


def _free_slug(title: str, *, parent: Page, page: Page | None) -> str:
    wanted = slugify(title)[:LONGEST_SLUG].strip("-") or "item"
    if addresses.is_year(wanted) or not addresses.is_plain(wanted):
        wanted = f"{wanted.strip('-_')}-1".replace("_", "-")
    candidate, number = wanted, 1
    while not Page._slug_is_available(candidate, parent, page):  # noqa: SLF001 - Wagtail's own rule
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def unanswered(contribution: Contribution, written: Written) -> list[str]:
    """Return the questions that need an answer and have none, in order."""
    asked = contribution.question_set.questions.asked
    return [one.key for one in asked if one.required and not written.is_answered(one.key)]


def left_behind(contribution: Contribution, written: Written) -> set[str]:
    """Return the keys of answers that the draft does not say as they are now.

    The editor sees them marked, beside a draft that became her own.
    """
    if contribution.item is None:
        return set()
    return left_behind_in(contribution.item.get_latest_revision_as_object(), contribution, written)


def left_behind_in(page: EditorialPage, contribution: Contribution, written: Written) -> set[str]:
    """Return the same of a draft that was read already."""
    there = {str(block.get("id")): block for block in body_of(page)}
    missing = {
        block["id"]
        for block in framed_now(contribution, written).body
        if block["id"] not in there or not same_block(block, there[block["id"]])
    }
    questions = contribution.question_set.questions
    return {key for key in questions.by_key if block_id(contribution.public_id, key) in missing}
