"""All pages of the hub from documents and a moment: pure, and complete."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub_site.content.documents import Document, Rendition, SetAside
from hub_site.content.slips import slip_of
from hub_site.pages.front import PEOPLE_PATH
from hub_site.pages.library import Library
from hub_site.pages.listings import RUBRICS_PATH
from hub_site.pages.making import MovedPage, own_page
from hub_site.pages.outward import OutwardFile
from hub_site.pages.searching import SEARCH_PATH
from hub_site.pages.sheet import Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.shell import KeptPage, hub_view
from hub_site.pages.traces import Traces
from hub_site.pages.views import HubView, Page


@dataclass(frozen=True, slots=True)
class Site:
    """Everything there is to print."""

    hub: HubView
    pages: tuple[Page, ...]
    moved: tuple[MovedPage, ...]
    outward: tuple[OutwardFile, ...]
    set_aside: tuple[SetAside, ...]
    changes_at: datetime | None


def compose(
    documents: Iterable[Document], *, as_of: datetime, kept: Sequence[KeptPage] = ()
) -> Site:
    """Make every page of the hub as it should be at `as_of`."""
    held = {document.id: document for document in documents}
    library = Library(held.__getitem__, as_of=as_of)
    library.reserve(addresses_of(kept))
    library.fill(slip_of(document) for document in held.values())
    made = [each for subject in set(library.subjects()) if (each := library.make(subject))]
    pages = [page for page in made if isinstance(page, Page)]
    turns = [turn for turn in (library.next_turn(), *(page.changes_at for page in pages)) if turn]
    return Site(
        hub=hub_view(library.ground, kept),
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        moved=tuple(
            sorted(
                (each for each in made if isinstance(each, MovedPage)), key=lambda each: each.path
            )
        ),
        outward=tuple(
            sorted(
                (each for each in made if isinstance(each, OutwardFile)), key=lambda each: each.path
            )
        ),
        set_aside=library.set_aside(),
        changes_at=min(turns, default=None),
    )


def addresses_of(kept: Iterable[KeptPage]) -> Mapping[str, str]:
    """Addresses that no document can have, each with the page that has it."""
    taken = {page.path: f"the hand-kept page '{page.title}'" for page in kept}
    return taken | {
        RUBRICS_PATH: "the list of rubrics",
        PEOPLE_PATH: "the list of colleagues",
        SEARCH_PATH: "the search page",
    }


def compose_one(
    documents: Iterable[Document],
    document: Document,
    *,
    as_of: datetime,
    kept: Sequence[KeptPage],
    picture_address: Callable[[Rendition], str],
) -> tuple[HubView, Page]:
    """Make the page of one document, public or not, as if it stood at the root."""
    held = {other.id: other for other in documents} | {document.id: document}
    shelf = Shelf(held.__getitem__, as_of=as_of, traces=Traces(), shows_all=True)
    shelf.fill(slip_of(each) for each in held.values())
    sheet = Sheet(shelf, "", picture_address)
    hub = hub_view(shelf, kept, picture_address=picture_address)
    return hub, own_page(sheet, document)
