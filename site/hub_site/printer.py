"""Prints what became another page, and the whole hub when its look changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hub_site.edition import THEME, Parts
from hub_site.ledger import Entry
from hub_site.pages import Subject
from hub_site.pieces import Piece, StoredPages
from hub_site.releases import BlobStore
from hub_site.render import Renderer
from hub_site.stage import StagedFolder, StagedPage

_TELL_EVERY = 200
_TIMELESS = datetime.fromtimestamp(0, UTC)


@dataclass
class Printer:
    """Turns sources into blobs; what was printed in one attempt is not printed in the next."""

    renderer: Renderer
    blobs: BlobStore
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
        pieces = [piece for piece in parts.pieces.values() if piece.staged and wanted(piece)]
        self._print([(p.digest, p.staged) for p in pieces if p.staged], kept=kept, config=config)
        entries: list[Entry] = []
        for piece in parts.pieces.values():
            blob = self._printed.get((config, piece.digest))
            if piece.staged is None:
                blob = self.blobs.put(piece.text.encode())
            if blob is None:
                blob = parts.before[piece.subject].blob
            # What depends on nothing holds at any moment.
            entries.append(piece.entry(blob, made_at=made_at if piece.keys else _TIMELESS))
        return entries

    def print_stored(self, entries: Sequence[Entry], config: str) -> list[Entry]:
        """Print pages once more from the staged tree: only the look is another one."""
        todo = [entry for entry in entries if (config, entry.digest) not in self._printed]
        printed = self._put(StoredPages(self.staged, todo), kept=(), config=config)
        for entry, blob in zip(todo, printed, strict=True):
            self._printed[config, entry.digest] = blob
        return [replace(each, blob=self._printed[config, each.digest]) for each in entries]

    def print_theme(self, config: str, digest: str) -> list[Entry]:
        """Print the theme's own templates, and copy its files."""
        files = {each.path: each.body for each in self.renderer.render_templates(config)}
        for path, file in self.renderer.assets.items():
            files.setdefault(path, file.read_bytes())
        return [
            _theme_entry(path, digest, blob=self.blobs.put(body)) for path, body in files.items()
        ]

    def _print(
        self, sources: Iterable[tuple[str, StagedPage]], *, kept: Sequence[StagedPage], config: str
    ) -> None:
        todo = [(digest, page) for digest, page in sources if (config, digest) not in self._printed]
        pages = [page for _, page in todo]
        printed = self._put(pages, kept=kept, config=config)
        for (digest, _), blob in zip(todo, printed, strict=True):
            self._printed[config, digest] = blob

    def _put(
        self, pages: Sequence[StagedPage], *, kept: Sequence[StagedPage], config: str
    ) -> Iterator[str]:
        """Keep each page in the process that printed it; give the hash of each."""
        if not pages:
            return
        printed = self.renderer.put_pages(pages, config, kept=kept, put=self.blobs.put)
        for count, (_, blob) in enumerate(printed, 1):
            yield blob
            if count % _TELL_EVERY == 0:
                self.report(f"Printed {count} of {len(pages)} changed pages")


def _theme_entry(path: str, digest: str, *, blob: str) -> Entry:
    return Entry(
        subject=f"{THEME}{path}",
        path=path,
        uri="",
        source=None,
        digest=digest,
        blob=blob,
        keys=frozenset(),
        made_at=_TIMELESS,
        changes_at=None,
    )


def changes_between(
    before: Mapping[Subject, Entry], entries: Iterable[Entry]
) -> dict[str, str | None]:
    """What is at another address or another page; None where nothing is any more."""
    held = list(entries)
    paths = {entry.path for entry in held}
    changes: dict[str, str | None] = {
        entry.path: None for entry in before.values() if entry.path not in paths
    }
    blobs = {entry.path: entry.blob for entry in before.values()}
    for entry in held:
        if blobs.get(entry.path) != entry.blob:
            changes[entry.path] = entry.blob
    return changes
