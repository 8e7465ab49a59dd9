"""Everything that releases do to the disk, in one place: what can fail, fails here."""

import ctypes
import os
import shutil
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_ONE_BY_ONE = 200
"""Above so many files one `syncfs` is quicker, although it also waits for what others write."""

_TOGETHER = 16

type Place = str | Path
"""A file or folder; a publication names a hundred of them, and a `Path` takes as long to make as
the system takes to find it."""

_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-32000",  # KiB: the tables of a hub of 15,000 files
    # What is deleted may be what was withdrawn: its bytes go too.
    "PRAGMA secure_delete=ON",
    # Copying the log into the database waits for a quiet moment, unless none ever comes.
    "PRAGMA wal_autocheckpoint=20000",
)


class Disk:
    """The steps that a crash or a full disk can come between."""

    def write(self, file: Place, body: bytes) -> None:
        """Write a file that is not durable yet."""
        try:
            _write(file, body)
        except FileNotFoundError:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            _write(file, body)

    def copy(self, source: Path, file: Path) -> None:
        """Copy a file of any size, which is not durable yet."""
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, file)

    def append(self, file: Path, body: bytes, *, at: int) -> None:
        """Let a file go on with these bytes and end there; return once that would survive."""
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            os.ftruncate(descriptor, at)
            os.lseek(descriptor, at, os.SEEK_SET)
            _write_all(descriptor, body)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def sync(self, paths: Sequence[Place]) -> None:
        """Return once these files and folders would survive a power cut."""
        if len(paths) > _ONE_BY_ONE and _sync_file_system(paths[0]):
            return
        if not paths:
            return
        # Together they wait for the disk's log once, or twice; one by one each waits for it.
        with ThreadPoolExecutor(min(len(paths), _TOGETHER)) as threads:
            for synced in [threads.submit(_sync, path) for path in paths]:
                synced.result()

    def move(self, source: Place, target: Place) -> None:
        """Give a file its name in one step, over whatever had it."""
        try:
            os.replace(source, target)  # noqa: PTH105 - see `Place`
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)  # noqa: PTH105 - see `Place`

    def remove(self, file: Path) -> None:
        file.unlink(missing_ok=True)

    def connect(self, file: Path) -> sqlite3.Connection:
        """Open the manifest; what a transaction wrote is durable when it is committed."""
        database = sqlite3.connect(file, timeout=20, check_same_thread=False)
        try:
            for setting in _SETTINGS:
                database.execute(setting)
        except sqlite3.Error:
            database.close()
            raise
        return database


def _write(file: Place, body: bytes) -> None:
    # What is opened as a file of Python's is asked four things that nobody here needs to know.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        _write_all(descriptor, body)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, body: bytes) -> None:
    left = memoryview(body)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync(path: Place) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_file_system(path: Place) -> bool:
    """Sync all of the file system that holds this; False where the system can't."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(path))
    finally:
        os.close(descriptor)
    return True
