"""Signs of life: each part writes one small file; the health page and the alarms read them all."""

import json
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cms.core.disk import is_full

EVERY_SECONDS = 1.0
SILENCE = {"press": 30.0, "clock": 15.0, "worker": 30.0}
"""How long a part may be silent: the worker is, while it makes one large picture ready."""
GONE_AFTER = 10.0
"""A process that ended is missed sooner; it gets this long to be started again."""
FULL = "There is no room left on the disk."


@dataclass(frozen=True)
class Heartbeat:
    """When a part last showed that it goes on with its work, and what keeps it from it."""

    part: str
    pid: int
    at: float
    host: str = ""
    trouble: str = ""

    def is_gone(self) -> bool:
        """Say whether the process ended; of another machine or container nothing is known."""
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


@dataclass(frozen=True)
class Silence:
    """A part that shows no sign of life, for so many seconds; None if it never showed one.

    Or one that lives and says what keeps it from its work.
    """

    part: str
    seconds: float | None
    trouble: str = ""


def silences(folder: Path, *, now: float) -> list[Silence]:
    """Return the parts that are silent for longer than they may be, ended, or can't work."""
    found = []
    for part, limit in SILENCE.items():
        beat = read_heartbeat(folder, part)
        if beat is None:
            found.append(Silence(part, None))
        elif now - beat.at > limit or (now - beat.at > GONE_AFTER and beat.is_gone()):
            found.append(Silence(part, now - beat.at))
        elif beat.trouble:
            found.append(Silence(part, now - beat.at, beat.trouble))
    return found


def write_heartbeat(folder: Path, part: str, *, trouble: str = "") -> None:
    """Show that this part is alive now; `trouble` is a sentence on what keeps it from its work.

    A full disk does not end it: who notices that, and calls somebody, has to live.
    """
    file, draft = folder / f"{part}.json", folder / f".{part}.{os.getpid()}"
    try:
        draft.write_bytes(_beat(trouble))
        draft.replace(file)
    except OSError as error:
        if not is_full(error):
            raise
        draft.unlink(missing_ok=True)
        # Where even that is refused, the part shows as silent, as one that can't work should.
        with suppress(OSError):
            _overwrite(file, _beat(trouble or FULL))


def _beat(trouble: str) -> bytes:
    held = {"pid": os.getpid(), "at": time.time(), "host": socket.gethostname()}
    return json.dumps({**held, "trouble": trouble}).encode("ascii")


def _overwrite(file: Path, beat: bytes) -> None:
    """Write into the room that a file has already, and fill up what was longer, in one write."""
    with file.open("r+b", buffering=0) as there:
        there.write(beat.ljust(file.stat().st_size))


def read_heartbeat(folder: Path, part: str) -> Heartbeat | None:
    """Return the last sign of life of a part, or None if there never was one."""
    try:
        held = json.loads((folder / f"{part}.json").read_text(encoding="ascii"))
        return Heartbeat(
            part=part,
            pid=int(held["pid"]),
            at=float(held["at"]),
            host=str(held.get("host", "")),
            trouble=str(held.get("trouble", "")),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def forget_heartbeats(folder: Path) -> None:
    """Start with a clean slate: a heartbeat of an earlier run says nothing of this one."""
    for path in folder.glob("*.json"):
        path.unlink(missing_ok=True)


class Pulse(threading.Event):
    """The stop signal of a part's loop; asking for it is the sign of life.

    A loop that hangs stops asking, and so shows as dead even while its process lives.
    """

    def __init__(self, folder: Path, part: str) -> None:
        super().__init__()
        self.folder = folder
        self.part = part
        self.trouble = ""
        self._next = 0.0

    def beat(self) -> None:
        """Write a heartbeat, at most once a second."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY_SECONDS
            write_heartbeat(self.folder, self.part, trouble=self.trouble)

    def note(self, trouble: str) -> None:
        """Tell with the next heartbeat what keeps this part from its work; empty is nothing."""
        self.trouble = trouble

    def is_set(self) -> bool:
        self.beat()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self.beat()
        return super().wait(timeout)
