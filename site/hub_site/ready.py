"""Answers that wait ready in memory: a page that was asked for once costs no making any more."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from hub_site.asgi import Answer

MEMORY = 128 * 1024 * 1024
_OF_AN_ANSWER = 4096
"""What an answer takes beside its body: headers, messages and its places in the tables."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A file as it is answered, in one encoding, to who has it already and to who has not."""

    digest: str
    tag: bytes
    whole: Answer
    unchanged: Answer

    @property
    def size(self) -> int:
        return len(self.whole.body) + _OF_AN_ANSWER


class Shelf:
    """Keeps what was asked for last, up to a set amount of memory."""

    def __init__(self, *, memory: int = MEMORY) -> None:
        self._memory = memory
        self._ready: OrderedDict[tuple[str, bool], Ready] = OrderedDict()
        self._files: Mapping[str, str] = {}
        self.held = 0

    def follow(self, files: Mapping[str, str]) -> None:
        """Let go of what is not live any more: it may have been withdrawn."""
        if files is self._files:
            return
        self._files = files
        gone = [key for key, ready in self._ready.items() if files.get(key[0]) != ready.digest]
        for key in gone:
            self.held -= self._ready.pop(key).size

    def take(self, path: str, digest: str, *, is_gzipped: bool) -> Ready | None:
        key = (path, is_gzipped)
        ready = self._ready.get(key)
        if ready is None or ready.digest != digest:
            return None
        self._ready.move_to_end(key)
        return ready

    def put(self, path: str, ready: Ready, *, is_gzipped: bool) -> None:
        """Keep it, if it is still live now that its bytes are read."""
        if self._files.get(path) != ready.digest:
            return
        key = (path, is_gzipped)
        if key in self._ready:
            self.held -= self._ready[key].size
        self._ready[key] = ready
        self.held += ready.size
        while self.held > self._memory and len(self._ready) > 1:
            self.held -= self._ready.popitem(last=False)[1].size
