"""Bytes that are durable before the files that are to hold them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hub_site.releases.disk import Disk

_HEAD = re.compile(rb"([0-9a-f]{64}) ([0-9]+)\n")


class Journal:
    """One file that grows by what a publication brings, and is made durable once for all of it.

    The files themselves can then be written without waiting for the disk. Until they are durable
    too, and this is emptied, a power cut leaves every byte here. A record that was cut off is no
    record, and neither is what follows it.
    """

    def __init__(self, file: Path, disk: Disk) -> None:
        self._file = file
        self._disk = disk
        self._end = 0

    @property
    def size(self) -> int:
        return self._end

    def add(self, bodies: Mapping[str, bytes]) -> None:
        """Keep these bytes, by their hash, and return once they would survive a power cut."""
        records = [b"%b %d\n%b" % (name.encode(), len(body), body) for name, body in bodies.items()]
        written = b"".join(records)
        self._disk.append(self._file, written, at=self._end)
        if self._end == 0:
            self._disk.sync([self._file.parent])
        self._end += len(written)

    def clear(self) -> None:
        """Keep nothing any more: the files are durable."""
        if self._end:
            self._disk.append(self._file, b"", at=0)
            self._end = 0

    def read(self) -> dict[str, bytes]:
        """Everything that is kept; what is added from now on comes behind it."""
        try:
            written = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        held: dict[str, bytes] = {}
        self._end = 0
        for name, body in _records(written):
            held[name] = body
            self._end += len(name) + len(str(len(body))) + 2 + len(body)
        return held


def _records(written: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while head := _HEAD.match(written, at):
        at = head.end() + int(head[2])
        body = written[head.end() : at]
        if hashlib.sha256(body).hexdigest() != head[1].decode():
            return
        yield head[1].decode(), body
