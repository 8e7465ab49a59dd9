"""Which pages there are, which of them a change may touch, and how each is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hub_site.content.documents import (
    Audience,
    Document,
    Item,
    Person,
    Rubric,
    Section,
    Tag,
    Term,
    Theme,
)
from hub_site.pages.agenda import agenda_month_page
from hub_site.pages.alerts import ALERT_PATH, alert_page
from hub_site.pages.archive import month_page, month_path, year_page, year_path
from hub_site.pages.audiences import audience_page, newest_page, yours_page
from hub_site.pages.front import PEOPLE_PATH
from hub_site.pages.items import item_page
from hub_site.pages.listings import (
    RUBRICS_PATH,
    home_page,
    rubric_page,
    rubrics_page,
    section_page,
    tag_page,
)
from hub_site.pages.outward import OutwardFile, calendar_file, feed_file, outward_subjects
from hub_site.pages.people import letter_page, letter_path, people_letters, people_page, person_page
from hub_site.pages.places import (
    ATOM,
    BY_MONTH,
    COMING,
    EVENT,
    ICAL,
    JSON_FEED,
    PAST,
    Month,
    item_list,
    month_list,
)
from hub_site.pages.searching import SEARCH_PATH, SEARCH_SUBJECT, search_page
from hub_site.pages.sheet import Sheet
from hub_site.pages.shelf import EVERYTHING, Shelf
from hub_site.pages.subjects import term_page, theme_page
from hub_site.pages.views import Link, Page
from hub_site.trees import YOURS

# What a page is about, whatever its address: "home", "own <id>", "month <id> 2026-11",
# "year <id> 2026", "letter Ab", "moved <path>"; "atom", "json_feed", "ical": those of a whole
# tree, and with an id behind it those of one rubric or event.
type Subject = str

_WITH_A_PAGE = (Item, Rubric, Section, Person, Tag, Theme, Term, Audience)


@dataclass(frozen=True, slots=True)
class MovedPage:
    """An old address and the page that is there now."""

    path: str
    target: Link
    source: str


type Made = Page | MovedPage | OutwardFile


def all_subjects(shelf: Shelf) -> Iterator[Subject]:
    """Everything that has a page at this moment."""
    yield from shelf.standing
    yield from (f"letter {letter}" for letter in people_letters(shelf))
    for identity in shelf.known():
        yield f"own {identity}"
        yield from outward_subjects(shelf, identity)
        yield from _months_of(shelf, identity)
    yield from (f"moved {path}" for path in shelf.redirects())


def appeared(shelf: Shelf, subject: Subject) -> str:
    """When what a page is about appeared, as far as it did at a moment."""
    name, _, rest = subject.partition(" ")
    if name in {"month", "year"}:
        return rest.rpartition(" ")[2]
    slip = shelf.slip(rest) if name == "own" else None
    return slip.published_at.isoformat() if slip and slip.published_at else ""


def subjects_touched(shelf: Shelf, touched: Iterable[str]) -> set[Subject]:
    """Pages that may have come or gone; those that depend on a touched key are asked elsewhere."""
    subjects: set[Subject] = set()
    for key in touched:
        name, _, rest = key.partition(" ")
        if key == EVERYTHING:
            subjects.update(all_subjects(shelf))
        elif key == "people":
            subjects.update(f"letter {letter}" for letter in people_letters(shelf))
        elif name == "month":
            subjects |= {key, _year_of(key)}
        elif name == "claim":
            subjects.add(f"moved {rest}")
        elif name in {"events", COMING, PAST}:
            subjects.add(f"{ICAL} {rest}".strip())
        elif not rest:
            subjects.update(_around_document(shelf, key))
    return subjects


def _around_document(shelf: Shelf, identity: str) -> Iterator[Subject]:
    yield f"own {identity}"
    yield from outward_subjects(shelf, identity)
    yield from _months_of(shelf, identity)
    for redirect in shelf.lists.first(f"redirects {identity}"):
        slip = shelf.slip(redirect)
        if slip is not None:
            yield f"moved {slip.path}"


def _months_of(shelf: Shelf, identity: str) -> Iterator[Subject]:
    slip = shelf.slip(identity)
    if slip is not None and slip.kind in BY_MONTH:
        for month in shelf.lists.months(identity):
            named = month_list(identity, month)
            yield from (named, _year_of(named))


def _year_of(month: str) -> Subject:
    """The page of the year that the page of a month stands under."""
    _, term, named = month.split(" ")
    return f"year {term} {named.partition('-')[0]}"


def make(shelf: Shelf, subject: Subject) -> Made | None:
    """Make one page as it should be now; None when there is nothing to show."""
    name, _, rest = subject.partition(" ")
    return _MAKERS[name](shelf, rest)


def _own_page(shelf: Shelf, identity: str) -> Page | None:
    document = shelf.find(Document, identity) if shelf.slip(identity) else None
    # The hub's own page is the front page, which is there whatever happens to its address.
    if document is None or not isinstance(document, _WITH_A_PAGE) or document.path is None:
        return None
    sheet = Sheet(shelf, shelf.address(document) or "")
    if isinstance(document, Audience):
        return audience_page(sheet, document) if sheet.count(item_list(document)) else None
    return own_page(sheet, document)


def own_page(sheet: Sheet, document: Document) -> Page:
    """The page that is about this document."""
    if isinstance(document, Item):
        return item_page(sheet, document)
    make_page = _PAGES.get(type(document))
    return make_page(sheet, document) if make_page else home_page(sheet)


_PAGES: dict[type[Document], Callable[[Sheet, Any], Page]] = {
    Rubric: rubric_page,
    Section: section_page,
    Person: person_page,
    Tag: tag_page,
    Theme: theme_page,
    Term: term_page,
}


def _month_page(shelf: Shelf, rest: str) -> Page | None:
    term, month = rest.split(" ")
    of = shelf.find(Document, term) if shelf.slip(term) else None
    if of is None or not shelf.lists.count(f"month {term} {month}"):
        return None
    year, number = map(int, month.split("-"))
    moment: Month = (year, number)
    if isinstance(of, Section) and of.holds == EVENT:
        return agenda_month_page(Sheet(shelf, month_path(shelf, of, moment)), of, moment)
    return month_page(Sheet(shelf, month_path(shelf, of, moment)), of, moment)


def _year_page(shelf: Shelf, rest: str) -> Page | None:
    term, named = rest.split(" ")
    year = int(named)
    of = shelf.find(Document, term) if shelf.slip(term) else None
    if of is None or all(each != year for each, _ in shelf.lists.months(term)):
        return None
    return year_page(Sheet(shelf, year_path(shelf, of, year)), of, year)


def _moved_page(shelf: Shelf, path: str) -> MovedPage | None:
    found = shelf.redirect_at(path)
    if found is None:
        return None
    redirect, target = found
    link = Link(title=target.title, path=f"{shelf.root}{target.path}")
    return MovedPage(f"{shelf.root}{path}", link, redirect.id)


_MAKERS: dict[str, Callable[[Shelf, str], Made | None]] = {
    "home": lambda shelf, _: home_page(Sheet(shelf, "")),
    "yours": lambda shelf, _: yours_page(Sheet(shelf, YOURS)),
    "newest": lambda shelf, _: newest_page(shelf),
    "rubrics": lambda shelf, _: rubrics_page(Sheet(shelf, RUBRICS_PATH)),
    "people": lambda shelf, _: people_page(Sheet(shelf, PEOPLE_PATH)),
    SEARCH_SUBJECT: lambda shelf, _: search_page(Sheet(shelf, SEARCH_PATH)),
    "letter": lambda shelf, letter: letter_page(Sheet(shelf, letter_path(letter)), letter),
    "own": _own_page,
    "month": _month_page,
    "year": _year_page,
    "alert": lambda shelf, _: alert_page(Sheet(shelf, ALERT_PATH)),
    "moved": _moved_page,
    ATOM: lambda shelf, rest: feed_file(shelf, ATOM, rest),
    JSON_FEED: lambda shelf, rest: feed_file(shelf, JSON_FEED, rest),
    ICAL: calendar_file,
}
