"""Looks at the pages of a release, as they are on disk: at many of them on all cores."""

import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from hub_site.printing.forks import is_worth_sharing, shared_out
from hub_site.releases.glances import Glance, Glancer

_TELL_EVERY = 1000

type Read = Callable[[str], bytes]


class Kept(Protocol):
    """Bytes by their hash."""

    def read(self, digest: str) -> bytes: ...
    def has(self, digest: str) -> bool: ...


class Looker:
    """Knows what pages have in common from one release to the next."""

    def __init__(self, read: Read) -> None:
        """`read` gives the bytes of a hash."""
        self._read = read
        self._glancer = Glancer()
        self._seen: dict[tuple[str, str], tuple[tuple[str, ...], bool]] = {}

    def look(self, path: str, blob: str) -> Glance:
        """What the page at this path names.

        Raises:
            FileNotFoundError: its bytes are not there.
        """
        seen = self._seen.pop((path, blob), None)
        if seen is None:
            return self._glancer.glance(path, self._read(blob))
        return Glance(frozenset(seen[0]), seen[1])

    def look_ahead(self, files: Mapping[str, str | None], tell: Callable[[str], None]) -> None:
        """Look at these (path to hash) in several processes, where they are many.

        What is seen of each is given once, by `look`; a page that can't be read is left to it.
        """
        self._seen.clear()
        pages = sorted((path, blob) for path, blob in files.items() if blob and is_page(path))
        if not is_worth_sharing(len(pages)):
            return

        def seen_at(index: int) -> tuple[tuple[str, ...], bool] | None:
            try:
                glance = self._glancer.glance(pages[index][0], self._read(pages[index][1]))
            except FileNotFoundError:
                return None
            return tuple(glance.targets), glance.may_load_from_elsewhere

        for count, (page, seen) in enumerate(
            zip(pages, shared_out(len(pages), seen_at), strict=True), 1
        ):
            if seen is not None:
                # Of a text that comes from another process there is a copy for each page.
                self._seen[page] = (tuple(map(sys.intern, seen[0])), seen[1])
            if count % _TELL_EVERY == 0:
                tell(f"Checked {count} files")


def is_page(path: str) -> bool:
    return path.endswith(".html")
