"""One press per home: two would print over each other."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub_site.errors import PressError


@contextmanager
def only_press(home: Path) -> Iterator[None]:
    """Hold the home while the press works; the lock goes with the process, however it ends."""
    file = home / "press.lock"
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = file.open("w", encoding="ascii")
    except OSError as error:
        raise PressError(f"The press can't write in {home}: {error}.") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PressError(
                f"Another press is at work in {home}: stop it first, or let it do the work."
            ) from error
        yield
