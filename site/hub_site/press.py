"""The press: asks the newsroom what changed, prints it, and tells the newsroom what is live."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from threading import Event
from time import monotonic

from hub_site.build import Build, Builder, Report, open_releases
from hub_site.client import MOST_PATHS, Newsroom, Receipt
from hub_site.content.documents import SetAside
from hub_site.content.feed import FeedPage
from hub_site.content.store import is_of_the_newsroom, newsroom_id
from hub_site.errors import PressError
from hub_site.lock import only_press
from hub_site.releases import Release, Releases, WebRoot
from hub_site.releases.telling import mark_told, untold_in
from hub_site.settings import PressSettings
from hub_site.status import StatusFile, Step
from hub_site.withdrawn import withdrawn_from

_LOG = logging.getLogger(__name__)
_FIRST_RETRY = timedelta(seconds=2)
_LAST_RETRY = timedelta(seconds=60)
_HEARTBEAT_SECONDS = 1.0
_UPKEEP_SECONDS = 0.05
"""In each quiet turn; a publication that comes meanwhile waits no longer than this."""
_SEARCH_SECONDS = 0.5
"""In each turn, while many pages are new to search."""
_NAMES = {
    Step.FEED: "The newsroom",
    Step.BUILD: "The build",
    Step.SEARCH: "Bringing search up to date",
    Step.EXPORT: "The switch of the web server's files",
    Step.RECEIPT: "The receipt",
    Step.REMOVAL: "The removal",
    Step.UPKEEP: "The upkeep of releases",
}


def build_once(settings: PressSettings, *, report: Report = print) -> Build:
    """Read the feed, build, switch and tell the newsroom: what `plein build` does."""
    with only_press(settings.home), Newsroom(settings) as newsroom:
        builder = Builder(settings, newsroom, report=report)
        report("Reading what changed in the newsroom")
        builder.documents.apply(newsroom.feed(builder.documents.position()))
        build = builder.build(as_of=datetime.now(UTC))
        bring_web_root(settings, builder.releases)
        _record(builder, newsroom)
        builder.search.follow()
        bring_web_root(settings, builder.releases)
        while _purge(builder, seconds=inf, report=report):
            pass
        _tell_newsroom(builder, newsroom)
        builder.releases.blobs.settle()  # so that the press that comes next finds nothing to mend
        return build


def run_press(settings: PressSettings, stop: Event, *, report: Report = _LOG.info) -> None:
    """Print until `stop` is set; only a home that can't be used ends it earlier."""
    with only_press(settings.home), Newsroom(settings) as newsroom:
        status = StatusFile(settings.status_file)
        told = _with_heartbeat(status, report)
        while not stop.is_set():
            builder = Builder(settings, newsroom, report=told)
            press = Press(newsroom, builder, status, told, web_root_of(settings, builder.releases))
            while not stop.is_set() and not press.is_outdated():
                press.turn()
                press.rest(settings.poll_seconds, stop)
        status.write(state="stopped")


def web_root_of(settings: PressSettings, releases: Releases) -> WebRoot | None:
    """The files of a web server in front, where this installation has one."""
    if settings.web_root is None:
        return None
    return WebRoot(settings.web_root, releases.manifest, releases.blobs)


def bring_web_root(settings: PressSettings, releases: Releases) -> None:
    """Let a web server in front show what is live, at once."""
    web_root = web_root_of(settings, releases)
    if web_root is not None:
        web_root.follow()


def _with_heartbeat(status: StatusFile, report: Report) -> Callable[[str], None]:
    """A long build shows that it is alive each time it tells how far it is."""

    def told(sentence: str) -> None:
        report(sentence)
        status.write()

    return told


@dataclass
class Patience:
    """Waits a little longer after each failure, and not at all after a success."""

    until: datetime | None = None
    _step: timedelta = _FIRST_RETRY

    def lose(self) -> None:
        self.until = datetime.now(UTC) + self._step
        self._step = min(self._step * 2, _LAST_RETRY)

    def regain(self) -> None:
        self.until, self._step = None, _FIRST_RETRY

    def is_over(self) -> bool:
        return self.until is not None and datetime.now(UTC) >= self.until

    def is_due(self) -> bool:
        return self.until is None or self.is_over()


