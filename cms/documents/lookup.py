"""What documents need to know of the things they mention, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from wagtail.models import Revision

from cms.accounts.models import Department, Location, Person
from cms.documents.mentions import Keys, mentions_of_all
from cms.documents.public import public_now, shut_collections
from cms.documents.shapes import Document, text_id
from cms.media.models import Document as File
from cms.media.models import Image, Rendition
from cms.stories.models import (
    Announcement,
    CoreValue,
    EditorialPage,
    Goal,
    HubPage,
    Rubric,
    Section,
    Tag,
    Theme,
)


@dataclass(frozen=True)
class KnownPerson:
    """A colleague as other documents mention them."""

    public_id: UUID
    name: str
    role: str
    shown: bool

    def reference(self) -> Document:
        """Return the person ref: by id when they have a page, else by name."""
        if self.shown:
            return {"person": str(self.public_id), "name": "", "role": ""}
        return {"person": None, "name": self.name, "role": self.role}


@dataclass(frozen=True)
class KnownImage:
    """A picture as other documents mention it."""

    public_id: UUID
    description: str

    def reference(self, *, alt: str = "", decorative: bool = False, caption: str = "") -> Document:
        """Return the image ref; without words of its own it gets those of the image."""
        return {
            "image": str(self.public_id),
            "alt": "" if decorative else alt or self.description,
            "decorative": decorative,
            "caption": caption,
        }


@dataclass(frozen=True)
class KnownParent:
    """The rubric, section or hub that a page stands in."""

    public_id: UUID
    slug: str
    model: type[Model]


@dataclass(frozen=True)
class Lookup:
    """Answers by primary key; whatever is not in it does not exist (any more)."""

    people: Mapping[int, KnownPerson] = field(default_factory=dict)
    images: Mapping[int, KnownImage] = field(default_factory=dict)
    renditions: Mapping[int, list[Rendition]] = field(default_factory=dict)
    files: Mapping[int, UUID] = field(default_factory=dict)
    tags: Mapping[int, UUID] = field(default_factory=dict)
    departments: Mapping[int, UUID] = field(default_factory=dict)
    locations: Mapping[int, UUID] = field(default_factory=dict)
    goals: Mapping[int, UUID] = field(default_factory=dict)
    core_values: Mapping[int, UUID] = field(default_factory=dict)
    themes: Mapping[int, UUID] = field(default_factory=dict)
    pages: Mapping[int, UUID] = field(default_factory=dict)
    parents: Mapping[str, KnownParent] = field(default_factory=dict)
    revisions: Mapping[int, datetime] = field(default_factory=dict)
    replaced_by: Mapping[int, UUID] = field(default_factory=dict)

    def person(self, key: int | None) -> Document | None:
        known = self.people.get(key or 0)
        return known.reference() if known else None

    def persons(self, found: Iterable[int]) -> list[Document]:
        return [self.people[key].reference() for key in found if key in self.people]

    def with_everyone_shown(self) -> "Lookup":
        """Return the same, with each colleague by id, whether they have a page or not."""
        people = {key: replace(known, shown=True) for key, known in self.people.items()}
        return replace(self, people=people)


def lookup_for(sources: Iterable[Model]) -> Lookup:
    """Return what is needed to build the documents of these sources."""
    wanted = mentions_of_all(sources)
    return Lookup(
        people=_people(wanted.people),
        images=_images(wanted.images),
        renditions=_renditions(wanted.own_images),
        files=_files(wanted.files),
        tags=_ids(Tag, wanted.tags),
        departments=_ids(Department, wanted.departments),
        locations=_ids(Location, wanted.locations),
        goals=_ids(Goal, wanted.goals),
        core_values=_ids(CoreValue, wanted.core_values),
        themes=_ids(Theme, wanted.themes),
        pages=_pages(wanted.pages),
        parents=_parents(wanted.parents),
        revisions=dict(
            Revision.objects.filter(pk__in=wanted.revisions).values_list("pk", "created_at")
        ),
        replaced_by=_replaced_by(wanted.announcements),
    )


def lookup_of_everything() -> Lookup:
    """Return what any document could need to know of others; not what is of one image alone."""
    return Lookup(
        people=_people(None),
        images=_images(None),
        files=_files(None),
        tags=_ids(Tag, None),
        departments=_ids(Department, None),
        locations=_ids(Location, None),
        goals=_ids(Goal, None),
        core_values=_ids(CoreValue, None),
        themes=_ids(Theme, None),
        pages=_pages(None),
        parents=_parents(None),
        replaced_by=_replaced_by(None),
    )


def ids(found: Mapping[Any, UUID], keys: Iterable[Any]) -> list[Any]:
    """Return the ids of what is there, in an order that says nothing."""
    return sorted(str(found[key]) for key in keys if key in found)


def id_of(found: Mapping[int, UUID], key: int | None) -> str | None:
    return text_id(found.get(key or 0))


def _among(keys: Keys | None, column: str = "pk") -> Q:
    """Return the condition of being one of these; None is everything."""
    return Q() if keys is None else Q(**{f"{column}__in": keys})


def _ids(model: type[Any], keys: Keys | None) -> dict[int, UUID]:
    if keys is not None and not keys:
        return {}
    return dict(model.objects.filter(_among(keys)).values_list("pk", "public_id"))


def _people(keys: Keys | None) -> dict[int, KnownPerson]:
    rows = Person.objects.filter(_among(keys)).values_list(
        "pk", "public_id", "name", "role", "shown_on_hub"
    )
    return {
        key: KnownPerson(public_id=public_id, name=name, role=role, shown=shown)
        for key, public_id, name, role, shown in rows
    }


def _images(keys: Keys | None) -> dict[int, KnownImage]:
    """Return the pictures that may be shown; those in a shut collection are as good as gone."""
    rows = Image.objects.filter(_among(keys)).exclude(collection__in=shut_collections())
    found = rows.values_list("pk", "public_id", "description")
    return {key: KnownImage(public_id, description) for key, public_id, description in found}


def _files(keys: Keys | None) -> dict[int, UUID]:
    """Return the files that may be handed out; those in a shut collection are as good as gone."""
    if keys is not None and not keys:
        return {}
    rows = File.objects.filter(_among(keys)).exclude(collection__in=shut_collections())
    return dict(rows.values_list("pk", "public_id"))


def _renditions(keys: Keys) -> dict[int, list[Rendition]]:
    found: dict[int, list[Rendition]] = {}
    for rendition in Rendition.objects.for_hub().filter(image__in=keys):
        found.setdefault(rendition.image_id, []).append(rendition)
    return found


def _pages(keys: Keys | None) -> dict[int, UUID]:
    if keys is not None and not keys:
        return {}
    hub, *others = (
        model.objects.filter(_among(keys)).values_list("pk", "public_id").order_by()
        for model in (HubPage, Rubric, Section, EditorialPage)
    )
    return dict(hub.union(*others, all=True))


def _replaced_by(keys: Keys | None) -> dict[int, UUID]:
    """Return what replaces these announcements: the first that did and is public."""
    rows = Announcement.objects.filter(public_now(), _among(keys, "replaces")).order_by("-pk")
    found = rows.values_list("replaces", "public_id")
    return {replaced: public_id for replaced, public_id in found if replaced}


def _parents(paths: set[str] | None) -> dict[str, KnownParent]:
    found: dict[str, KnownParent] = {}
    for model in (Rubric, Section) if paths is None or paths else ():
        rows = model.objects.all() if paths is None else model.objects.filter(path__in=paths)
        for path, public_id, slug in rows.values_list("path", "public_id", "slug"):
            found[path] = KnownParent(public_id=public_id, slug=slug, model=model)
    return found
