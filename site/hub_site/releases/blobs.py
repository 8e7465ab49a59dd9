"""Bytes under their own hash: the same page in ten releases is one file."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from hub_site.errors import PressError
from hub_site.releases.compression import compressed
from hub_site.releases.disk import Disk, Place
from hub_site.releases.journal import Journal

SHELVES = 256
"""Folders, named by the first byte of a hash."""
_ROOM = 8_000_000
"""Bytes that wait in memory, which is a publication and more; others wait in `incoming`."""
_LONGEST_JOURNAL = 32_000_000
_PIECE = 8_000_000
"""Bytes of a film that are looked at together; whatever else there is, is smaller."""


class BlobStore:
    """Files named by the SHA-256 of what is in them.

    What is put waits, and gets its name only once its bytes are durable, in the file itself or in
    a journal. A file that a power cut tore is read from there, and mended before this store makes
    anything else durable: so a file under its own hash is whole. One process at a time may put.

    Attributes:
        times_filled: how many times this store put something in each folder.
    """

    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        self._folder = folder
        self._root = str(folder)
        self._incoming = folder / "incoming"
        self._disk = disk or Disk()
        self._journal = Journal(folder / "journal", self._disk)
        self._owner = os.getpid()
        self._fresh: set[str] = set()
        self._held: dict[str, bytes] = {}
        self._room = _ROOM
        self._is_mended = False
        self._unsettled: set[str] = set()  # named, and durable nowhere but in the journal
        self.times_filled: Counter[int] = Counter()

    def file(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def _place(self, digest: str) -> str:
        """The same, sooner: see `Place`."""
        return f"{self._root}/{digest[:2]}/{digest[2:]}"

    def _waiting_place(self, digest: str) -> str:
        return f"{self._root}/incoming/{digest}"

    def compressed_file(self, digest: str) -> Path:
        return self._folder.parent / "compressed" / digest[:2] / f"{digest[2:]}.gz"

    def has(self, digest: str) -> bool:
        is_waiting = digest in self._held or digest in self._fresh
        return is_waiting or os.path.isfile(self._place(digest))  # noqa: PTH113 - see `Place`

    def read(self, digest: str) -> bytes:
        if digest in self._held:
            return self._held[digest]
        if digest in self._fresh:
            with suppress(FileNotFoundError):  # a `sync` that stopped half-way named it already
                return (self._incoming / digest).read_bytes()
        torn = self._torn.get(digest)
        if torn is not None:
            return torn
        with open(self._place(digest), "rb", buffering=0) as opened:  # noqa: PTH123 - see `Place`
            return opened.read()

    def pieces(self, digest: str, *, overlap: int = 0) -> Iterator[bytes]:
        """The bytes in pieces, so that a film never is in memory whole.

        Args:
            digest: Of what is kept.
            overlap: So many bytes of each piece come again in the next.

        Raises:
            FileNotFoundError: They are not there.
        """
        file = self.file(digest)
        if digest in self._held or not file.is_file() or file.stat().st_size <= _PIECE:
            yield self.read(digest)
            return
        with file.open("rb") as opened:
            piece = opened.read(_PIECE)
            while piece:
                yield piece
                more = opened.read(_PIECE - overlap)
                piece = piece[len(piece) - overlap :] + more if more else b""

    @cached_property
    def _torn(self) -> Mapping[str, bytes]:
        """What the files are to hold that a power cut tore before this process began."""
        if self._is_mended:
            return {}
        journal = Journal(self._folder / "journal", self._disk)
        return {name: body for name, body in journal.read().items() if self._is_torn(name, body)}

    def _is_torn(self, digest: str, body: bytes) -> bool:
        try:
            return self.file(digest).read_bytes() != body
        except FileNotFoundError:
            return True

    def put(self, body: bytes) -> str:
        """Keep these bytes and give their hash; durable only after `sync`."""
        digest = hashlib.sha256(body).hexdigest()
        if not self.has(digest):
            # What another process holds in memory comes to nobody.
            if os.getpid() != self._owner or len(body) > self._room:
                self._write(self._waiting_place(digest), body)
                self._fresh.add(digest)
            else:
                self._held[digest] = body
                self._room -= len(body)
        return digest

    def put_file(self, source: Path, digest: str) -> None:
        """Keep a file whose hash is known."""
        if self.has(digest):
            return
        try:
            self._disk.copy(source, self._incoming / digest)
        except OSError as error:
            raise PressError(
                f"The press can't copy {source} to {self._incoming}: {error.strerror or error}."
                " The release that is live stays; make room or mend permissions, the press tries"
                " again."
            ) from error
        self._fresh.add(digest)

    def sync(self, wanted: Iterable[str]) -> None:
        """Make these durable, the folders that name them included."""
        waiting = sorted(self._waiting(set(wanted)))
        if not waiting:
            return
        held = {digest: self._held[digest] for digest in waiting if digest in self._held}
        others = [digest for digest in waiting if digest not in held]
        self._give_names([(self._waiting_place(each), self._place(each)) for each in others])
        self._fresh.difference_update(others)
        try:
            self._name(held)
        except OSError as error:
            raise self._unwritable(error) from error
        self.times_filled.update(int(digest[:2], 16) for digest in waiting)
        if self._journal.size > _LONGEST_JOURNAL:
            self.settle()

    def _waiting(self, wanted: set[str]) -> Iterator[str]:
        """What is not under its name yet, put by this process or by a worker that it started."""
        known = self._fresh | self._held.keys()
        yield from known & wanted
        if self._incoming.is_dir():
            names = set(os.listdir(self._incoming)) & wanted - known  # noqa: PTH208 - see `Place`
            yield from (name for name in names if not self.has(name))

    def _name(self, bodies: Mapping[str, bytes]) -> None:
        """Make bytes durable in the journal, then give them their own files, without waiting."""
        if not bodies:
            return
        self._mend()
        self._journal.add(bodies)
        self._unsettled.update(bodies)
        self._write_files(bodies)
        for digest, body in bodies.items():
            if self._held.pop(digest, None) is not None:
                self._room += len(body)

    def _write_files(self, bodies: Mapping[str, bytes]) -> None:
        for digest, body in bodies.items():
            half_written = self._waiting_place(digest)
            self._disk.write(half_written, body)
            self._disk.move(half_written, self._place(digest))

    def _mend(self) -> None:
        """Write what a power cut tore once more; from here on the journal is this store's."""
        if self._is_mended:
            return
        held = self._journal.read()
        self._write_files({name: body for name, body in held.items() if self._is_torn(name, body)})
        self._unsettled.update(held)
        self._is_mended = True

    def recover(self) -> None:
        """Begin where the store before this one ended: for the process that puts."""
        try:
            self._mend()
        except OSError as error:
            raise self._unwritable(error) from error

    def settle(self) -> None:
        """Make files durable that only the journal is sure of, and empty it."""
        if not self._unsettled:
            return
        files = [file for digest in self._unsettled if (file := self.file(digest)).is_file()]
        folders = {file.parent for file in files}
        try:
            self._disk.sync([*files, *folders, *{folder.parent for folder in folders}])
            self._journal.clear()
        except OSError as error:
            raise self._unwritable(error) from error
        self._unsettled.clear()

    def compress(self, digests: Iterable[str]) -> None:
        """Keep compressed variants beside the blobs; those that went meanwhile need none."""
        moves: list[tuple[str, str]] = []
        for digest in digests:
            target, half_written = self.compressed_file(digest), self._waiting_place(f"{digest}.gz")
            if target.is_file() or not self.has(digest):
                continue
            self._write(half_written, compressed(self.read(digest)))
            moves.append((half_written, str(target)))
        self._give_names(moves)

    def _give_names(self, moves: Sequence[tuple[str, str]]) -> None:
        try:
            # One that stopped half-way named some already: then their folders are still to do.
            waiting = [each for each in moves if os.path.exists(each[0])]  # noqa: PTH110 - see `Place`
            self._disk.sync([source for source, _ in waiting])
            for source, target in waiting:
                self._disk.move(source, target)
            folders = {
                Path(folder) for folder in {target.rpartition("/")[0] for _, target in moves}
            }
            self._disk.sync(sorted(folders | {folder.parent for folder in folders}))
        except OSError as error:
            raise self._unwritable(error) from error

    def remove(self, digest: str) -> None:
        """Forget bytes and their compressed variant; the variant first, it has no other name."""
        self.recover()
        if digest in self._unsettled:
            self.settle()  # so that the journal holds them no more
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

    def _write(self, file: Place, body: bytes) -> None:
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
