"""Pages and what goes with them. A child without a parent gets the first there is, or a new one."""

from collections.abc import Iterable
from typing import Any

import factory
import wagtail_factories
from django.utils.text import slugify
from wagtail.models import Page, Site

from cms.accounts.models import Person, User
from cms.events.models import CommunityAction, Event
from cms.stories.models import (
    Announcement,
    Author,
    CoreValue,
    EditorialPage,
    Goal,
    HubPage,
    Interview,
    PersonInItem,
    Rubric,
    Section,
    Story,
    Tag,
)

BODY = [
    {"type": "paragraph", "value": "<p>Om zeven uur gaat de rolluik omhoog.</p>"},
    {"type": "heading", "value": {"text": "Eerst luisteren"}},
]


class HubPageFactory(wagtail_factories.PageFactory):
    title = "Plein"
    slug = "hub"
    organisation = "Spaakwerk"
    live = True

    class Meta:
        model = HubPage


class RubricFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda number: f"Rubriek {number}")
    purpose = "Laten zien wie hier werkt."
    live = True

    class Meta:
        model = Rubric


class SectionFactory(wagtail_factories.PageFactory):
    title = "Mededelingen"
    live = True

    class Meta:
        model = Section


class ItemFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda number: f"De ochtend van nummer {number}")
    summary = "Wie de dag begint, hoort hem het eerst."
    connection = "work"
    body = factory.LazyFunction(lambda: list(BODY))
    live = False

    class Meta:
        model = EditorialPage
        abstract = True


class StoryFactory(ItemFactory):
    class Meta:
        model = Story


class InterviewFactory(ItemFactory):
    class Meta:
        model = Interview


class AnnouncementFactory(ItemFactory):
    class Meta:
        model = Announcement


class EventFactory(ItemFactory):
    place = "Kantine, Drachten"

    class Meta:
        model = Event


class CommunityActionFactory(ItemFactory):
    asked = "Stuur een foto van je lunchplek."

    class Meta:
        model = CommunityAction


def hub_page(**fields: object) -> HubPage:
    """Make the hub, or return the one there is: a site has one."""
    existing = HubPage.objects.first()
    if existing:
        return existing
    made: HubPage = HubPageFactory(parent=Page.get_first_root_node(), **fields)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": made, "hostname": "localhost"}
    )
    return made


def rubric(*, parent: HubPage | None = None, **fields: object) -> Rubric:
    made: Rubric = RubricFactory(parent=parent or hub_page(), **fields)
    return made


def section(*, parent: HubPage | None = None, **fields: object) -> Section:
    made: Section = SectionFactory(parent=parent or hub_page(), **fields)
    return made


def story(**fields: object) -> Story:
    """Make a draft with a revision; `by=` names the account, `authors=` and `people=` persons."""
    return _item(StoryFactory, Rubric.objects.first() or rubric, fields)


def interview(**fields: object) -> Interview:
    return _item(InterviewFactory, Rubric.objects.first() or rubric, fields)


def announcement(**fields: object) -> Announcement:
    news = _holding(Section.Holds.ANNOUNCEMENT, "Mededelingen")
    return _item(AnnouncementFactory, news, fields)


def event(**fields: object) -> Event:
    return _item(EventFactory, _holding(Section.Holds.EVENT, "Agenda"), fields)


def community_action(**fields: object) -> CommunityAction:
    return _item(
        CommunityActionFactory, _holding(Section.Holds.COMMUNITY_ACTION, "Doe mee"), fields
    )


def _holding(holds: Section.Holds, title: str) -> Section:
    return Section.objects.filter(holds=holds).first() or section(title=title, holds=holds)


def goal(**fields: object) -> Goal:
    number = Goal.objects.count() + 1
    return Goal.objects.create(**{"code": f"J{number}", "name": f"Doel {number}", **fields})


def core_value(**fields: object) -> CoreValue:
    number = CoreValue.objects.count() + 1
    return CoreValue.objects.create(**{"code": f"K{number}", "name": f"Waarde {number}", **fields})


def tag(*, name: str = "werkplaats") -> Tag:
    return Tag.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]


def _item(maker: type[ItemFactory], parent: object, fields: dict[str, Any]) -> EditorialPage:
    fields.setdefault("parent", parent() if callable(parent) else parent)
    by = fields.pop("by", None)
    authors: Iterable[Person] | None = fields.pop("authors", None)
    people: Iterable[Person] = fields.pop("people", ())
    made: EditorialPage = maker(owner=by, **fields)
    _name_people(made, authors=_persons_of(by) if authors is None else authors, people=people)
    revision = made.save_revision(user=by)
    if made.live:
        made.live_revision = revision
        made.save(update_fields=["live_revision"])
    return made


def _name_people(
    item: EditorialPage, *, authors: Iterable[Person], people: Iterable[Person]
) -> None:
    for order, author in enumerate(authors):
        Author.objects.create(page_id=item.pk, person=author, sort_order=order)
    for order, someone in enumerate(people):
        PersonInItem.objects.create(page_id=item.pk, person=someone, sort_order=order)
    item.refresh_from_db()


def _persons_of(by: object) -> list[Person]:
    return list(Person.objects.filter(user=by)) if isinstance(by, User) else []
