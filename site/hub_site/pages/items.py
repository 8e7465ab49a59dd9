"""The pages of items, by their kind."""

from collections import Counter
from collections.abc import Mapping

from hub_site.content.documents import (
    Announcement,
    CommunityAction,
    Document,
    Event,
    Interview,
    Item,
    Rubric,
    Story,
    Tag,
)
from hub_site.pages.agenda import event_view
from hub_site.pages.archive import tab_of_section
from hub_site.pages.body import Body, contents_of, has_drop_cap, questions_of
from hub_site.pages.dates import last_day_before
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.taking_part import action_view
from hub_site.pages.views import (
    AnnouncementView,
    InterviewView,
    ItemView,
    Link,
    Page,
    Translation,
)

RELATED = 3


def item_page(sheet: Sheet, item: Item) -> Page:
    """The page of one item, by its kind."""
    if isinstance(item, Announcement):
        return _finish(sheet, item, template="announcement.html", view=_announcement(sheet, item))
    if isinstance(item, Interview):
        return _finish(sheet, item, template="interview.html", view=_interview(sheet, item))
    view = _item_view(sheet, item)
    if isinstance(item, Event):
        event = event_view(sheet, item, view)
        return _finish(sheet, item, template="event.html", view=event)
    if isinstance(item, CommunityAction):
        action = action_view(sheet, item, view)
        return _finish(sheet, item, template="community-action.html", view=action)
    return _finish(sheet, item, template="story.html", view=view)


def _finish(sheet: Sheet, item: Item, *, template: str, view: Mapping[str, object]) -> Page:
    tab = "rubrics" if item.rubric else tab_of_section(item.kind) if item.section else None
    return sheet.finish(view, about=item, frame=Frame(template, tab, item.summary))


def _interview(sheet: Sheet, item: Interview) -> InterviewView:
    view = _item_view(sheet, item)
    interviewee = sheet.card(item.interviewee)
    return InterviewView(**view, interviewee=interviewee, questions=questions_of(view["blocks"]))


def _announcement(sheet: Sheet, item: Announcement) -> AnnouncementView:
    lapsed_on = None
    if item.valid_until is not None and sheet.shelf.is_lapsed(item):
        lapsed_on = sheet.day(last_day_before(item.valid_until, sheet.shelf.zone))
    successor = sheet.find(Item, item.replaced_by)
    return AnnouncementView(
        **_item_view(sheet, item),
        lapsed_on=lapsed_on,
        replaces=[sheet.link(each) for each in sheet.find_all(Item, item.replaces)],
        replaced_by=sheet.link(successor) if successor else None,
    )


def _item_view(sheet: Sheet, item: Item) -> ItemView:
    blocks = Body(sheet, item).views()
    previous, following = _neighbours(sheet, item)
    return ItemView(
        **sheet.teaser(item),
        lead_image=sheet.photo(item.lead_image),
        standfirst=item.summary,
        authors=sheet.cards(item.authors),
        people=sheet.cards(item.people),
        tags=[sheet.link(tag) for tag in sheet.find_all(Tag, item.tags)],
        departments=sheet.mentions(item.departments),
        connection=item.connection,
        goal=sheet.mention(item.goal),
        theme=sheet.mention(item.theme),
        core_value=sheet.term_title(item.core_value),
        blocks=blocks,
        contents=contents_of(blocks),
        updated=sheet.day_of(item.updated_at) if item.updated_at else None,
        translation=_translation(sheet, item),
        related=sheet.teasers(_related(sheet, item)),
        previous=previous,
        next=following,
        drop_cap=has_drop_cap(item),
    )


def _neighbours(sheet: Sheet, item: Item) -> tuple[Link | None, Link | None]:
    """The item before and the one after it in its rubric, by date."""
    rubric = sheet.find(Rubric, item.rubric)
    if rubric is None:
        return None, None
    around = sheet.beside(item, rubric)
    older, newer = (next(iter(sheet.find_all(Item, side[:1])), None) for side in around)
    return sheet.link(older) if older else None, sheet.link(newer) if newer else None


def _translation(sheet: Sheet, item: Item) -> Translation | None:
    # With several translations the first that appeared stays the one.
    translations = sheet.first(Item, f"translations {item.id}", 1)
    other = sheet.find(Item, item.translation_of) or next(iter(translations), None)
    if other is None:
        return None
    return Translation(link=sheet.link(other), language=other.language)


def _related(sheet: Sheet, item: Item) -> list[Item]:
    """What shares most with this item: a tag weighs more than the rubric, then the newest.

    Only what stands close by in time is looked at, so that a publication changes few pages.
    """
    weights: Counter[str] = Counter()
    for tag in sheet.find_all(Tag, item.tags):
        weights.update(dict.fromkeys(_around(sheet, item, tag), 2))
    rubric = sheet.find(Rubric, item.rubric)
    if rubric is not None:
        weights.update(_around(sheet, item, rubric))
    shown_anyway = {item.id, item.translation_of}
    candidates: list[Item] = [
        other
        for other in sheet.find_all(Story, weights) + sheet.find_all(Interview, weights)
        if other.id not in shown_anyway
    ]
    candidates.sort(key=lambda o: (weights[o.id], o.published_at, o.id), reverse=True)
    return candidates[:RELATED]


def _around(sheet: Sheet, item: Item, term: Document) -> list[str]:
    older, newer = sheet.beside(item, term)
    return older + newer
