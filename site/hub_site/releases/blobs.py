"""Bytes under their own hash: the same page in ten releases is one file."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from hub_site.errors import PressError


class BlobStore:
    """Files named by the SHA-256 of what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unsynced: list[Path] = []

    def file(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def read(self, digest: str) -> bytes:
        return self.file(digest).read_bytes()

    def put(self, body: bytes) -> str:
        """Keep these bytes and give their hash; durable only after `sync`."""
        digest = hashlib.sha256(body).hexdigest()
        file = self.file(digest)
        if not file.is_file():
            half_written = file.with_suffix(".part")
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                half_written.write_bytes(body)
                half_written.rename(file)
            except OSError as error:
                raise self._unwritable(error) from error
            self._unsynced.append(file)
        return digest

    def put_file(self, source: Path, digest: str) -> None:
        """Keep a file whose hash is known."""
        file = self.file(digest)
        if file.is_file():
            return
        half_written = file.with_suffix(".part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, half_written)
            half_written.rename(file)
        except OSError as error:
            raise self._unwritable(error) from error
        self._unsynced.append(file)

    def sync(self) -> None:
        """Make everything that was put durable, the folders that name it included."""
        folders = {file.parent for file in self._unsynced}
        try:
            for path in [*self._unsynced, *sorted(folders), self._folder]:
                if path.exists():
                    _fsync(path)
        except OSError as error:
            raise self._unwritable(error) from error
        self._unsynced.clear()

    def forget_all_but(self, wanted: Iterable[str]) -> None:
        keep = set(wanted)
        for file in self._folder.glob("??/*"):
            if file.parent.name + file.name not in keep:
                file.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> PressError:
        return PressError(f"The press can't write in {self._folder}: {error}.")


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
