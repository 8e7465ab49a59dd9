"""Prints what became another page, and the whole hub when its look changed."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hub_site.edition import THEME, Parts
from hub_site.errors import PressError
from hub_site.ledger import Entry
from hub_site.pieces import Piece, StagedPages, digest_of
from hub_site.printing.own import Before
from hub_site.releases import Put, Releases
from hub_site.render import Printed, Renderer
from hub_site.stage import StagedFolder, StagedPage

_TELL_EVERY = 200
_TIMELESS = datetime.fromtimestamp(0, UTC)


@dataclass
class Printer:
    """Turns sources into blobs; what was printed in one attempt is not printed in the next."""

    renderer: Renderer
    releases: Releases
    staged: StagedFolder
    report: Callable[[str], None]
    _printed: dict[tuple[str, str], str] = field(default_factory=dict)

    def print_parts(
        self,
        parts: Parts,
        *,
        wanted: Callable[[Piece], bool],
        kept: Sequence[StagedPage],
        config: str,
        made_at: datetime,
    ) -> list[Entry]:
        """Print the pieces that are wanted; the others keep the blob that they have."""
        pieces = [piece for piece in parts.pieces.values() if wanted(piece)]
        self._print([piece for piece in pieces if piece.is_page], kept=kept, config=config)
        blobs = {
            piece.subject: self._printed[config, piece.digest]
            if piece.is_page
            else self._put(piece)
            for piece in pieces
        }
        entries: list[Entry] = []
        for subject, piece in parts.pieces.items():
            blob = blobs[subject] if subject in blobs else parts.before[subject].blob
            # What depends on nothing holds at any moment.
            entries.append(piece.entry(blob, made_at=made_at if piece.keys else _TIMELESS))
        return entries

    def print_stored(
        self, entries: Sequence[Entry], config: str, *, unchanged: AbstractSet[str]
    ) -> list[Entry]:
        """Print pages once more from the staged tree: only the look is another one.

        What is their own is taken from the pages as they are, where their template is `unchanged`.
        """
        self._print(entries, kept=(), config=config, unchanged=unchanged)
        return [replace(each, blob=self._printed[config, each.digest]) for each in entries]

    def print_theme(self, config: str, digest: str) -> list[Entry]:
        """Print the theme's own templates, and copy its files."""
        files = {each.path: each.body for each in self.renderer.render_templates(config)}
        for path, file in self.renderer.assets.items():
            files.setdefault(path, file.read_bytes())
        return [
            _theme_entry(path, digest, blob=self.releases.blobs.put(body))
            for path, body in files.items()
        ]

    def _put(self, piece: Piece) -> str:
        """Keep what is in the hub as it is staged."""
        content = self.staged.content(piece.uri)
        if content is None:
            raise PressError(f"The staged page {piece.uri} is gone: run the build once more.")
        return self.releases.blobs.put(content)

    def _print(
        self,
        pieces: Sequence[Piece | Entry],
        *,
        kept: Sequence[StagedPage],
        config: str,
        unchanged: AbstractSet[str] = frozenset(),
    ) -> None:
        """Keep each page in the process that printed it, and remember under which hash."""
        todo = [each for each in pieces if (config, each.digest) not in self._printed]
        if not todo:
            return
        pages = StagedPages(self.staged, todo)
        before = Before(unchanged, lambda number: self._as_it_is(todo[number]))
        printed = self.renderer.put_pages(
            pages, config, kept=kept, before=before, put=self._put_page
        )
        for count, (piece, (path, put)) in enumerate(zip(todo, printed, strict=True), 1):
            live = piece.blob if isinstance(piece, Entry) else ""
            self._printed[config, piece.digest] = self.releases.take(path, put, live=live)
            if count % _TELL_EVERY == 0:
                self.report(f"Printed {count} of {len(todo)} changed pages")

    def _put_page(self, page: Printed) -> tuple[str, Put]:
        return page.path, self.releases.put_page(page.path, page.body, own=page.own)

    def _as_it_is(self, piece: Piece | Entry) -> bytes | None:
        """The page as the last release has it, where its bytes are there and sound."""
        if isinstance(piece, Piece):
            return None
        try:
            page = self.releases.blobs.read(piece.blob)
        except FileNotFoundError:
            return None
        return page if digest_of(page) == piece.blob else None


def _theme_entry(path: str, digest: str, *, blob: str) -> Entry:
    return Entry(
        subject=f"{THEME}{path}",
        path=path,
        uri="",
        source=None,
        digest=digest,
        blob=blob,
        keys=(),
        made_at=_TIMELESS,
        changes_at=None,
    )
