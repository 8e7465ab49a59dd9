"""The pages by which a reader finds what is for her and not for everyone."""

from dataclasses import replace

from hub_site.content.documents import Audience, Rubric, Section
from hub_site.pages.archive import archive_of
from hub_site.pages.places import item_list
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.titles import with_soft_hyphens
from hub_site.pages.views import CountedLink, Page
from hub_site.words import WORDS

NEWEST_PATH = "assets/newest/"
"""In each gated tree, where no document can be: what its readers' home page shows of it."""
LATEST = 20
SHOWN_AT_HOME = 3


def audience_page(sheet: Sheet, audience: Audience) -> Page:
    """The root of a gated tree: what is newest, and the way to all of it."""
    language = sheet.shelf.language
    words = WORDS[language]
    audience = replace(audience, language=language)
    items = item_list(audience)
    view = {
        "title": with_soft_hyphens(audience.title, language),
        "items": sheet.teasers(sheet.last(items, LATEST)),
        "total": sheet.count(items),
        "places": _places(sheet),
        "archive": archive_of(sheet, audience),
    }
    title = words.for_whom.format(name=audience.title)
    return sheet.finish(view, about=audience, frame=Frame("audience.html", None, title, title))


def _places(sheet: Sheet) -> list[CountedLink]:
    """The rubrics and sections in which this audience has something."""
    found = [*sheet.first(Rubric, "rubrics"), *sheet.first(Section, "sections")]
    return [CountedLink(**sheet.link(each), count=sheet.count(item_list(each))) for each in found]


def newest_page(shelf: Shelf) -> Page | None:
    """The part of a tree that is shown on other pages, to who may read it; it is no whole page."""
    audience = shelf.audience
    if audience is None or not shelf.lists.count(item_list(audience)):
        return None
    sheet = Sheet(shelf, f"{shelf.root}{NEWEST_PATH}")
    audience = replace(audience, language=shelf.language)
    items = item_list(audience)
    view = {
        "title": with_soft_hyphens(audience.title, shelf.language),
        "path": shelf.root,
        "key": audience.audience,
        "items": sheet.teasers(sheet.last(items, SHOWN_AT_HOME)),
        "total": sheet.count(items),
    }
    return sheet.finish(view, about=audience, frame=Frame("newest.html", None, ""))


def yours_page(sheet: Sheet) -> Page:
    """Where the gate lists the trees that a reader may read: printed alike for everyone."""
    words = WORDS[sheet.shelf.language]
    hub = sheet.hub
    frame = Frame("yours.html", None, words.yours, words.yours)
    return sheet.finish({"title": words.yours}, about=hub, frame=frame)
