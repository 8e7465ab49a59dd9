"""What the kinds of item add to a document."""

from cms.documents.builders.blocks import blocks_of
from cms.documents.lookup import KnownParent, Lookup, id_of, ids
from cms.documents.shapes import Document, moment, text_id
from cms.events.models import CommunityAction, Event
from cms.stories.models import Announcement, EditorialPage, Interview, Rubric, Section


def item_keys(page: EditorialPage, lookup: Lookup, *, parent: KnownParent | None) -> Document:
    """Return the keys that every item has."""
    return {
        "summary": page.summary,
        "lead_image": _lead_image(page, lookup),
        "rubric": _parent_id(parent, Rubric),
        "section": _parent_id(parent, Section),
        "authors": [*lookup.persons(link.person_id for link in page.authors.all())],
        "people": [*lookup.persons(link.person_id for link in page.people.all())],
        "tags": ids(lookup.tags, {link.tag_id for link in page.tagged_items.all()}),
        "departments": ids(lookup.departments, (each.pk for each in page.departments.all())),
        "connection": page.connection or None,
        "goal": id_of(lookup.goals, page.goal_id),
        "core_value": id_of(lookup.core_values, page.core_value_id),
        "theme": id_of(lookup.themes, page.theme_id),
        "placement": page.placement or None,
        "placed_until": moment(page.placed_until),
        "translation_of": id_of(lookup.pages, page.translation_of_id),
        "published_at": moment(page.first_published_at),
        "updated_at": _updated_at(page, lookup),
        "expires_at": moment(page.expire_at),
        "body": [*blocks_of(page, lookup)],
    }


def interview_keys(page: Interview, lookup: Lookup) -> Document:
    return {"interviewee": lookup.person(page.interviewee_id)}


def lasting_keys(page: Announcement, lookup: Lookup) -> Document:
    """Return what an announcement says of how long it holds."""
    replaced = lookup.pages.get(page.replaces_id or 0)
    return {
        "importance": page.importance,
        "prominent_until": moment(page.prominent_until),
        "valid_from": moment(page.valid_from),
        "valid_until": moment(page.valid_until),
        "replaces": [str(replaced)] if replaced else [],
        "replaced_by": text_id(lookup.replaced_by.get(page.pk or 0)),
    }


def event_keys(page: Event, lookup: Lookup) -> Document:
    """Return when and where it is, and whether it still is."""
    return {
        "starts_at": moment(page.starts_at),
        "ends_at": moment(page.ends_at),
        "over_at": moment(page.over_at),
        "place": page.place,
        "link": page.link or None,
        "organiser": lookup.person(page.organiser_id),
        "meant_for": page.meant_for,
        "is_cancelled": page.is_cancelled,
        "cancellation": page.cancellation,
    }


def action_keys(page: CommunityAction, lookup: Lookup) -> Document:
    """Return what colleagues are asked for, and until when."""
    return {
        "asked": page.asked,
        "effort": page.effort,
        "until": moment(page.until),
        "result": id_of(lookup.pages, page.result_id),
    }


def _lead_image(page: EditorialPage, lookup: Lookup) -> Document | None:
    image = lookup.images.get(page.lead_image_id or 0)
    if image is None:
        return None
    return image.reference(alt=page.lead_image_alt, caption=page.lead_image_caption)


def _parent_id(parent: KnownParent | None, model: type[Rubric | Section]) -> str | None:
    return str(parent.public_id) if parent and parent.model is model else None


def _updated_at(page: EditorialPage, lookup: Lookup) -> str | None:
    """Say when it last changed, if what is live now was written after the publication."""
    written = lookup.revisions.get(page.live_revision_id or 0)
    first, last = page.first_published_at, page.last_published_at
    if not (written and first and last) or written <= first or last <= first:
        return None
    return moment(last)
