"""A process that may die, or run out of space, between any two steps of keeping releases.

Run by tests: `python -m … kill FOLDER` or `full FOLDER` prints a ledger as JSON; `switch FOLDER`
makes release after release for others to read.
"""

import errno
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases import OF_THE_LOOK, Disk, Draft, Releases, Withdrawn

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CANARY = "Deze ene zin staat alleen in het stuk dat wordt ingetrokken."
DEAD = 41
EVERY_STEP = bool(os.environ.get("PLEIN_EVERY_STEP"))
"""A process, a day and a look at every byte for each step takes minutes: `make torture` does it."""
STRIDE = 1 if EVERY_STEP else 4
SWITCHES = 200 if EVERY_STEP else 80
PAGES = 12
type Texts = dict[str, str]
type Step = Callable[[str], None]


class HastyDisk(Disk):
    """Waits for no disk: what would be lost with the power is counted instead."""

    def sync(self, paths: Sequence[str | Path]) -> None:
        pass

    def connect(self, file: Path) -> sqlite3.Connection:
        database = super().connect(file)
        database.execute("PRAGMA synchronous=OFF")
        return database


class CountingDisk(HastyDisk):
    """Calls `step` before, in the middle of and after everything that changes the disk."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.unsynced: set[Path] = set()

    def write(self, file: str | Path, body: bytes) -> None:
        self.step("before a write")
        self.unsynced.add(Path(file))
        super().write(file, body[: len(body) // 2])
        self.step("half-way a write")
        super().write(file, body)

    def append(self, file: Path, body: bytes, *, at: int) -> None:
        self.step("before a write")
        super().append(file, body[: len(body) // 2], at=at)
        self.step("half-way a write")
        super().append(file, body, at=at)

    def sync(self, paths: Sequence[str | Path]) -> None:
        for path in paths:
            self.step("before a sync")
            self.unsynced.discard(Path(path))

    def move(self, source: str | Path, target: str | Path) -> None:
        self.step("before a move")
        super().move(source, target)
        if Path(source) in self.unsynced:
            self.unsynced.add(Path(target))

    def remove(self, file: Path) -> None:
        self.step("before a removal")
        super().remove(file)

    def connect(self, file: Path) -> sqlite3.Connection:
        database = super().connect(file)
        database.set_trace_callback(self._note)
        return database

    def _note(self, statement: str) -> None:
        word = statement.split(maxsplit=1)[0]
        if word not in {"SELECT", "PRAGMA"}:
            self.step(word)


class DyingDisk(CountingDisk):
    """Ends the process at one step; what was not made durable by then is lost by half."""

    def __init__(self, last: int) -> None:
        super().__init__(self._count)
        self._left = last

    def _count(self, _name: str) -> None:
        self._left -= 1
        if self._left < 0:
            for file in self.unsynced:
                if file.exists():
                    os.truncate(file, file.stat().st_size // 2)
            os._exit(DEAD)


class FillingDisk(CountingDisk):
    """Has no space left from one write on, until it is given some."""

    def __init__(self) -> None:
        super().__init__(self._count)
        self.left: int | None = None

    def _count(self, name: str) -> None:
        if self.left is None or name not in {"before a write", "half-way a write", "before a sync"}:
            return
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def open_at(folder: Path, disk: Disk | None = None) -> Releases:
    disk = disk or HastyDisk()
    return Releases(folder, keep=2, keep_for=timedelta(0), grace=timedelta(0), disk=disk)


def draft(releases: Releases, texts: Texts, *, look: str, is_whole: bool = True) -> Draft:
    changes = {path: releases.blobs.put(text.encode()) for path, text in texts.items()}
    style = releases.blobs.put(look.encode())
    return Draft(
        changes={**changes, "assets/hub.css": style},
        is_whole=is_whole,
        epoch="e",
        cursor="c",
        as_of=NOW,
        started_at=NOW,
        pages=len(texts),
        set_aside="[]",
        sources={**{path: path for path in texts}, "assets/hub.css": OF_THE_LOOK},
        look=look,
    )


def prepare(folder: Path) -> None:
    """Two releases that differ in look only, and a story that others link to."""
    releases = open_at(folder)
    for look in ("red", "blue"):
        releases.activate(draft(releases, texts_at(0, look), look=look))


def texts_at(state: int, look: str) -> Texts:
    """The hub before (0) and after (1) a publication, and after a withdrawal (2)."""
    head = f'<!-- {look} --><link rel="stylesheet" href="/assets/hub.css">'
    texts = {
        "404.html": f"{head}none",
        "a/index.html": f"{head}<p>a</p>",
        "gone/index.html": f"{head}<p>{CANARY}</p>",
        "index.html": f'{head}<a href="a/">a</a><a href="gone/">weg</a>',
    }
    if state:
        texts["new/index.html"] = f"{head}<p>nieuw</p>"
        texts["index.html"] += '<a href="new/">nieuw</a>'
    if state > 1:
        del texts["gone/index.html"]
        texts["index.html"] = texts["index.html"].replace('<a href="gone/">weg</a>', "")
    return texts


def live_through(releases: Releases, seen: Callable[[], None]) -> None:
    """A day of the press; may be begun again wherever it ended."""
    for state in (1, 2):
        texts = texts_at(state, "blue")
        releases.activate(draft(releases, texts, look="blue", is_whole=state > 1))
        seen()
    releases.purge([Withdrawn(public_id="gone", paths=("gone/index.html",), words=(CANARY,))])
    seen()
    oldest = releases.manifest.releases()[-1]
    if oldest.look == "red":
        releases.roll_back(oldest.number)
        seen()
        releases.lift_hold()
        releases.activate(draft(releases, texts_at(2, "blue"), look="blue"))
    seen()
    while releases.tend(1.0):
        pass
    seen()


def texts_of(releases: Releases) -> Texts:
    return {
        path: releases.blobs.read(digest).decode()
        for path, digest in sorted(releases.live_files().items())
    }


def wrong_after(folder: Path, allowed: Sequence[Texts]) -> list[str]:
    """What is not as it should be in a home that somebody else left behind."""
    releases = open_at(folder)
    wrong = [f"{fault.path}: {fault.reason}" for fault in releases.inspect().faults]
    if not wrong and texts_of(releases) not in allowed:
        wrong.append("the live release is none that was ever made")
    return wrong


def wrong_after_recovery(folder: Path, final: Texts) -> list[str]:
    releases = open_at(folder)
    live_through(releases, lambda: None)
    wrong = wrong_after(folder, [final])
    holders = [b for b in releases.blobs if CANARY.encode() in releases.blobs.read(b)]
    return wrong + [f"{blob} still holds what was withdrawn" for blob in holders]


def states_of(folder: Path) -> list[Texts]:
    """Every state that a day without trouble goes through."""
    prepare(folder)
    releases = open_at(folder)
    states = [texts_of(releases)]
    live_through(releases, lambda: states.append(texts_of(releases)))
    return states


def kill_everywhere(folder: Path) -> dict[str, object]:
    """Die at each step in turn, look at what is left, and go on from there."""
    states = states_of(folder / "clean")
    prepare(folder / "base")
    wrong: dict[int, list[str]] = {}
    kills, step, is_dead = 0, 0, True
    while is_dead:
        home = folder / "home"
        shutil.copytree(folder / "base", home)
        is_dead = _run_until(home, step)
        found = wrong_after(home, states) or wrong_after_recovery(home, states[-1])
        if found:
            wrong[step] = found
        shutil.rmtree(home)
        kills, step = kills + is_dead, step + STRIDE
    return {"kills": kills, "wrong": wrong}


def _run_until(home: Path, step: int) -> bool:
    child = os.fork()
    if child == 0:
        try:
            live_through(open_at(home, DyingDisk(step)), lambda: None)
        except BaseException as error:  # noqa: BLE001 - nothing of the parent's may run in a child
            sys.stderr.write(f"step {step}: {error!r}\n")
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in {0, DEAD}:
        raise RuntimeError(f"The day ended with {code} before step {step}.")
    return code == DEAD


def fill_everywhere(folder: Path) -> dict[str, object]:
    """Let each write in turn find the disk full, then give space and let the same press go on."""
    states = states_of(folder / "clean")
    wrong: dict[int, list[str]] = {}
    told: set[str] = set()
    times, step, is_full = 0, 0, True
    while is_full:
        home = folder / f"home{step}"
        prepare(home)
        disk = FillingDisk()
        releases = open_at(home, disk)
        disk.left = step
        try:
            live_through(releases, lambda: None)
            is_full = False
        except PressError as error:
            told.add(str(error).replace(str(home), "HOME"))
        found = wrong_after(home, states)
        disk.left = None
        live_through(releases, lambda: None)
        found += wrong_after_recovery(home, states[-1])
        if found:
            wrong[step] = found
        times, step = times + is_full, step + STRIDE
    return {"full": times, "wrong": wrong, "told": sorted(told)}


def fill_for_real(folder: Path) -> dict[str, object]:
    """Publish on a small file system until it is full; make room; publish again."""
    releases = open_at(folder / "home", Disk())
    ballast = folder / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    published, told = 0, ""
    while not told:
        try:
            publish_number(releases, published, size=20_000)
            published += 1
        except PressError as error:
            told = str(error)
    wrong = [fault.reason for fault in open_at(folder / "home").inspect().faults]
    live = releases.manifest.live_number()
    ballast.unlink()
    publish_number(releases, published, size=20_000)
    wrong += [fault.reason for fault in open_at(folder / "home").inspect().faults]
    after = releases.manifest.live_number()
    return {"published": published, "told": told, "live": live, "after": after, "wrong": wrong}


def publish_number(releases: Releases, number: int, *, size: int = 200) -> None:
    """A release in which every page names the same number."""
    texts = {f"p{page}/index.html": f"{number} {'x' * size} {page}" for page in range(PAGES)}
    texts |= {"index.html": f"{number} home", "404.html": f"{number} none"}
    releases.activate(draft(releases, texts, look=f"{number} look"))


def switch_often(folder: Path) -> dict[str, object]:
    releases = Releases(folder, keep=3, keep_for=timedelta(0))
    for number in range(1, SWITCHES + 1):
        publish_number(releases, number)
        releases.tend(0.001)
    return {"switches": SWITCHES}


def main() -> None:
    acts = {
        "kill": kill_everywhere,
        "full": fill_everywhere,
        "real": fill_for_real,
        "switch": switch_often,
    }
    ledger = acts[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(json.dumps(ledger) + "\n")


if __name__ == "__main__":
    main()
