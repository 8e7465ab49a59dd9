"""The live release in memory: what is at which path, and the bytes that readers ask for."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from hub_site.releases import BlobStore, Manifest, View, compressed

_LOOK_EVERY_SECONDS = 0.25
_MEMORY = 128 * 1024 * 1024


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
        self._looked_at: float | None = None
        self._shown: Shown | None = None
        self._bodies: OrderedDict[tuple[str, bool], bytes] = OrderedDict()
        self._held = 0
        self._loading = asyncio.Lock()

    async def shown(self, *, is_fresh: bool = False) -> Shown | None:
        """The live release; None before the first. `is_fresh`: as it is this very moment."""
        if self._is_recent() and not is_fresh:
            return self._shown
        async with self._loading:
            if is_fresh or not self._is_recent():
                before = self._shown
                self._shown = await asyncio.to_thread(self._read_manifest)
                self._looked_at = self._clock()
                self._forget_what_went(before)
        return self._shown

    def _is_recent(self) -> bool:
        looked_at = self._looked_at
        return looked_at is not None and self._clock() - looked_at < _LOOK_EVERY_SECONDS

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

    def _forget_what_went(self, before: Shown | None) -> None:
        """Let go of bytes that no reader can ask for any more: they may have been withdrawn."""
        if before is None or before is self._shown:
            return
        wanted = set(self._shown.files.values()) if self._shown else set()
        for key in [key for key in self._bodies if key[0] not in wanted]:
            self._held -= len(self._bodies.pop(key))

    async def body(self, digest: str, *, is_gzipped: bool) -> bytes:
        """The bytes under this hash.

        Raises:
            FileNotFoundError: They went after the release was looked at; look again.
        """
        key = (digest, is_gzipped)
        body = self._bodies.get(key)
        if body is None:
            body = await asyncio.to_thread(self._read_body, digest, is_gzipped=is_gzipped)
            self._remember(key, body)
        else:
            self._bodies.move_to_end(key)
        return body

    def _read_body(self, digest: str, *, is_gzipped: bool) -> bytes:
        if not is_gzipped:
            return self._blobs.read(digest)
        try:
            return self._blobs.compressed_file(digest).read_bytes()
        except FileNotFoundError:  # the press makes variants after the switch
            return compressed(self._blobs.read(digest))

    def _remember(self, key: tuple[str, bool], body: bytes) -> None:
        if key not in self._bodies:
            self._held += len(body)
        self._bodies[key] = body
        while self._held > _MEMORY and len(self._bodies) > 1:
            self._held -= len(self._bodies.popitem(last=False)[1])
