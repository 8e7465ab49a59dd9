"""Bytes under their own hash: the same page in ten releases is one file."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.compression import compressed
from hub_site.releases.disk import Disk


class BlobStore:
    """Files named by the SHA-256 of what is in them.

    What is put waits in `incoming` and gets its name only once its bytes are durable: a file
    under its own hash is whole, also after a power cut.
    """

    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._disk = disk or Disk()
        self._fresh: set[str] = set()

    def file(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def compressed_file(self, digest: str) -> Path:
        return self._folder.parent / "compressed" / digest[:2] / f"{digest[2:]}.gz"

    def has(self, digest: str) -> bool:
        return digest in self._fresh or self.file(digest).is_file()

    def read(self, digest: str) -> bytes:
        fresh = digest in self._fresh
        return (self._incoming / digest if fresh else self.file(digest)).read_bytes()

    def put(self, body: bytes) -> str:
        """Keep these bytes and give their hash; durable only after `sync`."""
        digest = hashlib.sha256(body).hexdigest()
        if not self.has(digest):
            self._write(self._incoming / digest, body)
            self._fresh.add(digest)
        return digest

    def put_file(self, source: Path, digest: str) -> None:
        """Keep a file whose hash is known."""
        if self.has(digest):
            return
        try:
            body = source.read_bytes()
        except OSError as error:
            raise PressError(f"The press can't read {source}: {error}.") from error
        self._write(self._incoming / digest, body)
        self._fresh.add(digest)

    def sync(self, wanted: Iterable[str]) -> None:
        """Make these durable, the folders that name them included."""
        waiting = sorted(self._waiting(set(wanted)))
        if not waiting:
            return
        moves = [(self._incoming / digest, self.file(digest)) for digest in waiting]
        try:
            self._disk.sync([source for source, _ in moves])
            for source, target in moves:
                self._disk.move(source, target)
            self._disk.sync([*sorted({target.parent for _, target in moves}), self._folder])
        except OSError as error:
            raise self._unwritable(error) from error
        self._fresh.difference_update(waiting)

    def _waiting(self, wanted: set[str]) -> Iterator[str]:
        """What is not under its name yet, put by this process or by a worker that it started."""
        yield from self._fresh & wanted
        if self._incoming.is_dir():
            names = {file.name for file in self._incoming.iterdir()} & wanted - self._fresh
            yield from (name for name in names if not self.file(name).is_file())

    def compress(self, digest: str) -> None:
        """Keep a compressed variant beside the blob; it need not be durable, only whole."""
        target = self.compressed_file(digest)
        if target.is_file():
            return
        half_written = self._incoming / f"{digest}.gz"
        self._write(half_written, compressed(self.read(digest)))
        try:
            self._disk.move(half_written, target)
        except OSError as error:
            raise self._unwritable(error) from error

    def remove(self, digest: str) -> None:
        """Forget bytes and their compressed variant; the variant first, it has no other name."""
        try:
            self._disk.remove(self.compressed_file(digest))
            self._disk.remove(self._incoming / digest)
            self._disk.remove(self.file(digest))
        except OSError as error:
            raise self._unwritable(error) from error
        self._fresh.discard(digest)

    def shelf(self, number: int) -> list[str]:
        """The hashes in one of the 256 folders."""
        folder = self._folder / f"{number:02x}"
        return sorted(folder.name + file.name for file in _files_in(folder))

    def clear_leftovers(self, number: int, *, before: float) -> None:
        """Remove what a crash left: half a put from before a moment, variants without a blob."""
        waiting = _files_in(self._incoming) if number == 0 else []
        for file in waiting:
            if file.name not in self._fresh and file.stat().st_mtime < before:
                self._disk.remove(file)
        for file in _files_in(self._folder.parent / "compressed" / f"{number:02x}"):
            if not self.file(file.parent.name + file.stem).is_file():
                self._disk.remove(file)

    def __iter__(self) -> Iterator[str]:
        """The hash of everything kept."""
        for number in range(256):
            yield from self.shelf(number)

    def _write(self, file: Path, body: bytes) -> None:
        try:
            self._disk.write(file, body)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> PressError:
        return PressError(
            f"The press can't write in {self._folder}: {error.strerror or error}."
            " The release that is live stays; make room or mend permissions, the press tries again."
        )


def _files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
