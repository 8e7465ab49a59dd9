from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from django.conf import settings
from django.db.models import Model

from cms.accounts.models import Department, Location, Person
from cms.core.audiences import EVERYONE
from cms.core.models import Logo, Style
from cms.documents.builders.items import (
    action_keys,
    event_keys,
    interview_keys,
    item_keys,
    lasting_keys,
)
from cms.documents.kinds import kind_of
from cms.documents.lookup import Lookup, id_of, lookup_for
from cms.documents.models import FORMAT
from cms.documents.paths import (
    HOME,
    department_path,
    goal_path,
    join,
    order_among_siblings,
    person_path,
    tag_path,
    theme_path,
)
from cms.documents.rich_text import contract_html
from cms.documents.shapes import JSON, Document, moment
from cms.events.models import CommunityAction, Event
from cms.media.models import Document as File
from cms.media.models import Image
from cms.stories.models import (
    Alert,
    Announcement,
    CoreValue,
    EditorialPage,
    FrontPage,
    Goal,
    HubPage,
    Interview,
    Rubric,
    Section,
    Tag,
    Theme,
)
from cms.stories.synonyms import synonyms_in


def document_for(source: Model) -> Document:
    """Return the document of a page or snippet as it is now: no writing, no encoding."""
    return build(source, lookup_for([source]))


def documents_for(sources: Iterable[Model]) -> list[Document]:
    """Return the documents of many sources, in as many queries as one needs."""
    known = list(sources)
    lookup = lookup_for(known)
    return [build(source, lookup) for source in known]


@singledispatch
def build(source: Model, lookup: Lookup) -> Document:  # noqa: ARG001 (the shape of its branches)
    """Return the document of one source from what is already looked up."""
    message = f"{type(source).__name__} is not something the hub can show."
    raise TypeError(message)


@build.register
def _(source: HubPage, lookup: Lookup) -> Document:  # noqa: ARG001
    return {
        **_head(source, path=HOME, title=source.title),
        "organisation": source.organisation,
        "introduction": source.introduction,
        "address": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        "time_zone": settings.TIME_ZONE,
        "headcount": source.headcount,
        "editors": source.editors,
        "editors_email": source.editors_email,
        "ask": settings.PLEIN_ASK,
        "synonyms": [[*group] for group in synonyms_in(source.synonyms)],
    }


@build.register
def _(source: Rubric, lookup: Lookup) -> Document:
    return {
        **_head(source, path=join(source.slug), title=source.title),
        "purpose": source.purpose,
        "tone": source.tone,
        "cadence": source.cadence,
        "keeper": lookup.person(source.keeper_id),
        "colour": source.colour,
        "tile": source.tile,
        "introduction_html": contract_html(source.introduction, lookup.pages),
        "order": order_among_siblings(source.path),
    }


@build.register
def _(source: Section, lookup: Lookup) -> Document:  # noqa: ARG001
    return {
        **_head(source, path=join(source.slug), title=source.title),
        "introduction": source.introduction,
        "holds": source.holds,
        "order": order_among_siblings(source.path),
    }


@build.register
def _(source: EditorialPage, lookup: Lookup) -> Document:
    parent = lookup.parents.get(source.path[:-4])
    slugs = [parent.slug, source.slug] if parent else [source.slug]
    return {
        **_head(source, path=join(*slugs), title=source.title),
        **item_keys(source, lookup, parent=parent),
    }


@build.register
def _(source: Interview, lookup: Lookup) -> Document:
    return {**build.dispatch(EditorialPage)(source, lookup), **interview_keys(source, lookup)}


@build.register
def _(source: Announcement, lookup: Lookup) -> Document:
    return {**build.dispatch(EditorialPage)(source, lookup), **lasting_keys(source, lookup)}


@build.register
def _(source: Event, lookup: Lookup) -> Document:
    return {**build.dispatch(EditorialPage)(source, lookup), **event_keys(source, lookup)}


@build.register
def _(source: CommunityAction, lookup: Lookup) -> Document:
    return {**build.dispatch(EditorialPage)(source, lookup), **action_keys(source, lookup)}


@build.register
def _(source: Person, lookup: Lookup) -> Document:
    portrait = lookup.images.get(source.portrait_id or 0)
    return {
        **_head(source, path=person_path(source), title=source.name),
        "pronouns": source.pronouns,
        "role": source.role,
        "department": id_of(lookup.departments, source.department_id),
        "location": id_of(lookup.locations, source.location_id),
        "started": source.started or None,
        "portrait": portrait.reference() if portrait else None,
        "ask_me_about": [*source.subjects],
        "about_html": contract_html(source.about, lookup.pages),
        "email": source.email or None,
        "is_newcomer_shown": source.is_newcomer_shown,
    }


