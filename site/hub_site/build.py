"""One build: what changed goes in, a complete release comes out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from hub_site.client import Newsroom
from hub_site.content.documents import SetAside
from hub_site.content.slips import Slip
from hub_site.content.store import DocumentStore, Position
from hub_site.database import Database
from hub_site.edition import KEPT, THEME, Edition, Parts
from hub_site.errors import PageError, PressError
from hub_site.fingerprints import code_fingerprint, fingerprints
from hub_site.handkept import KeptFolder
from hub_site.ledger import FORMAT, Entry, Ledger
from hub_site.looks import current_look
from hub_site.pages import EVERYTHING, Library, Subject
from hub_site.pictures import PictureStore
from hub_site.pieces import PICTURE, Piece, digest_of, shown_nowhere
from hub_site.printer import Printer
from hub_site.releases import Draft, Release, ReleaseFaultsError, Releases
from hub_site.render import Renderer
from hub_site.search import Follower
from hub_site.settings import PressSettings
from hub_site.sources import shell_of, source_of_page, source_of_template
from hub_site.stage import StagedFolder, staged_config
from hub_site.standing import Changes, Printed, Standing

type Report = Callable[[str], None]
_ATTEMPTS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a build came to."""

    release: Release
    is_new: bool  # False when the hub was already exactly like this
    set_aside: tuple[SetAside, ...]
    faulty_pages: tuple[str, ...]  # hand-kept pages that were left out, and why
    changes_at: datetime | None
    misses_pictures: bool


