"""The page one searches on; without script it says where else to look."""

from hub_site.content.documents import Rubric, Section
from hub_site.pages.front import PEOPLE_PATH
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.views import Page
from hub_site.words import WORDS

SEARCH_PATH = "zoeken/"
SEARCH_SUBJECT = "search"


def search_page(sheet: Sheet) -> Page:
    """Rubrics, sections and colleagues as other ways; `synonyms` are for search itself."""
    title = WORDS[sheet.shelf.language].search
    places = [*sheet.first(Rubric, "rubrics"), *sheet.first(Section, "sections")]
    view = {
        "title": title,
        # Without how much is in each: that would make this another page with every publication.
        "places": [sheet.link(each) for each in places],
        "people": PEOPLE_PATH if sheet.count("people") else None,
        "synonyms": sheet.hub.synonyms,
    }
    return sheet.finish(view, about=sheet.hub, frame=Frame("search.html", "search", title, title))
