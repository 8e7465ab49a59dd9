"""What one build works on: the pages that a change can touch, made, compared and made good."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from hub_site.content.documents import Document, File, Image, Rendition, SetAside, Style
from hub_site.content.store import DocumentStore
from hub_site.errors import PageError
from hub_site.handkept import HandKeptPages
from hub_site.ledger import Entry, Ledger
from hub_site.pages import HubView, Library, Subject, addresses_of, hub_view, parted
from hub_site.pieces import PICTURE, Piece, piece_of, pieces_kept
from hub_site.printing.forks import is_worth_sharing, shared_out
from hub_site.stage import StagedFolder, StagedPage

KEPT = "kept "
THEME = "theme "
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The made pages as files, beside what is known of them.

    Attributes:
        pieces: every page that was made, whether it became another one or not.
        before: what the ledger says of these and of the pages that are gone.
        gone: the pages that are no more.
        new_pictures: those that pages show now and none showed before, by their path.
        old_pictures: those that a page showed before and does not show now.
    """

    pieces: Mapping[Subject, Piece]
    before: Mapping[Subject, Entry]
    gone: frozenset[Subject]
    new_pictures: frozenset[str]
    old_pictures: frozenset[str]

    def is_fresh(self, piece: Piece) -> bool:
        return is_fresh(piece, self.before.get(piece.subject))


def is_fresh(piece: Piece, before: Entry | None) -> bool:
    """Whether it is another page than that of the last release."""
    return before is None or (before.digest, before.uri) != (piece.digest, piece.uri)


