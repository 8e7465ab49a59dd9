"""One build: documents and a moment go in, a complete release comes out."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from hub_site.client import Newsroom
from hub_site.content.documents import Document, Image, Rendition, SetAside
from hub_site.content.parsing import Parsed
from hub_site.content.store import DocumentStore, Position
from hub_site.errors import PageError, PressError
from hub_site.finished import FinishedPages
from hub_site.handkept import HandKeptPages, read_pages
from hub_site.pages import Site, compose, image_path
from hub_site.pictures import PictureStore
from hub_site.releases import Draft, Release, ReleaseFaultsError, Releases
from hub_site.render import Renderer
from hub_site.settings import PressSettings
from hub_site.sources import sources_of
from hub_site.stage import StagedTree, stage, write_tree

type Report = Callable[[str], None]
_ATTEMPTS = 25
_TELL_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a build came to."""

    release: Release
    is_new: bool  # False when the hub was already exactly like this
    set_aside: tuple[SetAside, ...]
    faulty_pages: tuple[str, ...]  # hand-kept pages that were left out, and why
    changes_at: datetime | None
    misses_pictures: bool


@dataclass(slots=True)
class _Run:
    """One build under way: what it prints from, and what turned out not to be printable."""

    as_of: datetime
    started_at: datetime
    parsed: Parsed
    kept: HandKeptPages
    failed: dict[str, str] = field(default_factory=dict)
    misses_pictures: bool = False

    def printable(self) -> tuple[list[Document], HandKeptPages]:
        documents = [each for each in self.parsed.documents if each.id not in self.failed]
        pages = tuple(page for page in self.kept.pages if page.name not in self.failed)
        return documents, HandKeptPages(pages, self.kept.errors)

    def blame(self, error: PageError) -> None:
        """Leave out what this page is made from; a page made from everything fails the build."""
        names = {each.id for each in self.parsed.documents} | {p.name for p in self.kept.pages}
        if error.source not in names or error.source in self.failed:
            raise error
        self.failed[error.source] = error.reason

    def blame_pictures(self, failures: Mapping[str, str]) -> None:
        self.misses_pictures = True
        for document in self.parsed.documents:
            if isinstance(document, Image):
                reasons = [failures[r.hash] for r in document.renditions if r.hash in failures]
                if reasons:
                    self.failed[document.id] = reasons[0]

    def set_aside(self, site: Site) -> tuple[SetAside, ...]:
        identities = {each.id for each in self.parsed.documents}
        failed = [SetAside(name, why) for name, why in self.failed.items() if name in identities]
        return (*self.parsed.set_aside, *site.set_aside, *failed)

    def faulty_pages(self) -> tuple[str, ...]:
        names = {page.name for page in self.kept.pages}
        failed = [f"{name}: {why}" for name, why in self.failed.items() if name in names]
        return (*self.kept.errors, *failed)


