"""Where documents come from, and which sources are public now."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from wagtail.models import Page

from cms.accounts.models import Person
from cms.core.audiences import EVERYONE, MENTIONED
from cms.core.models import HubPageBase, Style
from cms.core.readings import both_clocks
from cms.documents.kinds import COLLECTED, ITEMS, MENTIONED_ONLY, MODELS, kind_of
from cms.documents.lookup import Lookup
from cms.documents.mentions import mentions_of
from cms.documents.models import Reference
from cms.documents.pictures import pictures_of
from cms.documents.public import shut_collections, shut_trees
from cms.stories.models import EditorialPage, HubPage, Rubric, Section

CHILDREN = ("authors", "people", "tagged_items", "departments")


def identity_of(source: Model) -> tuple[str, UUID] | None:
    """Return the kind and id of a source, or None for what has no document."""
    specific: Any = source
    if type(source) in {Page, EditorialPage}:
        specific = specific.specific
    if type(specific) not in MODELS.values():
        return None
    return kind_of(specific), specific.public_id


def load(kind: str, public_ids: Iterable[UUID]) -> list[Any]:
    """Return sources as they are in the database, with what building needs, in few queries."""
    rows: QuerySet[Any] = MODELS[kind].objects.filter(public_id__in=public_ids)
    return list(rows.prefetch_related(*CHILDREN) if kind in ITEMS else rows)


def public_among(kind: str, sources: Iterable[Any]) -> list[Any]:
    """Return the sources that are public now."""
    found = list(sources)
    if kind in MENTIONED_ONLY:
        mentioned = _mentioned(source.public_id for source in found)
        shown = [source for source in found if source.public_id in mentioned]
        for source in shown:
            # It has no audience of its own; building reads it here, as it reads a page's.
            source.audience = mentioned[source.public_id]
        return _in_open_collections(shown) if kind in COLLECTED else shown
    if kind == "person":
        return [source for source in found if source.shown_on_hub]
    if kind == "alert":
        now = both_clocks()
        return [source for source in found if source.ends_at > now]
    if found and isinstance(found[0], HubPageBase):
        return _public_pages(found)
    return found


def _mentioned(public_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return for whom those are that documents mention: everyone, or who reads the mention."""
    references = Reference.objects.filter(target__in=list(public_ids))
    found: dict[UUID, str] = {}
    for target, audience in references.values_list("target", "document__audience").distinct():
        is_open = audience == EVERYONE or found.get(target) == EVERYONE
        found[target] = EVERYONE if is_open else MENTIONED
    return found


def _in_open_collections(images: list[Any]) -> list[Any]:
    shut = set(shut_collections().values_list("pk", flat=True)) if images else ()
    return [image for image in images if image.collection_id not in shut]


def references_of(source: Model, lookup: Lookup) -> dict[UUID, str]:
    """Return the ids of everything a document mentions, by id or by name, with their kinds."""
    mentioned = mentions_of(source)
    by_kind: list[tuple[str, Mapping[int, Any], Iterable[int]]] = [
        ("page", lookup.pages, mentioned.pages),
        ("department", lookup.departments, mentioned.departments),
        ("location", lookup.locations, mentioned.locations),
        ("goal", lookup.goals, mentioned.goals),
        ("core_value", lookup.core_values, mentioned.core_values),
        ("tag", lookup.tags, mentioned.tags),
        ("person", lookup.people, mentioned.people),
        ("image", lookup.images, mentioned.images),
        ("file", lookup.files, mentioned.files),
        ("theme", lookup.themes, mentioned.themes),
        ("announcement", lookup.pages, {getattr(source, "replaces_id", None) or 0}),
        ("announcement", lookup.replaced_by, mentioned.announcements),
    ]
    return {
        getattr(known[key], "public_id", known[key]): kind
        for kind, known, keys in by_kind
        for key in keys
        if key in known
    }


def sources_of(page: HubPageBase) -> list[Model]:
    """Return every other source that showing this page needs, public or not.

    Only pages it links to must be public, and for everyone or for the same audience: whoever may
    see one draft may not see another.
    """
    frame: list[Model] = [
        *HubPage.objects.all(),
        *Style.objects.all(),
        *Rubric.objects.order_by("path"),
        *Section.objects.order_by("path"),
    ]
    if not isinstance(page, EditorialPage):
        return [*frame, *_people_of([page, *frame])]
    others = EditorialPage.objects.filter(
        pk__in=mentions_of(page).pages, audience__in={EVERYONE, page.audience}
    ).exclude(pk=page.pk)
    named = [
        *MODELS["tag"].objects.filter(pk__in=mentions_of(page).tags),
        *MODELS["goal"].objects.filter(pk=page.goal_id),
        *MODELS["core_value"].objects.filter(pk=page.core_value_id),
        *MODELS["theme"].objects.filter(pk=page.theme_id),
        *MODELS["file"].objects.filter(pk__in=mentions_of(page).files),
        *MODELS["department"].objects.filter(pk__in=mentions_of(page).departments),
    ]
    people = _people_of([page, *frame, *named])
    linked = _public_pages(list(others.specific()))
    return _once([*frame, *linked, *named, *people, *pictures_of(page)])


def _people_of(sources: Iterable[Model]) -> list[Model]:
    """Return the colleagues who have a page, with what their card shows."""
    keys = set().union(*(mentions_of(source).people for source in sources))
    people = list(
        Person.objects.on_hub()
        .filter(pk__in=keys)
        .select_related("department", "location", "portrait")
    )
    cards = [(person.department, person.location, person.portrait) for person in people]
    return [*people, *(part for card in cards for part in card if part is not None)]


def _once(sources: Iterable[Model]) -> list[Model]:
    return list(dict.fromkeys(sources))


def _public_pages(pages: list[HubPageBase]) -> list[HubPageBase]:
    now = both_clocks()
    shut = shut_trees()
    return [
        page
        for page in pages
        if page.live
        and not (page.expire_at and page.expire_at <= now)
        and not (shut and page.path.startswith(shut))
    ]


def family_of(page_id: int) -> list[Model]:
    """Return a page, what is below it and beside it: all that its place in the tree decides."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return []
    below = page.get_descendants(inclusive=True).specific(defer=True)
    return _once([*below, *page.get_siblings().specific(defer=True)])
