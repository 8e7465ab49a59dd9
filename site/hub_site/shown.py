"""The live release in memory: what is at which path, and the bytes that readers ask for."""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from hub_site.releases import BlobStore, Manifest

_LOOK_EVERY_SECONDS = 0.25
_MEMORY = 128 * 1024 * 1024
_GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """One release as the gate serves it."""

    number: int
    files: Mapping[str, str]


class LiveRelease:
    """Follows the switch from release to release; a request sees one release from start to end."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = monotonic) -> None:
        self._manifest = Manifest(folder / "manifest.sqlite3", is_reader=True)
        self._blobs = BlobStore(folder / "blobs")
        self._clock = clock
        self._looked_at: float | None = None
        self._shown: Shown | None = None
        self._bodies: OrderedDict[tuple[str, bool], bytes] = OrderedDict()
        self._held = 0
        self._loading = asyncio.Lock()

    async def shown(self) -> Shown | None:
        """The live release; None before the first."""
        if self._is_recent():
            return self._shown
        async with self._loading:
            if not self._is_recent():
                self._shown = await asyncio.to_thread(self._read_manifest)
                self._looked_at = self._clock()
        return self._shown

    def _is_recent(self) -> bool:
        looked_at = self._looked_at
        return looked_at is not None and self._clock() - looked_at < _LOOK_EVERY_SECONDS

    def _read_manifest(self) -> Shown | None:
        number = self._manifest.live_number()
        if number is None:
            return None
        if self._shown is not None and self._shown.number == number:
            return self._shown
        return Shown(number, self._manifest.files(number))

    async def body(self, digest: str, *, is_gzipped: bool) -> bytes:
        """The bytes under this hash, compressed once for as long as they are remembered."""
        key = (digest, is_gzipped)
        body = self._bodies.get(key)
        if body is None:
            body = await asyncio.to_thread(self._read_body, digest, is_gzipped=is_gzipped)
            self._remember(key, body)
        else:
            self._bodies.move_to_end(key)
        return body

    def _read_body(self, digest: str, *, is_gzipped: bool) -> bytes:
        body = self._blobs.read(digest)
        return gzip.compress(body, _GZIP_LEVEL, mtime=0) if is_gzipped else body

    def _remember(self, key: tuple[str, bool], body: bytes) -> None:
        if key not in self._bodies:
            self._held += len(body)
        self._bodies[key] = body
        while self._held > _MEMORY and len(self._bodies) > 1:
            self._held -= len(self._bodies.popitem(last=False)[1])