@dataclass
class Press:
    """The loop's memory between two turns."""

    newsroom: Newsroom
    builder: Builder
    status: StatusFile
    report: Report
    web_root: WebRoot | None = None
    _has_news: bool = True  # the theme or the press itself may be newer than the live release
    _is_printed: bool = False  # the live release holds what the newsroom last told
    _is_followed: bool = False  # search holds what the live release does
    _is_clean: bool = False  # search holds nothing that the live release does not
    _is_purging: bool = False
    _changes_at: datetime | None = None
    _rebuild: Patience = field(default_factory=Patience)
    _research: Patience = field(default_factory=Patience)
    _retell: Patience = field(default_factory=Patience)
    _problems: dict[Step, str] = field(default_factory=dict)
    _last_beat: float = 0.0

    def turn(self) -> None:
        """Look once: take in what changed, print if anything is due, tell the newsroom.

        A step that fails stands in the way of none of the others: what expires goes on time
        while the newsroom is down.
        """
        self._step(Step.FEED, self._take_in)
        if self._is_due():
            self._has_news, self._changes_at = False, None
            is_done = self._step(Step.BUILD, self._build)
            self._is_printed = is_done
            self._is_followed = self._is_clean = False
            if not is_done:
                self._rebuild.lose()
        elif self._is_printed:
            self._step(Step.UPKEEP, self._tend)
        self._export_live()
        self._tell_what_is_live()
        # Beside the switch: who waits for a publication does not wait for search.
        if self._is_printed and not self._is_followed and self._research.is_due():
            is_done = self._step(Step.SEARCH, self._follow)
            self._research.regain() if is_done else self._research.lose()
            self._export_live()
        if self._is_printed and self._is_clean:
            self._step(Step.REMOVAL, self._purge)
            self._tell_what_is_live()
        self._show()

    def _export_live(self) -> None:
        if self.web_root is not None:
            self._step(Step.EXPORT, self._export)

    def _tell_what_is_live(self) -> None:
        """Tell the newsroom what it does not know yet; after a failure not before some time."""
        if self._retell.is_due():
            is_told = self._step(Step.RECEIPT, lambda: _tell_newsroom(self.builder, self.newsroom))
            self._retell.regain() if is_told else self._retell.lose()

    def rest(self, seconds: float, stop: Event) -> None:
        """Until it is time to look again, search for what was withdrawn; else wait."""
        end = monotonic() + seconds
        while self._is_purging and self._is_clean and not stop.is_set():
            if monotonic() >= end or not self._step(Step.REMOVAL, self._purge):
                break
        stop.wait(max(0.0, end - monotonic()))

    def is_outdated(self) -> bool:
        """A rollback began or ended: start again with the other theme."""
        try:
            return self.builder.is_outdated()
        except PressError:  # the turn meets the same trouble and tells about it
            return False

    def _step(self, step: Step, act: Callable[[], None]) -> bool:
        try:
            act()
        except PressError as error:
            self._problems[step] = str(error)
        except Exception as error:  # noqa: BLE001  the press goes on and the status page says why
            _LOG.exception("%s failed unexpectedly.", _NAMES[step])
            self._problems[step] = f"{_NAMES[step]} failed unexpectedly: {error!r}."
        else:
            self._problems.pop(step, None)
            return True
        return False

    def _take_in(self) -> None:
        documents = self.builder.documents
        pages = self.newsroom.feed(documents.position())
        self._has_news |= documents.apply(self._told(pages))

    def _told(self, pages: Iterator[FeedPage]) -> Iterator[FeedPage]:
        """Show signs of life while a whole hub is read; a change or two need none."""
        for count, page in enumerate(pages, 1):
            if count > 1:
                self.report(f"Reading page {count} of the feed")
            yield page

    def _follow(self) -> None:
        try:
            self._is_followed = not self.builder.search.follow(_SEARCH_SECONDS)
        except Exception:
            if self.builder.documents.removed():
                # Better nothing to search in than something that was withdrawn.
                self.builder.search.take_off()
                self._is_clean = True
            raise
        self._is_clean = self._is_followed

    def _purge(self) -> None:
        # Until it ends well there is more to do, but not before the next turn.
        self._is_purging = False
        self._is_purging = _purge(self.builder, seconds=_UPKEEP_SECONDS, report=_LOG.info)

    def _export(self) -> None:
        if self.web_root is not None:
            self.web_root.follow()

    def _tend(self) -> None:
        self.builder.documents.tend()
        self.builder.releases.tend(_UPKEEP_SECONDS)

    def _is_due(self) -> bool:
        if self.builder.documents.position() is None:
            return False  # the newsroom has told nothing yet, and that is what is wrong
        turns = self._changes_at is not None and datetime.now(UTC) >= self._changes_at
        return self._has_news or turns or self._rebuild.is_over()

    def _build(self) -> None:
        # A build may take long. What is over by now is not wrong all that time, and a newsroom that
        # did not answer a moment ago for the first time, as when both start, may do so before it
        # ends: nobody is called for that.
        known = self.status.status.problems
        self._tell(
            {
                step: why
                for step, why in self._problems.items()
                if step != Step.FEED or step in known
            }
        )
        self.status.write(state="building")
        build = self.builder.build(as_of=datetime.now(UTC))
        self._changes_at = build.changes_at
        self._rebuild.lose() if build.misses_pictures else self._rebuild.regain()
        self.status.write(
            release=build.release.number,
            released_at=build.release.activated_at,
            set_aside=build.set_aside,
            faulty_pages=build.faulty_pages,
            changes_at=build.changes_at,
        )

    def _show(self) -> None:
        """Write problems and a heartbeat to the status, once a second while nothing changes."""
        problem = " ".join(self._problems.values()) or None
        is_same = problem == self.status.status.problem and self.status.status.state != "building"
        if is_same and monotonic() - self._last_beat < _HEARTBEAT_SECONDS:
            return
        self._tell(self._problems)

    def _tell(self, problems: Mapping[Step, str]) -> None:
        self._last_beat = monotonic()
        if problems:
            self.status.fail(problems)
        else:
            self.status.succeed()


