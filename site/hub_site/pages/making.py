"""Which pages there are, which of them a change may touch, and how each is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hub_site.content.documents import Audience, Document, Item, Person, Rubric, Section, Tag
from hub_site.pages.archive import month_page, month_path
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
from hub_site.pages.people import letter_page, letter_path, people_letters, people_page, person_page
from hub_site.pages.places import BY_MONTH, Month, item_list, month_list
from hub_site.pages.searching import SEARCH_PATH, SEARCH_SUBJECT, search_page
from hub_site.pages.sheet import Sheet
from hub_site.pages.shelf import EVERYTHING, Shelf
from hub_site.pages.views import Link, Page
from hub_site.trees import YOURS

# What a page is about, whatever its address: "home", "own <id>", "month <id> 2026-11",
# "letter Ab", "moved <path>".
type Subject = str

_WITH_A_PAGE = (Item, Rubric, Section, Person, Tag, Audience)


@dataclass(frozen=True, slots=True)
class MovedPage:
    """An old address and the page that is there now."""

    path: str
    target: Link
    source: str


def all_subjects(shelf: Shelf) -> Iterator[Subject]:
    """Everything that has a page at this moment."""
    yield from shelf.standing
    yield from (f"letter {letter}" for letter in people_letters(shelf))
    for identity in shelf.known():
        yield f"own {identity}"
        yield from _months_of(shelf, identity)
    yield from (f"moved {path}" for path in shelf.redirects())


def appeared(shelf: Shelf, subject: Subject) -> str:
    """When what a page is about appeared, as far as it did at a moment."""
    name, _, rest = subject.partition(" ")
    if name == "month":
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
            subjects.add(key)
        elif name == "claim":
            subjects.add(f"moved {rest}")
        elif not rest:
            subjects.update(_around_document(shelf, key))
    return subjects


def _around_document(shelf: Shelf, identity: str) -> Iterator[Subject]:
    yield f"own {identity}"
    yield from _months_of(shelf, identity)
    for redirect in shelf.lists.first(f"redirects {identity}"):
        slip = shelf.slip(redirect)
        if slip is not None:
            yield f"moved {slip.path}"


def _months_of(shelf: Shelf, identity: str) -> Iterator[Subject]:
    slip = shelf.slip(identity)
    if slip is not None and slip.kind in BY_MONTH:
        yield from (month_list(identity, month) for month in shelf.lists.months(identity))


def make(shelf: Shelf, subject: Subject) -> Page | MovedPage | None:
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
    match document:
        case Item():
            return item_page(sheet, document)
        case Rubric():
            return rubric_page(sheet, document)
        case Section():
            return section_page(sheet, document)
        case Person():
            return person_page(sheet, document)
        case Tag():
            return tag_page(sheet, document)
        case _:
            return home_page(sheet)


def _month_page(shelf: Shelf, rest: str) -> Page | None:
    term, month = rest.split(" ")
    of = shelf.find(Document, term) if shelf.slip(term) else None
    if of is None or not shelf.lists.count(f"month {term} {month}"):
        return None
    year, number = map(int, month.split("-"))
    moment: Month = (year, number)
    return month_page(Sheet(shelf, month_path(shelf, of, moment)), of, moment)


def _moved_page(shelf: Shelf, path: str) -> MovedPage | None:
    found = shelf.redirect_at(path)
    if found is None:
        return None
    redirect, target = found
    link = Link(title=target.title, path=f"{shelf.root}{target.path}")
    return MovedPage(f"{shelf.root}{path}", link, redirect.id)


_MAKERS: dict[str, Callable[[Shelf, str], Page | MovedPage | None]] = {
    "home": lambda shelf, _: home_page(Sheet(shelf, "")),
    "yours": lambda shelf, _: yours_page(Sheet(shelf, YOURS)),
    "newest": lambda shelf, _: newest_page(shelf),
    "rubrics": lambda shelf, _: rubrics_page(Sheet(shelf, RUBRICS_PATH)),
    "people": lambda shelf, _: people_page(Sheet(shelf, PEOPLE_PATH)),
    SEARCH_SUBJECT: lambda shelf, _: search_page(Sheet(shelf, SEARCH_PATH)),
    "letter": lambda shelf, letter: letter_page(Sheet(shelf, letter_path(letter)), letter),
    "own": _own_page,
    "month": _month_page,
    "moved": _moved_page,
}