@dataclass(slots=True, kw_only=True)
class Edition:
    """One build under way: what it prints, and what turned out not to be printable.

    Pages are staged as they are made. A whole hub is made in several processes, and of each page
    no more than its piece stays in memory.
    """

    as_of: datetime
    started_at: datetime
    kept: HandKeptPages
    library: Library
    ledger: Ledger
    store: DocumentStore
    staged: StagedFolder
    is_swept: bool  # the staged tree may not be what the ledger says
    report: Callable[[str], None]
    waiting: set[Subject] = field(default_factory=set)  # to be made whatever was touched
    failed: dict[str, str] = field(default_factory=dict)
    misses_pictures: bool = False
    orphans: set[str] = field(default_factory=set)  # staged by an earlier attempt
    _made: dict[Subject, Piece | None] = field(default_factory=dict)
    _before: dict[Subject, Entry] = field(default_factory=dict)
    _written: set[str] = field(default_factory=set)
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # What did not come for the build before may come now.
        self.library.ground.missing.clear()

    def hub(self) -> HubView:
        return hub_view(self.library.ground, self._printable().pages)

    def _printable(self) -> HandKeptPages:
        pages = tuple(page for page in self.kept.pages if page.name not in self.failed)
        return HandKeptPages(pages, self.kept.errors)

    def taken(self) -> dict[str, str]:
        """The addresses that no document can have, each with whose it is."""
        return dict(addresses_of(self._printable().pages))

    def make_pages(self) -> int:
        """Make every page that may have become another one; say how many that were."""
        self.library.reserve(self.taken())
        touched = self.library.traces.take()
        subjects = self.waiting | self.ledger.affected(self.library, touched)
        # The ledger does not know yet what an earlier attempt of this build made.
        subjects |= {
            subject
            for subject, piece in self._made.items()
            if piece is not None and not touched.isdisjoint(piece.keys)
        }
        self._before |= self.ledger.entries(subjects - self._before.keys())
        ordered = self.library.in_time(subjects)
        # Where one of them can't be made, the others are still to do.
        self.waiting = subjects
        for count, (subject, piece) in enumerate(self._pieces(ordered), 1):
            self._take_in(subject, piece)
            self.waiting.discard(subject)
            if count % _TELL_EVERY == 0:
                self.report(f"Made {count} of {len(ordered)} pages")
        return len(ordered)

    def _pieces(self, subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Piece | None]]:
        is_shared = is_worth_sharing(len(subjects))

        def done(index: int) -> Piece | None:
            return self._make(subjects[index], is_kept=not is_shared)

        if is_shared:
            self.store.let_go()
        made = shared_out(len(subjects), done) if is_shared else map(done, range(len(subjects)))
        yield from zip(subjects, made, strict=True)

    def _make(self, subject: Subject, *, is_kept: bool) -> Piece | None:
        """Make a page and stage it if it became another one."""
        name, _, rest = parted(subject)[1].partition(" ")
        try:
            made = self.library.make(subject)
        except Exception as error:  # whatever is wrong with one document, the others go on
            if name != "own":
                raise
            raise PageError(rest, f"{type(error).__name__}: {error}") from error
        if made is None:
            return None
        piece, content = piece_of(subject, made, self.library.language)
        self._write(piece, content)
        return piece if is_kept else replace(piece, staged=None)

    def _write(self, piece: Piece, content: bytes) -> None:
        if self._is_to_write(piece):
            write = self.staged.mend if self.is_swept else self.staged.write
            write(piece.uri, content)

    def _is_to_write(self, piece: Piece) -> bool:
        is_other = is_fresh(piece, self._before.get(piece.subject))
        return self.is_swept or is_other or piece.uri in self._written

    def _take_in(self, subject: Subject, piece: Piece | None) -> None:
        earlier = self._made.get(subject)
        if earlier is not None:
            self.orphans.add(earlier.uri)
        if piece is not None:
            if self._is_to_write(piece):
                self._written.add(piece.uri)
            if piece.staged is None:
                # Pages need the same keys over and over; from other processes each comes anew.
                keys = tuple(self._keys.setdefault(key, key) for key in piece.keys)
                piece = replace(piece, keys=keys)
        self._made[subject] = piece

    def parts(self) -> Parts:
        """What was made, as files; hand-kept pages are looked at each time."""
        kept = {each[0].subject: each for each in pieces_kept(self._printable())}
        gone_kept = self.ledger.subjects_with(KEPT) - kept.keys()
        self._before |= self.ledger.entries((kept.keys() | gone_kept) - self._before.keys())
        for piece, content in kept.values():
            self._write(piece, content)
            self.orphans.add(piece.uri)
        pieces = {s: piece for s, piece in self._made.items() if piece is not None}
        pieces |= {subject: piece for subject, (piece, _) in kept.items()}
        gone = gone_kept | {subject for subject, piece in self._made.items() if piece is None}
        keys = {s: piece.keys for s, piece in pieces.items()}
        before = {s: entry.keys for s, entry in self._before.items()}
        return Parts(
            pieces=pieces,
            before=self._before,
            gone=frozenset(gone & self._before.keys()),
            new_pictures=_paths(self._not_there(_pictures_more(keys, before))),
            old_pictures=_paths(_pictures_more(before, keys)),
        )

    def _not_there(self, pictures: AbstractSet[str]) -> AbstractSet[str]:
        """Those of these that no page showed; all of them where what was there may be lost."""
        return pictures if self.is_swept else pictures - self.ledger.still_needed(pictures)

    def kept_staged(self) -> list[StagedPage]:
        return [piece.staged for piece, _ in pieces_kept(self._printable()) if piece.staged]

    def withhold(self, failures: Mapping[str, str]) -> None:
        """Take documents off the shelf until the next build."""
        for identity, reason in failures.items():
            self.failed[identity] = reason
            self.library.remove(identity)

    def blame(self, error: PageError) -> None:
        """Leave out what this page is made from; a page made from everything fails the build."""
        is_known = self.store.holds(error.source) or any(
            page.name == error.source for page in self.kept.pages
        )
        if not is_known or error.source in self.failed:
            raise error
        self.withhold({error.source: error.reason})

    def blame_pictures(self, failures: Mapping[str, str]) -> None:
        """Leave out the images of which a picture did not come.

        Of the house style only the logo: without it the hub still wears its own colours.
        """
        self.misses_pictures = True
        inputs = {key for piece in self._made.values() if piece for key in piece.keys}
        found: dict[str, str] = {}
        for identity in sorted(inputs):
            for rendition in self._files_of(identity):
                if rendition.hash in failures:
                    found.setdefault(identity, failures[rendition.hash])
        undressed = {name for name in found if self.library.find(Style, name)}
        if undressed:
            self.library.ground.do_without(failures)
        self.failed |= {name: found[name] for name in undressed}
        self.withhold({name: why for name, why in found.items() if name not in undressed})

    def _files_of(self, identity: str) -> Sequence[Rendition]:
        found = self.library.find(Document, identity)
        if isinstance(found, File):
            return (found.content,)
        if isinstance(found, Style):
            return [each.content for each in (found.logo, found.logo_dark) if each]
        return found.renditions if isinstance(found, Image) else ()

    def set_aside(self) -> tuple[SetAside, ...]:
        failed = [
            SetAside(name, why) for name, why in self.failed.items() if self.store.holds(name)
        ]
        return (*self.store.set_aside(), *self.library.set_aside(), *failed)

    def faulty_pages(self) -> tuple[str, ...]:
        names = {page.name for page in self.kept.pages}
        failed = [f"{name}: {why}" for name, why in self.failed.items() if name in names]
        return (*self.kept.errors, *failed)


def _pictures_more(
    these: Mapping[Subject, Sequence[str]], those: Mapping[Subject, Sequence[str]]
) -> set[str]:
    """The keys of pictures that a page has among these and not among those."""
    found = set[str]()
    for subject, held in these.items():
        others = those.get(subject, ())
        if held != others:
            found |= set(held).difference(others)
    return {key for key in found if key.startswith(PICTURE)}


def _paths(pictures: Iterable[str]) -> frozenset[str]:
    return frozenset(key.removeprefix(PICTURE) for key in pictures)
