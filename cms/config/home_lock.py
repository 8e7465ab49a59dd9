"""One Plein per home: a second one would publish twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from cms.config.errors import AlreadyRunningError, HomeUnusableError, WrongUseError
from cms.config.home import Home


def refuse_without_hub(home: Home) -> None:
    """See that there is a hub here: without it a command would make an empty database."""
    if not (home.is_installed or home.is_demo):
        message = (
            f"{home.root} holds no hub. Name its folder in PLEIN_HOME, or make one there with"
            " `plein init`."
        )
        raise WrongUseError(message)


def ensure_writable(home: Home) -> None:
    """Make the home where it is missing; refuse where nothing can be written in it."""
    probe = home.root / f".writable.{os.getpid()}"
    try:
        home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.heartbeats.mkdir(exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        message = (
            f"Plein can't write in {home.root} ({error.strerror}). Mend its permissions, "
            "or name another folder in PLEIN_HOME."
        )
        raise HomeUnusableError(message) from error


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Hold the home for this process; the lock goes with the process, however it ends."""
    with home.lock.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            message = (
                f"Plein already runs on {home.root} (process {file.read().strip() or 'unknown'}). "
                "Stop that one first, or name another folder in PLEIN_HOME."
            )
            raise AlreadyRunningError(message) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