@build.register
def _(source: Department, lookup: Lookup) -> Document:  # noqa: ARG001
    path = department_path(source)
    return {**_head(source, path=path, title=source.name), "order": source.sort_order}


@build.register
def _(source: Location, lookup: Lookup) -> Document:  # noqa: ARG001
    return {**_head(source, path=None, title=source.name), "order": source.sort_order}


@build.register
def _(source: Theme, lookup: Lookup) -> Document:
    return {
        **_head(source, path=theme_path(source), title=source.name),
        "order": source.sort_order,
        "introduction_html": contract_html(source.introduction, lookup.pages),
        "owner": lookup.person(source.owner_id),
        "people": [*lookup.persons(person.pk for person in source.people.all())],
    }


@build.register
def _(source: FrontPage, lookup: Lookup) -> Document:
    rubrics = sorted(source.rubrics.all(), key=lambda rubric: str(rubric.path))
    chosen = [str(lookup.pages[each.pk]) for each in rubrics if each.pk in lookup.pages]
    call: Document = {
        "title": source.call_title,
        "text": source.call_text,
        "button": source.call_button,
        "target": id_of(lookup.pages, source.call_item_id),
        "until": moment(source.call_until),
    }
    return {
        **_head(source, path=None, title=""),
        "rubrics": [*chosen],
        "shows_newcomers": source.shows_newcomers,
        "call": call if source.call_title else None,
    }


@build.register
def _(source: Style, lookup: Lookup) -> Document:  # noqa: ARG001
    return {
        **_head(source, path=None, title=""),
        "light": source.light,
        "dark": source.dark_in_use,
        "accent": source.accent,
        "headings": source.headings,
        "letters": source.letters,
        "logo": _logo(source.logo),
        "logo_dark": _logo(source.logo_dark),
    }


@build.register
def _(source: Alert, lookup: Lookup) -> Document:
    return {
        **_head(source, path=None, title=source.title),
        "text": source.text,
        "importance": source.importance,
        "target": id_of(lookup.pages, source.item_id),
        "changed_at": moment(source.changed_at),
        "expires_at": moment(source.ends_at),
    }


@build.register
def _(source: Goal, lookup: Lookup) -> Document:
    return {
        **_head(source, path=goal_path(source), title=source.name),
        "order": source.sort_order,
        "code": source.code,
        "measure": source.measure,
        "owner": lookup.person(source.owner_id),
    }


@build.register
def _(source: CoreValue, lookup: Lookup) -> Document:  # noqa: ARG001
    return {
        **_head(source, path=None, title=source.name),
        "order": source.sort_order,
        "code": source.code,
        "motto": source.motto,
    }


@build.register
def _(source: Tag, lookup: Lookup) -> Document:  # noqa: ARG001
    return _head(source, path=tag_path(source), title=source.name)


@build.register
def _(source: File, lookup: Lookup) -> Document:  # noqa: ARG001
    return {
        **_head(source, path=None, title=source.title),
        "hash": source.content_hash,
        "extension": source.extension,
        "bytes": source.file_size or 0,
    }


@build.register
def _(source: Image, lookup: Lookup) -> Document:
    renditions: list[JSON] = [
        {
            "hash": rendition.content_hash,
            "format": rendition.format,
            "width": rendition.width,
            "height": rendition.height,
            "bytes": rendition.content_size,
        }
        for rendition in lookup.renditions.get(source.pk, [])
    ]
    return {
        **_head(source, path=None, title=source.title),
        "width": source.width,
        "height": source.height,
        "focal_point": [*source.focus],
        "alt": source.description,
        "credit": source.credit,
        "renditions": sorted(renditions, key=_format_then_width),
    }


def _logo(logo: Logo | None) -> Document | None:
    if logo is None:
        return None
    return {
        "hash": logo.content_hash,
        "format": "webp",
        "width": logo.width,
        "height": logo.height,
        "bytes": len(logo.content),
        "ground": logo.ground,
    }


def _head(source: Any, *, path: str | None, title: str) -> Document:
    return {
        "format": FORMAT,
        "id": str(source.public_id),
        "kind": kind_of(source),
        "language": getattr(source, "language", settings.LANGUAGE_CODE),
        "audience": getattr(source, "audience", EVERYONE),
        "path": path,
        "title": title,
    }


def _format_then_width(rendition: Any) -> tuple[str, int]:
    return rendition["format"], rendition["width"]
