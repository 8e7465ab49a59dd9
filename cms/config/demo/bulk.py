"""Stories that are live at once, many per statement: one by one they take minutes per thousand.

Every row is written that publishing leaves behind: page, revision, publication, log, references
and search. Nobody is mailed and no task is queued.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page, PageLogEntry, ReferenceIndex, Revision

from cms.accounts.models import User
from cms.documents.actions import refresh
from cms.documents.digest import digests_of_pages
from cms.publishing.models import Publication
from cms.stories.models import Author, EditorialPage, Rubric, Story, TaggedItem


@dataclass(frozen=True)
class Live:
    """A story that is not saved yet, children included; where it stands; since when."""

    story: Story
    rubric: Rubric
    at: datetime


def write_live(batch: Sequence[Live], *, approver: User) -> None:
    """Write stories as if each was published at its moment; in the caller's transaction."""
    _place_in_tree(batch)
    _insert_pages(batch)
    _insert_children([each.story for each in batch])
    _insert_revisions(batch, approver=approver)
    _insert_publications(batch, approver=approver)
    stories = [each.story for each in batch]
    for story in stories:
        ReferenceIndex.create_or_update_for_object(story)
    get_search_backend().add_bulk(Story, stories)
    refresh(*stories)


def _place_in_tree(batch: Iterable[Live]) -> None:
    """Give each story the next place in its rubric, as adding a child to it would."""
    by_rubric: dict[int, list[Live]] = {}
    for each in batch:
        by_rubric.setdefault(each.rubric.pk, []).append(each)
    locale = Locale.get_default()
    for key, added in by_rubric.items():
        rubric = Page.objects.get(pk=key)
        last = rubric.get_children().order_by("path").last()
        path = last.path if last else None
        for each in added:
            path = _next_path(path) if path else Page._get_path(rubric.path, rubric.depth + 1, 1)  # noqa: SLF001 (treebeard offers no other)
            story = each.story
            story.path, story.depth, story.locale = path, rubric.depth + 1, locale
            story.set_url_path(rubric)
        Page.objects.filter(pk=key).update(numchild=F("numchild") + len(added))


def _next_path(path: str) -> str:
    following: str = Page(path=path)._inc_path()  # noqa: SLF001 (treebeard offers no other)
    return following


def _insert_pages(batch: Sequence[Live]) -> None:
    """Write the rows of the three tables a story is; Django's own way is three queries a story."""
    pages = Page.objects.bulk_create(_page_row(each) for each in batch)
    stories = [each.story for each in batch]
    for story, page in zip(stories, pages, strict=True):
        story.id = story.page_ptr_id = story.editorialpage_ptr_id = page.pk
    for model in (EditorialPage, Story):
        _insert(model, stories)


def _page_row(live: Live) -> Page:
    story = live.story
    story.draft_title = story.title
    story.content_type = ContentType.objects.get_for_model(Story)
    story.latest_revision_created_at = live.at
    columns = Page._meta.concrete_fields  # noqa: SLF001 (Django's own word for it)
    fields = {column.attname: getattr(story, column.attname) for column in columns}
    # The story in hand stays the draft it is until its revision is written.
    moments = dict.fromkeys(("first_published_at", "last_published_at"), live.at)
    return Page(**{**fields, **moments, "live": True})


def _insert(model: Any, rows: Sequence[Story]) -> None:
    """Insert into the table of one model alone, as `Model.save` does; `bulk_create` refuses to."""
    columns = model._meta.local_concrete_fields  # noqa: SLF001 (Django's own word for it)
    model._base_manager._insert(rows, fields=columns, using=DEFAULT_DB_ALIAS)  # noqa: SLF001


def _insert_children(stories: Sequence[Story]) -> None:
    authors = list(_children(stories, "authors", parent="page"))
    tagged = list(_children(stories, "tagged_items", parent="content_object"))
    Author.objects.bulk_create(authors)
    TaggedItem.objects.bulk_create(tagged)
    through = EditorialPage.departments.through
    through.objects.bulk_create(
        through(editorialpage_id=story.pk, department_id=department.pk)
        for story in stories
        for department in story.departments.all()
    )


def _children(stories: Iterable[Story], relation: str, *, parent: str) -> Iterator[Any]:
    for story in stories:
        for order, child in enumerate(getattr(story, relation).all()):
            setattr(child, parent, story)
            if hasattr(child, "sort_order"):
                child.sort_order = order
            yield child


def _insert_revisions(batch: Sequence[Live], *, approver: User) -> None:
    story_type, page_type = ContentType.objects.get_for_models(Story, Page).values()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=story_type,
            base_content_type=page_type,
            object_id=str(each.story.pk),
            created_at=each.at,
            user=approver,
            object_str=str(each.story),
            content=each.story.serializable_data(),
        )
        for each in batch
    )
    own = Revision.objects.filter(
        base_content_type=page_type, object_id=Cast(OuterRef("pk"), CharField())
    ).values("pk")
    Page.objects.filter(pk__in=[each.story.pk for each in batch]).update(
        latest_revision=Subquery(own), live_revision=Subquery(own)
    )
    for each, revision in zip(batch, revisions, strict=True):
        each.story.latest_revision = each.story.live_revision = revision
        each.story.first_published_at = each.story.last_published_at = each.at
        each.story.live = True


def _insert_publications(batch: Sequence[Live], *, approver: User) -> None:
    digests = digests_of_pages([each.story for each in batch])
    Publication.objects.bulk_create(
        Publication(
            page=each.story,
            item_id=each.story.public_id,
            revision=each.story.live_revision,
            digest=digest,
            due_at=each.at,
            approved_by=approver,
            approved_at=each.at,
            state=Publication.State.PUBLISHED,
            published_at=each.at,
        )
        for each, digest in zip(batch, digests, strict=True)
    )
    story_type = ContentType.objects.get_for_model(Story)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=each.story,
            content_type=story_type,
            label=each.story.title,
            action=action,
            timestamp=each.at,
            user=approver,
            revision=each.story.live_revision,
            uuid=uuid4(),
            content_changed=True,
        )
        for each in batch
        for action in ("wagtail.create", "wagtail.publish")
    )