class Builder:
    """Keeps warm what builds share: the library, the renderer and the ledger of what was printed.

    A build that breaks off anywhere leaves the ledger as it was at the last release; the next
    build, of this process or another, starts from there.
    """

    def __init__(self, settings: PressSettings, newsroom: Newsroom, *, report: Report) -> None:
        settings.make_home()
        self.releases = open_releases(settings)
        self._look = current_look(settings, self.releases, report=report)
        self._settings = settings = self._look.settings
        self._newsroom = newsroom
        self._report = report
        self._renderer = Renderer(settings.staged_dir)
        self._staged = StagedFolder(settings.staged_dir)
        self._pictures = PictureStore(settings.media_dir)
        self._kept = KeptFolder(settings.pages_dir)
        self._database = Database(settings.documents_file)
        self._ledger = Ledger(self._database)
        self._library: Library | None = None
        self._made_with = fingerprints(settings)
        self.documents = DocumentStore(self._database)
        self.search = Follower(
            self._database, self._ledger, staged=self._staged, releases=self.releases, report=report
        )

    def is_outdated(self) -> bool:
        """A rollback began or ended: another builder prints with another theme."""
        return self._look.is_over(self.releases)

    def build(self, *, as_of: datetime) -> Build:
        """Print what changed; a document or page that can't be printed is set aside and named."""
        try:
            return self._build(as_of)
        except BaseException:
            # The library is ahead of what was remembered: it is filled again from there.
            self._library = None
            raise

    def _build(self, as_of: datetime) -> Build:
        started_at = datetime.now(UTC)
        standing = self._standing()
        if not _is_same_code(standing.marks):
            self.documents.read_anew()
        changed = self.documents.changed()
        edition = Edition(
            as_of=as_of,
            started_at=started_at,
            kept=self._kept.read(),
            library=self._library_at(as_of, changed, marks=standing.marks),
            ledger=self._ledger,
            store=self.documents,
            staged=self._staged,
            is_swept=standing.is_swept,
            report=self._report,
        )
        edition.waiting = self._doubtful(standing)
        printer = Printer(self._renderer, self.releases, self._staged, self._report)
        for _ in range(_ATTEMPTS):
            try:
                return self._attempt(edition, standing, printer=printer, changed=changed)
            except PageError as error:
                self._report(str(error))
                edition.blame(error)
        raise PressError(f"More than {_ATTEMPTS} pages can't be printed: look at the theme first.")

    def _standing(self) -> Standing:
        marks = self._ledger.marks()
        live = self.releases.manifest.live()
        is_same = live is not None and marks.get("release") == str(live.number)
        return Standing(marks, live, is_whole=not is_same, is_swept=self._staged.is_unfinished())

    def _library_at(
        self, as_of: datetime, changed: Mapping[str, Slip | None], *, marks: Mapping[str, str]
    ) -> Library:
        """The library at this moment, with every document in it that can be tried."""
        if not _is_same_code(marks):
            self._library = self._library_anew(as_of, marks)
            return self._library
        self._library = library = self._library or self._library_before(marks)
        for identity, slip in changed.items():
            library.remove(identity) if slip is None else library.put(slip)
        for slip in map(self.documents.slip, self._ledger.withheld()):
            if slip is not None:
                library.put(slip)
        library.advance(as_of)
        return library

    def _library_before(self, marks: Mapping[str, str]) -> Library:
        """The library as it was at the last release: what changed since is news to it."""
        library = Library(self.documents.document, as_of=datetime.fromisoformat(marks["as_of"]))
        library.reserve(json.loads(marks["taken"]))
        withheld = self._ledger.withheld()
        library.fill(slip for slip in self.documents.slips_before() if slip.id not in withheld)
        return library

    def _library_anew(self, as_of: datetime, marks: Mapping[str, str]) -> Library:
        """Another press wrote what is remembered: only the documents themselves are believed."""
        if marks.get("format") != FORMAT:
            self._ledger.forget()
        library = Library(self.documents.document, as_of=as_of)
        library.fill(self.documents.slips())
        library.traces.leave(EVERYTHING)
        return library

    def _doubtful(self, standing: Standing) -> set[Subject]:
        """Pages that are not, in the staged tree or as bytes, what the ledger says."""
        if not (standing.is_whole or standing.is_swept):
            return set()
        self._report("Looking at what an earlier build left")
        found = set[Subject]()
        for entry in self._ledger.all_entries():
            is_lost = standing.is_whole and not self.releases.blobs.has(entry.blob)
            if is_lost:
                standing.lost.add(entry.subject)
            if entry.subject.startswith(THEME):
                standing.prints_all |= is_lost
            elif not entry.subject.startswith(KEPT) and (
                is_lost or (standing.is_swept and self._is_other(entry))
            ):
                found.add(entry.subject)
        return found

    def _is_other(self, entry: Entry) -> bool:
        return digest_of(self._staged.content(entry.uri) or b"") != entry.digest

    def _attempt(
        self,
        edition: Edition,
        standing: Standing,
        *,
        printer: Printer,
        changed: Mapping[str, Slip | None],
    ) -> Build:
        self._staged.begin()
        parts = self._made(edition)
        hub = edition.hub()
        config = staged_config(hub, self._settings, shell=self._look.shell)
        look = standing.meet(
            {**self._made_with, "config": digest_of(config.encode())},
            own_keys=lambda: self._renderer.own_keys(config),
        )
        self._stage(parts, config, standing=standing)
        printed = self._print(edition, parts, printer=printer, config=config, standing=standing)
        with self._database.transaction():
            run = self._enter(edition, parts, printed, standing=standing)
            shell = shell_of(hub)
            release, is_new = self._release(edition, run, shell=shell, standing=standing)
            self._ledger.withhold(edition.failed)
            self._ledger.mark(
                **look,
                format=FORMAT,
                release=str(release.number),
                as_of=edition.as_of.isoformat(),
                taken=json.dumps(edition.taken()),
            )
            self.documents.settle(changed)
        self._tidy(run, standing=standing)
        turns = [turn for turn in (edition.library.next_turn(), self._ledger.next_turn()) if turn]
        return Build(
            release=release,
            is_new=is_new,
            set_aside=edition.set_aside(),
            faulty_pages=edition.faulty_pages(),
            changes_at=min(turns, default=None),
            misses_pictures=edition.misses_pictures,
        )

    def _made(self, edition: Edition) -> Parts:
        """Make all pages that may be others; pictures that can't be had are left out of them."""
        while True:
            self._report(f"Made {edition.make_pages()} pages")
            parts = edition.parts()
            wanted = {Path(path).stem for path in parts.new_pictures}
            failures = self._pictures.fetch(self._newsroom, wanted, report=self._report)
            if not failures:
                return parts
            edition.blame_pictures(failures)

    def _stage(self, parts: Parts, config: str, *, standing: Standing) -> None:
        """Stage what pages are printed with; removals wait until they are remembered."""
        if standing.prints_all or standing.is_swept:
            self._staged.configure(config)
        for path in parts.new_pictures:
            self._staged.link(path, self._pictures.file(Path(path).stem))

    def _print(
        self,
        edition: Edition,
        parts: Parts,
        *,
        printer: Printer,
        config: str,
        standing: Standing,
    ) -> Printed:
        """Print what was made and what looks otherwise."""

        def is_wanted(piece: Piece) -> bool:
            is_lost = piece.subject in standing.lost
            return standing.prints_all or is_lost or parts.is_fresh(piece)

        entries = printer.print_parts(
            parts,
            wanted=is_wanted,
            kept=edition.kept_staged(),
            config=config,
            made_at=edition.as_of,
        )
        if not standing.prints_all:
            return Printed(entries, (), (), datetime.now(UTC))
        known = parts.pieces.keys() | parts.gone
        others = [
            entry
            for entry in self._ledger.all_entries()
            if entry.uri.endswith(".md") and entry.subject not in known
        ]
        theme = printer.print_theme(config, self._made_with["theme"])
        reprinted = printer.print_stored(others, config, unchanged=standing.unchanged)
        return Printed(entries + theme, others, reprinted, datetime.now(UTC))

    def _enter(
        self, edition: Edition, parts: Parts, printed: Printed, *, standing: Standing
    ) -> Changes:
        """Write the ledger; give what that means for the files of the release."""
        before, gone = dict(parts.before), set(parts.gone)
        if standing.prints_all:
            theme = self._ledger.entries(self._ledger.subjects_with(THEME))
            before |= theme
            gone |= theme.keys() - {entry.subject for entry in printed.entries}
        known = self._ledger.still_needed([f"{PICTURE}{path}" for path in parts.new_pictures])
        self._ledger.write([e for e in printed.entries if before.get(e.subject) != e], gone)
        self._ledger.reprint({entry.subject: entry.blob for entry in printed.reprinted})
        needed = self._ledger.still_needed([f"{PICTURE}{path}" for path in parts.old_pictures])
        arrived = parts.new_pictures - {key.removeprefix(PICTURE) for key in known}
        left = parts.old_pictures - {key.removeprefix(PICTURE) for key in needed}
        uris = {entry.uri for entry in printed.entries}
        return Changes(
            before=before,
            entries=printed.entries,
            reprinted=printed.reprinted,
            blobs={entry.subject: entry.blob for entry in printed.others},
            printed_at=printed.at,
            arrived=arrived,
            left=left,
            unstaged=({entry.uri for entry in before.values() if entry.uri} | edition.orphans)
            - uris,
        )

    def _release(
        self, edition: Edition, run: Changes, *, shell: str, standing: Standing
    ) -> tuple[Release, bool]:
        """Hand over what changed; nothing to hand over and nothing to tell is no release."""
        live = standing.live
        position = self.documents.position() or Position("", "")
        files = self._all_files() if standing.is_whole else run.files()
        set_aside = edition.set_aside()
        told = json.dumps([{"publicId": a.public_id, "reason": a.reason} for a in set_aside])
        is_same = files == self.releases.live_files() if standing.is_whole else not files
        if (
            live is not None
            and is_same
            and (live.set_aside, live.look) == (told, self._look.digest)
        ):
            if (live.epoch, live.cursor) != (position.epoch, position.cursor):
                live = self.releases.manifest.reach(
                    live, epoch=position.epoch, cursor=position.cursor
                )
            return live, False
        for path in run.arrived:
            digest = Path(path).stem
            self.releases.blobs.put_file(self._pictures.file(digest), digest)
        draft = Draft(
            changes=files,
            is_whole=standing.is_whole,
            sources=self._sources(files, run, shell=shell, standing=standing),
            base=None if standing.is_whole or live is None else live.number,
            epoch=position.epoch,
            cursor=position.cursor,
            as_of=edition.as_of,
            started_at=edition.started_at,
            rendered_at=run.printed_at,
            pages=self._ledger.count_pages(),
            set_aside=told,
            look=self._look.digest,
        )
        self._report(f"Checking {len(files)} files and switching to them")
        try:
            return self.releases.activate(draft, tell=self._report), True
        except ReleaseFaultsError as error:
            raise self._first_culprit(error) from error

    def _all_files(self) -> dict[str, str | None]:
        files: dict[str, str | None] = {e.path: e.blob for e in self._ledger.all_entries()}
        for key in self._ledger.keys_with(PICTURE):
            path = key.removeprefix(PICTURE)
            files[path] = Path(path).stem
        return files | self.search.files()

    def _sources(
        self, files: Mapping[str, str | None], run: Changes, *, shell: str, standing: Standing
    ) -> dict[str, str]:
        """What each file is made from: see `Draft`."""
        changed = chain(run.entries, run.reprinted)
        entries = self._ledger.all_entries() if standing.is_whole else changed
        sources = {path: blob for path, blob in files.items() if blob}
        for entry in entries:
            if entry.subject.startswith(THEME):
                sources[entry.path] = source_of_template(entry.path, shell)
            elif entry.uri.endswith(".md"):
                sources[entry.path] = source_of_page(entry.digest, shell)
        return {path: source for path, source in sources.items() if path in files}

    def _first_culprit(self, error: ReleaseFaultsError) -> PressError:
        """The page to blame for a faulty release; the release itself when no page is."""
        for fault in error.faults:
            source = self._ledger.source_at(fault.path)
            if source is not None:
                return PageError(source, fault.reason)
        return error

    def _tidy(self, run: Changes, *, standing: Standing) -> None:
        """Remove what no page is staged or shown with any more."""
        for name in [*run.unstaged, *run.left]:
            self._staged.remove(name)
        roots = self._library.roots() if self._library is not None else []
        self._pictures.forget(shown_nowhere(run.left, roots, needed=self._ledger.still_needed))
        if standing.is_swept:
            pictures = {key.removeprefix(PICTURE) for key in self._ledger.keys_with(PICTURE)}
            uris = {entry.uri for entry in self._ledger.all_entries()}
            self._staged.sweep(uris | pictures)
            self._pictures.forget_all_but(Path(path).stem for path in pictures)
        self._staged.finish()


def _is_same_code(marks: Mapping[str, str]) -> bool:
    return (marks.get("format"), marks.get("code")) == (FORMAT, code_fingerprint())


def open_releases(settings: PressSettings) -> Releases:
    return Releases(
        settings.releases_dir,
        keep=settings.keep_releases,
        keep_for=timedelta(days=settings.keep_days),
    )
