"""What one build works on: the pages that a change can touch, made, compared and made good."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hub_site.content.documents import Image, SetAside
from hub_site.content.store import DocumentStore
from hub_site.errors import PageError
from hub_site.handkept import HandKeptPages
from hub_site.ledger import Entry, Ledger
from hub_site.pages import (
    HubView,
    MovedPage,
    Page,
    Shelf,
    Subject,
    addresses_of,
    hub_view,
    make,
)
from hub_site.pieces import PICTURE, Piece, piece_of, pieces_kept
from hub_site.stage import StagedPage

KEPT = "kept "
THEME = "theme "
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True)
class Parts:
    """The made pages as files, beside what is known of them.

    Attributes:
        pieces: every page that was made, whether it became another one or not.
        before: what the ledger says of these and of the pages that are gone.
        gone: the pages that are no more.
    """

    pieces: Mapping[Subject, Piece]
    before: Mapping[Subject, Entry]
    gone: frozenset[Subject]

    def is_fresh(self, piece: Piece) -> bool:
        before = self.before.get(piece.subject)
        return before is None or (before.digest, before.uri) != (piece.digest, piece.uri)

    def new_pictures(self) -> set[str]:
        """Pictures that a page shows now and did not show before, by their path."""
        return {
            path
            for piece in self.pieces.values()
            for path in piece.pictures - _pictures_in(self.before.get(piece.subject))
        }

    def old_pictures(self) -> set[str]:
        """Pictures that a page showed before and does not show now."""
        found: set[str] = set()
        for subject, entry in self.before.items():
            piece = self.pieces.get(subject)
            found |= _pictures_in(entry) - (piece.pictures if piece else frozenset())
        return found


def _pictures_in(entry: Entry | None) -> set[str]:
    keys = entry.keys if entry else frozenset[str]()
    return {key.removeprefix(PICTURE) for key in keys if key.startswith(PICTURE)}


@dataclass(slots=True)
class Edition:
    """One build under way: what it prints, and what turned out not to be printable."""

    as_of: datetime
    started_at: datetime
    kept: HandKeptPages
    shelf: Shelf
    ledger: Ledger
    store: DocumentStore
    report: Callable[[str], None]
    waiting: set[Subject] = field(default_factory=set)  # to be made whatever was touched
    failed: dict[str, str] = field(default_factory=dict)
    misses_pictures: bool = False
    _made: dict[Subject, Page | MovedPage | None] = field(default_factory=dict)

    def hub(self) -> HubView:
        return hub_view(self.shelf, self._printable().pages)

    def _printable(self) -> HandKeptPages:
        pages = tuple(page for page in self.kept.pages if page.name not in self.failed)
        return HandKeptPages(pages, self.kept.errors)

    def taken(self) -> dict[str, str]:
        """The addresses that no document can have, each with whose it is."""
        return dict(addresses_of(self._printable().pages))

    def make_pages(self) -> int:
        """Make every page that may have become another one; say how many that were."""
        self.shelf.reserve(self.taken())
        touched = self.shelf.take_touched()
        subjects = self.waiting | self.ledger.affected(self.shelf, touched)
        # The ledger does not know yet what an earlier attempt of this build made.
        subjects |= {
            subject
            for subject, page in self._made.items()
            if isinstance(page, Page) and not page.inputs.isdisjoint(touched)
        }
        self.waiting = set()
        for count, subject in enumerate(subjects, 1):
            self._made[subject] = self._make(subject)
            if count % _TELL_EVERY == 0:
                self.report(f"Made {count} of {len(subjects)} pages")
        return len(subjects)

    def _make(self, subject: Subject) -> Page | MovedPage | None:
        name, _, rest = subject.partition(" ")
        try:
            return make(self.shelf, subject)
        except Exception as error:  # whatever is wrong with one document, the others go on
            if name != "own":
                raise
            raise PageError(rest, f"{type(error).__name__}: {error}") from error

    def parts(self) -> Parts:
        """What was made, as files; hand-kept pages are looked at each time."""
        language = self.shelf.language
        made = {s: piece_of(s, page, language) for s, page in self._made.items() if page}
        kept = {piece.subject: piece for piece in pieces_kept(self._printable())}
        gone_kept = self.ledger.subjects_with(KEPT) - kept.keys()
        before = self.ledger.entries(self._made.keys() | kept.keys() | gone_kept)
        gone = gone_kept | {subject for subject, page in self._made.items() if page is None}
        return Parts(made | kept, before, frozenset(gone & before.keys()))

    def kept_staged(self) -> list[StagedPage]:
        return [piece.staged for piece in pieces_kept(self._printable()) if piece.staged]

    def withhold(self, failures: Mapping[str, str]) -> None:
        """Take documents off the shelf until the next build."""
        for identity, reason in failures.items():
            self.failed[identity] = reason
            self.shelf.remove(identity)

    def blame(self, error: PageError) -> None:
        """Leave out what this page is made from; a page made from everything fails the build."""
        is_known = self.store.holds(error.source) or any(
            page.name == error.source for page in self.kept.pages
        )
        if not is_known or error.source in self.failed:
            raise error
        self.withhold({error.source: error.reason})

    def blame_pictures(self, failures: Mapping[str, str]) -> None:
        """Leave out the images of which a picture did not come."""
        self.misses_pictures = True
        inputs = {each for page in self._pages() for each in page.inputs}
        found: dict[str, str] = {}
        for identity in sorted(inputs):
            image = self.shelf.find(Image, identity)
            for rendition in image.renditions if image else ():
                if rendition.hash in failures:
                    found.setdefault(identity, failures[rendition.hash])
        self.withhold(found)

    def _pages(self) -> Iterable[Page]:
        return (page for page in self._made.values() if isinstance(page, Page))

    def set_aside(self) -> tuple[SetAside, ...]:
        failed = [
            SetAside(name, why) for name, why in self.failed.items() if self.store.holds(name)
        ]
        return (*self.store.set_aside(), *self.shelf.set_aside(), *failed)

    def faulty_pages(self) -> tuple[str, ...]:
        names = {page.name for page in self.kept.pages}
        failed = [f"{name}: {why}" for name, why in self.failed.items() if name in names]
        return (*self.kept.errors, *failed)