def _purge(builder: Builder, *, seconds: float, report: Report) -> bool:
    """Purge what is not public any more from what is kept; the live release is without it.

    Returns:
        Whether there is more to do than there was time for.
    """
    removed = builder.documents.removed()
    withdrawn = [withdrawn_from(each) for each in removed]
    removals = builder.releases.purge(withdrawn, seconds=seconds)
    for removal in removals:
        builder.documents.forget_removed(removal.public_id)
        report(
            f"Purged {removal.public_id}: {len(removal.blobs)} files, from"
            f" {len(removal.releases)} releases; {removal.scanned} files searched,"
            f" {len(removal.still_said)} live pages still say something of it."
            f" It took {removal.seconds:g} s."
        )
    return len(removals) < len(removed)


def _tell_newsroom(builder: Builder, newsroom: Newsroom) -> None:
    """Tell what is live, then what is gone."""
    _record(builder, newsroom)
    manifest = builder.releases.manifest
    # The oldest first: of an item that lost a part and then left, the newsroom keeps the last.
    for removal in reversed(untold_in(manifest)):
        if is_of_the_newsroom(removal.public_id):
            newsroom.record_removal(replace(removal, public_id=newsroom_id(removal.public_id)))
        mark_told(manifest, removal)


def _record(builder: Builder, newsroom: Newsroom) -> None:
    """Tell the newsroom about the live release, unless it knows."""
    live = builder.releases.manifest.live()
    if live is None or live.is_recorded:
        return
    paths = builder.releases.manifest.changed_pages(live.number, MOST_PATHS)
    newsroom.record_release(_receipt(live, paths))
    builder.releases.manifest.mark_recorded(live.number)


def _receipt(release: Release, paths: Sequence[str]) -> Receipt:
    told = json.loads(release.set_aside)
    return Receipt(
        number=release.number,
        epoch=release.epoch,
        cursor=release.cursor,
        started_at=release.started_at,
        activated_at=release.activated_at,
        pages=release.pages,
        changed=release.changed,
        set_aside=tuple(SetAside(each["publicId"], each["reason"]) for each in told),
        rendered_at=release.rendered_at,
        paths=tuple(paths),
    )


def list_releases(settings: PressSettings) -> list[Release]:
    """The releases that are kept, the newest first; the first of them is live."""
    return open_releases(settings).manifest.releases()


def export(settings: PressSettings, folder: Path, *, audiences: Sequence[str] = ()) -> int:
    """Write the live release as a plain folder; give the number of files."""
    return open_releases(settings).export(folder, audiences=audiences)
