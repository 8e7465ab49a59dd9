"""The live release as the gate follows it: what is at which path, and the bytes of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from hub_site.releases import BlobStore, Manifest, View, compressed

_LOOK_EVERY_SECONDS = 0.25
_PIECE = 64 * 1024
"""Bytes of a film in memory for each who watches it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One release as the gate serves it."""

    view: View
    files: Mapping[str, str]

    def after(self, view: View, changes: Mapping[str, str | None]) -> "Shown":
        """The release that these changes make of this one; this one stays as it is."""
        files = dict(self.files)
        for path, blob in changes.items():
            if blob is None:
                files.pop(path, None)
            else:
                files[path] = blob
        return Shown(view, files)


class LiveRelease:
    """Follows the switch from release to release; a request sees one release from start to end."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = monotonic) -> None:
        self._manifest = Manifest(folder / "manifest.sqlite3", is_reader=True)
        self._blobs = BlobStore(folder / "blobs")
        self._clock = clock
        self._fresh_until = -1.0
        self._shown: Shown | None = None
        self._loading = asyncio.Lock()
        # Threads of its own: those that wait for a slow database must not keep pages waiting.
        self._disk = ThreadPoolExecutor(max_workers=2, thread_name_prefix="gate")

    async def shown(self, *, is_fresh: bool = False) -> Shown | None:
        """The live release; None before the first. `is_fresh`: as it is this very moment."""
        if self._clock() < self._fresh_until and not is_fresh:
            return self._shown
        async with self._loading:
            if is_fresh or self._clock() >= self._fresh_until:
                loop = asyncio.get_running_loop()
                self._shown = await loop.run_in_executor(self._disk, self._read_manifest)
                self._fresh_until = self._clock() + _LOOK_EVERY_SECONDS
        return self._shown

    def _read_manifest(self) -> Shown | None:
        view, shown = self._manifest.view(), self._shown
        if view is None:
            return None
        if shown is not None:
            if shown.view == view:
                return shown
            news = self._manifest.changes_since(shown.view)
            if news is not None:
                return shown.after(*news)
        whole = self._manifest.live_files()
        return Shown(*whole) if whole else None

    async def body(self, digest: str, *, is_gzipped: bool) -> bytes:
        """The bytes under this hash, from the disk.

        Raises:
            FileNotFoundError: They went after the release was looked at; look again.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._disk, self._read_body, digest, is_gzipped)

    async def opened(self, digest: str) -> BinaryIO:
        """The file of this hash, to be read in pieces; it stays whole when it is withdrawn.

        Raises:
            FileNotFoundError: It went after the release was looked at; look again.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._disk, self._blobs.file(digest).open, "rb")

    async def pieces(self, file: BinaryIO, part: range) -> AsyncIterator[bytes]:
        """These bytes of an open file, one after the other."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._disk, file.seek, part.start)
        for start in range(part.start, part.stop, _PIECE):
            size = min(_PIECE, part.stop - start)
            yield await loop.run_in_executor(self._disk, file.read, size)

    def _read_body(self, digest: str, is_gzipped: bool) -> bytes:  # noqa: FBT001 - an executor's
        if not is_gzipped:
            return self._blobs.read(digest)
        try:
            return self._blobs.compressed_file(digest).read_bytes()
        except FileNotFoundError:  # the press makes variants after the switch
            return compressed(self._blobs.read(digest))
