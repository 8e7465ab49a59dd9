"""All pages of the hub from documents and a moment: pure, and complete."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub_site.content.documents import (
    Document,
    Hub,
    Item,
    Person,
    Redirect,
    Rendition,
    Rubric,
    Section,
    SetAside,
    Tag,
)
from hub_site.pages.archive import month_pages
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
from hub_site.pages.people import people_pages, person_page
from hub_site.pages.sheet import Sheet, image_path
from hub_site.pages.shelf import Shelf, is_public
from hub_site.pages.shell import KeptPage, hub_view
from hub_site.pages.views import HubView, Link, Page

_FIRST_COME = (Hub, Rubric, Section, Person, Tag, Item)


@dataclass(frozen=True, slots=True)
class MovedPage:
    """An old address and the page that is there now."""

    path: str
    target: Link
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """Everything there is to print."""

    hub: HubView
    pages: tuple[Page, ...]
    moved: tuple[MovedPage, ...]
    set_aside: tuple[SetAside, ...]
    changes_at: datetime | None


def compose(
    documents: Iterable[Document], *, as_of: datetime, kept: Sequence[KeptPage] = ()
) -> Site:
    """Make every page of the hub as it should be at `as_of`."""
    held = tuple(documents)
    settled, set_aside = _settle_addresses(held, as_of=as_of, kept=kept)
    shelf = Shelf.fill([*settled, *_still_to_come(held, as_of)], as_of=as_of)
    pages = _all_pages(shelf)
    turns = [page.changes_at for page in pages if page.changes_at]
    if shelf.next_arrival:
        turns.append(shelf.next_arrival)
    return Site(
        hub=hub_view(shelf, kept),
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        moved=tuple(_moved(shelf, taken={page.path for page in pages})),
        set_aside=set_aside,
        changes_at=min(turns, default=None),
    )


def compose_one(
    documents: Iterable[Document],
    document: Document,
    *,
    as_of: datetime,
    kept: Sequence[KeptPage],
    picture_address: Callable[[Rendition], str],
) -> tuple[HubView, Page]:
    """Make the page of one document, public or not, as if it stood at the root."""
    others = [other for other in documents if other.id != document.id]
    shelf = Shelf(as_of, (*others, document))
    return hub_view(shelf, kept), own_page(Sheet(shelf, "", picture_address), document)


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


def _all_pages(shelf: Shelf) -> list[Page]:
    def new_sheet(path: str) -> Sheet:
        return Sheet(shelf, path, image_path)

    pages = [home_page(new_sheet("")), rubrics_page(new_sheet(RUBRICS_PATH))]
    pages += people_pages(new_sheet)
    for document in (*shelf.rubrics, *shelf.sections, *shelf.tags, *shelf.people, *shelf.items):
        pages.append(own_page(new_sheet(document.path or ""), document))
    for listed in (*shelf.rubrics, *shelf.sections, *shelf.tags):
        pages += month_pages(listed, new_sheet)
    return pages


def _settle_addresses(
    documents: Sequence[Document], *, as_of: datetime, kept: Sequence[KeptPage]
) -> tuple[list[Document], tuple[SetAside, ...]]:
    """Give each address to one document, always the same one; the others are set aside."""
    taken = {page.path: f"the hand-kept page '{page.title}'" for page in kept}
    taken |= {RUBRICS_PATH: "the list of rubrics", PEOPLE_PATH: "the list of colleagues"}
    settled: list[Document] = []
    set_aside: list[SetAside] = []
    for document in sorted((d for d in documents if is_public(d, as_of)), key=_precedence):
        path = document.path
        if path is None or isinstance(document, Redirect):
            settled.append(document)
        elif path in taken:
            reason = f"The address '/{path}' is taken by {taken[path]}: give it another slug."
            set_aside.append(SetAside(document.id, reason))
        else:
            taken[path] = f"'{document.title}'"
            settled.append(document)
    return settled, tuple(set_aside)


def _still_to_come(documents: Sequence[Document], as_of: datetime) -> list[Document]:
    return [d for d in documents if isinstance(d, Item) and d.published_at > as_of]


def _precedence(document: Document) -> tuple[int, str]:
    rank = next((i for i, kind in enumerate(_FIRST_COME) if isinstance(document, kind)), 99)
    return rank, document.id


def _moved(shelf: Shelf, taken: set[str]) -> list[MovedPage]:
    """Old addresses whose target is public and which no page uses by now."""
    moved: dict[str, MovedPage] = {}
    for document in shelf.documents:
        if not isinstance(document, Redirect) or not document.path or document.path in taken:
            continue
        target = shelf.find(Document, document.target)
        if target is not None and target.path is not None and target.path != document.path:
            link = Link(title=target.title, path=target.path)
            moved.setdefault(document.path, MovedPage(document.path, link, document.id))
    return list(moved.values())
