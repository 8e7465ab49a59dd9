"""What documents are made of, as hashes of the rows themselves: read in bulk, nothing built.

Whole rows are hashed, so that a builder that starts to use another column misses nothing; and
as the database driver gives them, because turning them into objects is what costs. The hash is
Python's own: 64 bits, seeded anew in every process, and read from nowhere but memory.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, QuerySet, Value, When

from cms.core.readings import both_clocks
from cms.documents.kinds import COLLECTED, ITEMS, MENTIONED_ONLY, MODELS, PAGES
from cms.documents.lookup import Lookup, lookup_of_everything
from cms.documents.mentions import Mentions
from cms.documents.models import PublicDocument, Reference
from cms.documents.public import shut_collections, shut_trees
from cms.media.models import Rendition
from cms.stories.models import Author, EditorialPage, FrontPage, PersonInItem, TaggedItem, Theme

type Mentioned = tuple[str, int | str]
"""What a document needs to know of another thing: the part of a lookup, and the key in it."""
type Row = tuple[Any, ...]
type Range = tuple[int, int]
"""Primary keys: after the first, up to the last."""

PORTION = 1000
"""Sources read at once; of full stories about ten megabytes."""
PARTS = {
    name: "replaced_by" if name == "announcements" else name
    for name in vars(Mentions())
    if name not in {"own_images", "revisions"}  # read with the own rows
}
OWN_CHILDREN: dict[str, tuple[tuple[Any, str], ...]] = {
    **dict.fromkeys(
        ITEMS,
        (
            (Author, "page_id"),
            (PersonInItem, "page_id"),
            (TaggedItem, "content_object_id"),
            (EditorialPage.departments.through, "editorialpage_id"),
        ),
    ),
    "image": ((Rendition, "image_id"),),
    "theme": ((Theme.people.through, "theme_id"),),
    "front": ((FrontPage.rubrics.through, "frontpage_id"),),
}


def mentioned_by(mentions: Mentions) -> tuple[Mentioned, ...]:
    """Return the keys of what a document says of other things."""
    return tuple((name, key) for name in PARTS for key in sorted(vars(mentions)[name]))


@dataclass(frozen=True)
class World:
    """What holds for a whole pass: how things are mentioned, and what is shut."""

    lookup: Lookup = field(default_factory=lookup_of_everything)
    shut_trees: tuple[str, ...] = field(default_factory=shut_trees)
    shut_collections: frozenset[int] = field(
        default_factory=lambda: frozenset(shut_collections().values_list("pk", flat=True))
    )

    def fingerprint(self, own: int, mentioned: Iterable[Mentioned]) -> int:
        """Return the hash of a document's own rows and of what it mentions."""
        parts = self._parts
        return hash((own, *(parts[part].get(key) for part, key in mentioned)))

    @cached_property
    def _parts(self) -> dict[str, Mapping[Any, Hashable]]:
        return {name: getattr(self.lookup, part) for name, part in PARTS.items()}

    def shuts(self, kind: str, place: Any) -> bool:
        """Say whether a place in the page tree, or a collection, is not for everyone."""
        if kind in PAGES:
            return bool(self.shut_trees) and str(place).startswith(self.shut_trees)
        return kind in COLLECTED and place in self.shut_collections


def portions(kind: str, world: World) -> Iterator[dict[UUID, int]]:
    """Yield a hash of the own rows of every source of a kind, its document among them, by id."""
    last = 0
    while rows := _raw(_sources(kind).filter(pk__gt=last).order_by("pk")[:PORTION]):
        before, last = last, rows[-1][0]
        yield _hashes(kind, rows, world, within=(before, last))


def _hashes(kind: str, rows: list[Row], world: World, *, within: Range) -> dict[UUID, int]:
    parts: dict[int, list[Row]] = {}
    for row in rows:
        parts[row[0]] = [row, (world.shuts(kind, row[2]),)]
    for key, part in chain(_children(kind, within), _beside(kind, rows, within)):
        # What came between two statements belongs to the next pass.
        if key in parts:
            parts[key].append(part)
    return {_uuid(row[1]): hash(tuple(parts[row[0]])) for row in rows}


def _children(kind: str, within: Range) -> Iterator[tuple[int, Row]]:
    """Yield the rows that are part of a source: who wrote it, its tags, its sizes."""
    first, last = within
    for model, parent in OWN_CHILDREN.get(kind, ()):
        of_parents = {f"{parent}__gt": first, f"{parent}__lte": last}
        children = model.objects.filter(**of_parents).order_by(parent, "pk")
        for row in _raw(children.values_list(parent, *_columns(model))):
            yield row[0], row


def _beside(kind: str, rows: list[Row], within: Range) -> Iterator[tuple[int, Row]]:
    """Yield the document of each source, and word of being mentioned where that decides."""
    keys = {row[1]: row[0] for row in rows}
    first, last = within
    ids = MODELS[kind].objects.filter(pk__gt=first, pk__lte=last).values("public_id").order_by()
    documents = PublicDocument.objects.filter(public_id__in=ids).values_list(
        "public_id", *_columns(PublicDocument)
    )
    for row in _raw(documents):
        if row[0] in keys:
            yield keys[row[0]], row
    if kind in MENTIONED_ONLY:
        mentioned = Reference.objects.filter(target__in=ids).distinct()
        mentions = mentioned.order_by("target", "document__audience")
        for row in _raw(mentions.values_list("target", "document__audience")):
            if row[0] in keys:
                yield keys[row[0]], ("mentioned", row[1])


def _sources(kind: str) -> QuerySet[Any, Any]:
    """Return the rows of all sources: key, id, place, and whatever else there is."""
    model = MODELS[kind]
    rows: QuerySet[Any, Any] = model.objects.all()
    columns = _columns(model)
    if kind in PAGES:
        rows = rows.annotate(ended=_ended("expire_at"))
        columns = ["path", "ended", "live_revision__created_at", *columns]
    elif kind in COLLECTED:
        columns = ["collection_id", *columns]
    elif kind == "alert":
        rows = rows.annotate(ended=_ended("ends_at"))
        columns = ["ended", *columns]
    return rows.values_list("pk", "public_id", *columns)


def _ended(column: str) -> Case:
    return Case(
        When(**{f"{column}__lte": both_clocks()}, then=Value(True)),  # noqa: FBT003
        default=Value(False),  # noqa: FBT003
        output_field=BooleanField(),
    )


def _columns(model: Any) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]  # noqa: SLF001 (Django's own word for it)


def _raw(rows: QuerySet[Any, Any]) -> list[Row]:
    """Return rows as the driver gives them."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[Row] = cursor.fetchall()
    return found


def _uuid(value: Any) -> UUID:
    """Return an id that came as a UUID from PostgreSQL and as 32 digits from SQLite."""
    return value if isinstance(value, UUID) else UUID(value)
