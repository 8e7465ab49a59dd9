"""What is made becomes a file of the staged tree and a line of the ledger."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import overload

from hub_site.content.documents import Language
from hub_site.errors import PressError
from hub_site.handkept import HandKeptPages
from hub_site.ledger import Entry
from hub_site.pages import MovedPage, Page, Subject, image_path
from hub_site.stage import (
    StagedFolder,
    StagedPage,
    moved_page,
    stage_kept,
    stage_page,
    staged_from,
)

PICTURE = "picture "


@dataclass(frozen=True)
class Piece:
    """One file of the staged tree, with `staged` None where it is printed as it stands."""

    subject: Subject
    uri: str
    output: str
    text: str
    source: str | None
    staged: StagedPage | None = None
    made_from: str = ""  # what counts besides its own text
    keys: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    changes_at: datetime | None = None

    @cached_property
    def digest(self) -> str:
        return digest_of(self.made_from + self.text)

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


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def piece_of(subject: Subject, made: Page | MovedPage, language: Language) -> Piece:
    if isinstance(made, MovedPage):
        name, text = f"{made.path}index.html", moved_page(made, language).decode()
        return Piece(subject, name, name, text, made.source)
    staged = stage_page(made)
    pictures = frozenset(image_path(rendition) for rendition in made.pictures)
    return Piece(
        subject,
        staged.uri,
        staged.output,
        staged.text,
        staged.source,
        staged=staged,
        keys=made.inputs | {f"{PICTURE}{path}" for path in pictures},
        pictures=pictures,
        changes_at=made.changes_at,
    )


def pieces_kept(kept: HandKeptPages) -> Iterator[Piece]:
    """Hand-kept pages know each other for their links: one that changes makes all of them anew."""
    pages = [stage_kept(page, kept) for page in kept.pages]
    together = "".join(f"{page.uri}\n{page.text}" for page in pages)
    for page in pages:
        yield Piece(
            f"kept {page.uri}",
            page.uri,
            page.output,
            page.text,
            page.source,
            staged=page,
            made_from=together,
        )


class StoredPages(Sequence[StagedPage]):
    """Staged pages read from the tree one by one: when the look changes, all are printed again."""

    def __init__(self, folder: StagedFolder, entries: Sequence[Entry]) -> None:
        self._folder = folder
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> StagedPage: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[StagedPage]: ...
    def __getitem__(self, index: int | slice) -> StagedPage | Sequence[StagedPage]:
        if isinstance(index, slice):
            return StoredPages(self._folder, self._entries[index])
        entry = self._entries[index]
        text = self._folder.text(entry.uri)
        if text is None:
            raise PressError(f"The staged page {entry.uri} is gone: run the build once more.")
        return staged_from(text, uri=entry.uri, source=entry.source)
