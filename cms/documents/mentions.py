"""What a source mentions, by primary key; the first half of building without a query per thing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.db.models import Model

from cms.accounts.models import Person
from cms.core.models import HubPageBase
from cms.documents.paths import parent_tree_path
from cms.documents.rich_text import linked_pages
from cms.events.models import CommunityAction, Event
from cms.media.models import Image
from cms.stories.models import (
    Alert,
    Announcement,
    EditorialPage,
    FrontPage,
    Goal,
    Interview,
    Rubric,
    Theme,
)

Keys = set[int]


@dataclass
class Mentions:
    """Primary keys per kind of thing; None never gets in."""

    people: Keys = field(default_factory=set)
    images: Keys = field(default_factory=set)
    own_images: Keys = field(default_factory=set)
    files: Keys = field(default_factory=set)
    tags: Keys = field(default_factory=set)
    departments: Keys = field(default_factory=set)
    locations: Keys = field(default_factory=set)
    goals: Keys = field(default_factory=set)
    core_values: Keys = field(default_factory=set)
    themes: Keys = field(default_factory=set)
    pages: Keys = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    revisions: Keys = field(default_factory=set)
    announcements: Keys = field(default_factory=set)

    def add(self, other: "Mentions") -> None:
        """Take in what another source mentions."""
        for name, found in vars(self).items():
            found.update(vars(other)[name])


def mentions_of_all(sources: Iterable[Model]) -> Mentions:
    """Return what all the sources mention together."""
    found = Mentions()
    for source in sources:
        found.add(mentions_of(source))
    return found


@singledispatch
def mentions_of(source: Model) -> Mentions:  # noqa: ARG001 (most things mention nothing)
    """Return what one source mentions."""
    return Mentions()


@mentions_of.register
def _(source: Rubric) -> Mentions:
    return Mentions(people=keys(source.keeper_id), pages=linked_pages(source.introduction))


@mentions_of.register
def _(source: Goal) -> Mentions:
    return Mentions(people=keys(source.owner_id))


@mentions_of.register
def _(source: Theme) -> Mentions:
    return Mentions(
        people=keys(source.owner_id, *(person.pk for person in source.people.all())),
        pages=linked_pages(source.introduction),
    )


@mentions_of.register
def _(source: FrontPage) -> Mentions:
    chosen = (rubric.pk for rubric in source.rubrics.all()) if source.pk else ()
    return Mentions(pages=keys(source.call_item_id, *chosen))


@mentions_of.register
def _(source: Alert) -> Mentions:
    return Mentions(pages=keys(source.item_id))


@mentions_of.register
def _(source: Image) -> Mentions:
    return Mentions(own_images=keys(source.pk))


@mentions_of.register
def _(source: Person) -> Mentions:
    return Mentions(
        images=keys(source.portrait_id),
        departments=keys(source.department_id),
        locations=keys(source.location_id),
        pages=linked_pages(source.about),
    )


@mentions_of.register
def _(source: EditorialPage) -> Mentions:
    mentioned = Mentions(
        people=keys(*(link.person_id for link in source.authors.all()))
        | keys(*(link.person_id for link in source.people.all())),
        images=keys(source.lead_image_id),
        tags=keys(*(link.tag_id for link in source.tagged_items.all())),
        departments=keys(*(department.pk for department in source.departments.all())),
        goals=keys(source.goal_id),
        core_values=keys(source.core_value_id),
        themes=keys(source.theme_id),
        pages=keys(source.translation_of_id),
        parents=parents(source),
        revisions=keys(source.live_revision_id),
    )
    for block in raw_blocks(source):
        _add_block(mentioned, block)
    if isinstance(source, Interview):
        mentioned.people |= keys(source.interviewee_id)
    if isinstance(source, Announcement):
        mentioned.pages |= keys(source.replaces_id)
        mentioned.announcements |= keys(source.pk)
    if isinstance(source, Event):
        mentioned.people |= keys(source.organiser_id)
    if isinstance(source, CommunityAction):
        mentioned.pages |= keys(source.result_id)
    return mentioned


def keys(*found: int | None) -> Keys:
    """Return the primary keys that are there."""
    return {key for key in found if key}


def parents(page: HubPageBase) -> set[str]:
    """Return the place of a page's parent in the tree, when the page stands in it already."""
    return {parent_tree_path(page.path)} if page.path else set()


def raw_blocks(page: EditorialPage) -> list[dict[str, Any]]:
    """Return a body's blocks as they are stored: no query, no objects."""
    return [block for block in page.body.raw_data if isinstance(block.get("value"), dict | str)]


def picture_key(value: Any) -> int | None:
    """Return the image a picture block shows; Wagtail has stored it in two shapes."""
    image = value.get("image")
    return image.get("image") if isinstance(image, dict) else image


def pictures_in_gallery(value: Any) -> list[Any]:
    """Return the picture blocks in a gallery as they are stored."""
    kept = (each.get("value", each) for each in value.get("images") or [])
    return [each for each in kept if isinstance(each, dict)]


def _add_block(mentioned: Mentions, block: dict[str, Any]) -> None:
    value = block["value"]
    match block["type"]:
        case "paragraph":
            mentioned.pages |= linked_pages(value)
        case "question_answer":
            mentioned.pages |= linked_pages(value.get("answer"))
        case "call_out":
            mentioned.pages |= linked_pages(value.get("body"))
        case "pull_quote":
            mentioned.people |= keys(value.get("speaker"))
        case "image":
            mentioned.images |= keys(picture_key(value))
        case _:
            _add_shown_block(mentioned, block["type"], value)


def _add_shown_block(mentioned: Mentions, kind: str, value: Any) -> None:
    match kind:
        case "gallery":
            mentioned.images |= keys(*map(picture_key, pictures_in_gallery(value)))
        case "button":
            mentioned.pages |= keys(value.get("page"))
        case "document":
            mentioned.files |= keys(value.get("file"))
        case "video":
            mentioned.files |= keys(value.get("file"), value.get("captions"))
            mentioned.images |= keys(value.get("poster"))
            mentioned.pages |= linked_pages(value.get("transcript"))
