"""Calls to take part: their list, their pages, and the one that stands on the front page."""

from collections.abc import Mapping

from hub_site.content.documents import CommunityAction, Item, Section
from hub_site.pages.archive import archive_of
from hub_site.pages.occasions import action_in_words, action_turns
from hub_site.pages.places import CALLS, item_list
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.titles import with_soft_hyphens
from hub_site.pages.views import CallView, ItemView, Page
from hub_site.words import AGENDA_WORDS

TAB = "take-part"
OPEN = 20
CLOSED = 10


def action_view(sheet: Sheet, action: CommunityAction, base: ItemView) -> Mapping[str, object]:
    """What the page of a call says; answers go by the one door to the editors."""
    result = sheet.find(Item, action.result)
    return {
        **base,
        "asked": action.asked,
        "effort": action.effort,
        "is_open": not sheet.shelf.is_lapsed(action),
        "result": sheet.link(result) if result else None,
    }


def actions_page(sheet: Sheet, section: Section) -> Page:
    """What one can take part in now, and what came of what is closed."""
    view = {
        "title": with_soft_hyphens(section.title, section.language),
        "introduction": section.introduction,
        "open": sheet.teasers(sheet.last(f"current {section.id}", OPEN)),
        "closed": sheet.teasers(sheet.last(f"lapsed {section.id}", CLOSED)),
        "total": sheet.count(item_list(section)),
        "archive": archive_of(sheet, section),
    }
    return sheet.finish(
        view, about=section, frame=Frame("take-part.html", TAB, section.introduction)
    )


def newest_call(sheet: Sheet) -> CallView | None:
    """What colleagues can take part in, where the newsroom put nothing on the front page."""
    action = next(iter(sheet.last(CALLS, 1)), None)
    if not isinstance(action, CommunityAction):
        return None
    shelf = sheet.shelf
    sheet.turns.update(action_turns(action, shelf))
    return CallView(
        title=with_soft_hyphens(action.title, action.language),
        text=" ".join(part for part in (action.asked, action.effort) if part),
        button=AGENDA_WORDS[shelf.language].share,
        path=shelf.address(action),
        until=action_in_words(action, shelf),
    )
