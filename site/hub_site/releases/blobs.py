"""Bytes under their own hash: the same page in ten releases is one file."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.compression import compressed
from hub_site.releases.disk import Disk

SHELVES = 256
"""Folders, named by the first byte of a hash."""


class BlobStore:
    """Files named by the SHA-256 of what is in them.

    What is put waits in `incoming` and gets its name only once its bytes are durable: a file
    under its own hash is whole, also after a power cut.

    Attributes:
        times_filled: how many times this store put something in each folder.
    """

    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._disk = disk or Disk()
        self._fresh: set[str] = set()
        self.times_filled: Counter[int] = Counter()

    def file(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def compressed_file(self, digest: str) -> Path:
        return self._folder.parent / "compressed" / digest[:2] / f"{digest[2:]}.gz"

    def has(self, digest: str) -> bool:
        return digest in self._fresh or self.file(digest).is_file()

    def read(self, digest: str) -> bytes:
        if digest in self._fresh:
            with suppress(FileNotFoundError):  # a `sync` that stopped half-way named it already
                return (self._incoming / digest).read_bytes()
        return self.file(digest).read_bytes()

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
        self._give_names([(self._incoming / digest, self.file(digest)) for digest in waiting])
        self._fresh.difference_update(waiting)
        self.times_filled.update(int(digest[:2], 16) for digest in waiting)

    def _waiting(self, wanted: set[str]) -> Iterator[str]:
        """What is not under its name yet, put by this process or by a worker that it started."""
        yield from self._fresh & wanted
        if self._incoming.is_dir():
            names = {file.name for file in self._incoming.iterdir()} & wanted - self._fresh
            yield from (name for name in names if not self.file(name).is_file())

    def compress(self, digests: Iterable[str]) -> None:
        """Keep compressed variants beside the blobs; those that went meanwhile need none."""
        moves: list[tuple[Path, Path]] = []
        for digest in digests:
            target, half_written = self.compressed_file(digest), self._incoming / f"{digest}.gz"
            if target.is_file() or not self.has(digest):
                continue
            self._write(half_written, compressed(self.read(digest)))
            moves.append((half_written, target))
        self._give_names(moves)

    def _give_names(self, moves: Sequence[tuple[Path, Path]]) -> None:
        try:
            # One that stopped half-way named some already: then their folders are still to do.
            waiting = [(source, target) for source, target in moves if source.exists()]
            self._disk.sync([source for source, _ in waiting])
            for source, target in waiting:
                self._disk.move(source, target)
            folders = {target.parent for _, target in moves}
            self._disk.sync(sorted(folders | {folder.parent for folder in folders}))
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
        """The hashes in one of the folders."""
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
        for number in range(SHELVES):
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
