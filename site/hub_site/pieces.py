"""What is made becomes a file of the staged tree, and as little of it as can be stays in memory."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import overload

from hub_site.content.documents import Language
from hub_site.errors import PressError
from hub_site.handkept import HandKeptPages
from hub_site.ledger import Entry
from hub_site.pages import IMAGES, Made, MovedPage, OutwardFile, Subject
from hub_site.stage import (
    StagedFolder,
    StagedPage,
    moved_page,
    stage_kept,
    stage_page,
    staged_from,
)

PICTURE = "picture "


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of the staged tree.

    Attributes:
        is_page: whether it is printed; else its bytes are in the hub as they are staged.
        staged: the page itself, while there is room for it; else it is read from the tree.
        keys: what it depends on, its pictures included, in order.
    """

    subject: Subject
    uri: str
    output: str
    source: str | None
    digest: str
    is_page: bool = True
    staged: StagedPage | None = None
    keys: tuple[str, ...] = ()
    changes_at: datetime | None = None

    def entry(self, blob: str, *, made_at: datetime) -> Entry:
        return Entry(
            subject=self.subject,
            path=self.output,
            uri=self.uri,
            source=self.source,
            digest=self.digest,
            blob=blob,
            keys=self.keys,
            made_at=made_at,
            changes_at=self.changes_at,
        )


def shown_nowhere(
    left: Iterable[str], roots: Sequence[str], *, needed: Callable[[set[str]], set[str]]
) -> set[str]:
    """The hashes of those of these pictures, by path, that no page of any tree shows any more."""
    names = {path[path.index(IMAGES) :] for path in left}
    held = needed({f"{PICTURE}{root}{name}" for name in names for root in roots})
    return {Path(name).stem for name in names} - {Path(key).stem for key in held}


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def piece_of(subject: Subject, made: Made, language: Language) -> tuple[Piece, bytes]:
    """A page as a piece, and what is staged for it."""
    if isinstance(made, OutwardFile):
        content = made.text.encode()
        return _outward_piece(subject, made, content), content
    if isinstance(made, MovedPage):
        name, content = f"{made.path}index.html", moved_page(made, language)
        piece = Piece(
            subject=subject,
            uri=name,
            output=name,
            source=made.source,
            digest=digest_of(content),
            is_page=False,
        )
        return piece, content
    staged = stage_page(made)
    content = staged.content
    pictures = {f"{PICTURE}{path}" for path in made.pictures}
    piece = Piece(
        subject=subject,
        uri=staged.uri,
        output=staged.output,
        source=staged.source,
        digest=digest_of(content),
        staged=staged,
        keys=tuple(sorted(made.inputs | pictures)),
        changes_at=made.changes_at,
    )
    return piece, content


def _outward_piece(subject: Subject, made: OutwardFile, content: bytes) -> Piece:
    return Piece(
        subject=subject,
        uri=made.path,
        output=made.path,
        source=made.source,
        digest=digest_of(content),
        is_page=False,
        keys=tuple(sorted(made.inputs)),
        changes_at=made.changes_at,
    )


@lru_cache(maxsize=2)
def pieces_kept(kept: HandKeptPages) -> Sequence[tuple[Piece, bytes]]:
    """Hand-kept pages know each other for their links: one that changes makes all of them anew."""
    staged = [stage_kept(page, kept) for page in kept.pages]
    pages = [(page, page.content) for page in staged]
    together = b"".join(b"%b\n%b" % (page.uri.encode(), content) for page, content in pages)
    return [(_piece_kept(page, together + content), content) for page, content in pages]


def _piece_kept(page: StagedPage, made_of: bytes) -> Piece:
    return Piece(
        subject=f"kept {page.uri}",
        uri=page.uri,
        output=page.output,
        source=page.source,
        digest=digest_of(made_of),
        staged=page,
    )


class StagedPages(Sequence[StagedPage]):
    """Pages to print, read from the staged tree one by one where they are not in memory."""

    def __init__(self, folder: StagedFolder, pieces: Sequence[Piece | Entry]) -> None:
        self._folder = folder
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    @overload
    def __getitem__(self, index: int) -> StagedPage: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[StagedPage]: ...
    def __getitem__(self, index: int | slice) -> StagedPage | Sequence[StagedPage]:
        if isinstance(index, slice):
            return StagedPages(self._folder, self._pieces[index])
        piece = self._pieces[index]
        if isinstance(piece, Piece) and piece.staged is not None:
            return piece.staged
        content = self._folder.content(piece.uri)
        if content is None:
            raise PressError(f"The staged page {piece.uri} is gone: run the build once more.")
        return staged_from(content, uri=piece.uri, source=piece.source)