class Builder:
    """Keeps warm what builds share: the renderer, and what was learnt about finished pages."""

    def __init__(self, settings: PressSettings, newsroom: Newsroom, *, report: Report) -> None:
        make_home(settings.home)
        self._settings = settings
        self._newsroom = newsroom
        self._report = report
        self._renderer = Renderer(settings.staged_dir)
        self._pictures = PictureStore(settings.media_dir)
        self._assets: dict[str, str] = {}
        self._finished = FinishedPages()
        self.documents = DocumentStore(settings.documents_file)
        self.releases = Releases(settings.releases_dir, keep=settings.keep_releases)

    def build(self, *, as_of: datetime) -> Build:
        """Build everything; a document or page that can't be printed is set aside and named."""
        parsed, kept = self.documents.read(), read_pages(self._settings.pages_dir)
        run = _Run(as_of, datetime.now(UTC), parsed, kept)
        for _ in range(_ATTEMPTS):
            try:
                return self._attempt(run)
            except PageError as error:
                self._report(str(error))
                run.blame(error)
        raise PressError(f"More than {_ATTEMPTS} pages can't be printed: look at the theme first.")

    def _attempt(self, run: _Run) -> Build:
        site, kept = self._compose(run)
        pictures = {image_path(r): self._pictures.file(r.hash) for r in _pictures_of(site)}
        tree = stage(site, kept, pictures=pictures, settings=self._settings)
        write_tree(tree, self._settings.staged_dir)
        files = self._print(tree)
        release, is_new = self._release(run, site, tree=tree, files=files)
        return Build(
            release=release,
            is_new=is_new,
            set_aside=run.set_aside(site),
            faulty_pages=run.faulty_pages(),
            changes_at=site.changes_at,
            misses_pictures=run.misses_pictures,
        )

    def _compose(self, run: _Run) -> tuple[Site, HandKeptPages]:
        """Make all pages; pictures that can't be had are left out of them."""
        while True:
            documents, kept = run.printable()
            self._report(f"Composing the hub from {len(documents)} documents")
            site = compose(documents, as_of=run.as_of, kept=kept.pages)
            wanted = _pictures_of(site)
            failures = self._pictures.fetch(self._newsroom, wanted, report=self._report)
            if not failures:
                return site, kept
            run.blame_pictures(failures)

    def _print(self, tree: StagedTree) -> dict[str, str]:
        """Render every page into a blob; give the hash of each path."""
        blobs = self.releases.blobs
        files = self._finished.still_good(tree, blobs)
        skip = {page.uri for page in tree.pages if page.output in files}
        for count, printed in enumerate(self._renderer.render(tree, skip=skip), 1):
            files[printed.path] = blobs.put(printed.body)
            if count % _TELL_EVERY == 0:
                self._report(f"Printed {count} of {len(tree.pages) - len(skip)} changed pages")
        self._finished.remember(tree, files)
        files |= {path: blobs.put(body) for path, body in tree.files.items()}
        for path, picture in tree.pictures.items():
            blobs.put_file(picture, picture.name)
            files[path] = picture.name
        return self._theme_assets() | files

    def _theme_assets(self) -> dict[str, str]:
        assets = self._renderer.assets
        if not self._assets:
            self._assets = {path: self._put_asset(file) for path, file in assets.items()}
        return self._assets

    def _put_asset(self, file: Path) -> str:
        return self.releases.blobs.put(file.read_bytes())

    def _release(
        self, run: _Run, site: Site, *, tree: StagedTree, files: Mapping[str, str]
    ) -> tuple[Release, bool]:
        position = self.documents.position() or Position("", "")
        live = self.releases.manifest.live()
        is_same_place = live is not None and (live.epoch, live.cursor) == _place(position)
        if live is not None and is_same_place and self.releases.live_files() == files:
            return live, False
        told = [{"publicId": each.public_id, "reason": each.reason} for each in run.set_aside(site)]
        draft = Draft(
            changes=files,
            is_whole=True,
            sources=sources_of(tree, site.hub, files),
            epoch=position.epoch,
            cursor=position.cursor,
            as_of=run.as_of,
            started_at=run.started_at,
            pages=len(tree.pages),
            set_aside=json.dumps(told),
        )
        try:
            release = self.releases.activate(draft)
        except ReleaseFaultsError as error:
            raise _first_culprit(error, tree) from error
        self._forget_unused_pictures(run.parsed.documents)
        return release, True

    def _forget_unused_pictures(self, documents: Iterable[Document]) -> None:
        images = [document for document in documents if isinstance(document, Image)]
        self._pictures.forget_all_but(r.hash for image in images for r in image.renditions)


def make_home(home: Path) -> None:
    """Make the press's home, or say what stands in the way."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PressError(f"The press can't write in {home}: {error}.") from error


def _pictures_of(site: Site) -> set[Rendition]:
    return {rendition for page in site.pages for rendition in page.pictures}


def _place(position: Position) -> tuple[str, str]:
    return position.epoch, position.cursor


def _first_culprit(error: ReleaseFaultsError, tree: StagedTree) -> PressError:
    """The page to blame for a faulty release; the release itself when no page is."""
    sources = {page.output: page.source for page in tree.pages if page.source}
    for fault in error.faults:
        source = sources.get(fault.path)
        if source is not None:
            return PageError(source, fault.reason)
    return error
