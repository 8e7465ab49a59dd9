"""Looks at the pages of a release, as they are on disk: at many of them on all cores."""

import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from hub_site.printing.forks import is_worth_sharing, shared_out
from hub_site.releases.glances import Glance, Glancer

_TELL_EVERY = 1000

type Read = Callable[[str], bytes]


class Kept(Protocol):
    """Bytes by their hash."""

    def read(self, digest: str) -> bytes: ...
    def has(self, digest: str) -> bool: ...


class Seen(NamedTuple):
    """What a page names, or the page around its own part, as it can come from another process."""

    targets: tuple[str, ...]
    may_load_from_elsewhere: bool

    @classmethod
    def at(cls, glance: Glance) -> "Seen":
        return cls(tuple(glance.targets), glance.may_load_from_elsewhere)


class Looker:
    """Knows what pages have in common from one release to the next."""

    def __init__(self, read: Read) -> None:
        """`read` gives the bytes of a hash."""
        self._read = read
        self._glancer = Glancer()
        self._seen: dict[tuple[str, str], Glance] = {}

    def look(self, path: str, blob: str) -> Glance:
        """What the page at this path names, but for an own part that is of another page.

        Raises:
            FileNotFoundError: its bytes are not there.
        """
        return self._seen.pop((path, blob), None) or self.look_closer(path, blob)

    def look_closer(self, path: str, blob: str) -> Glance:
        """What all of the page names.

        Raises:
            FileNotFoundError: its bytes are not there.
        """
        return self._glancer.glance(path, self._read(blob))

    def see_around(self, path: str, body: bytes, own: bytes) -> Seen | None:
        """Look at a page but for its own part, in whatever process has its bytes.

        None where that part can't be told from the rest.
        """
        glance = self._glancer.glance_around(path, body, own)
        return Seen.at(glance) if glance else None

    def remember(self, path: str, blob: str, seen: Seen, *, own_of: str = "") -> None:
        """Take in what was seen of a page; `look` gives it once.

        `own_of` is the hash of the page whose own part it has, where nobody looked at that.
        """
        # Of a text that comes from another process there is a copy for each page.
        targets = frozenset(map(sys.intern, seen.targets))
        self._seen[path, blob] = Glance(targets, seen.may_load_from_elsewhere, own_of)

    def forget(self) -> None:
        """Forget what was seen and not asked for."""
        self._seen.clear()

    def look_ahead(self, files: Mapping[str, str | None], tell: Callable[[str], None]) -> None:
        """Look at those of these (path to hash) that nobody saw, in several processes.

        Where they are few, or can't be read, they are left to `look`.
        """
        pages = sorted(
            (path, blob)
            for path, blob in files.items()
            if blob and is_page(path) and (path, blob) not in self._seen
        )
        if not is_worth_sharing(len(pages)):
            return

        def seen_at(index: int) -> Seen | None:
            path, blob = pages[index]
            try:
                return Seen.at(self._glancer.glance(path, self._read(blob)))
            except FileNotFoundError:
                return None

        for count, (page, seen) in enumerate(
            zip(pages, shared_out(len(pages), seen_at), strict=True), 1
        ):
            if seen is not None:
                self.remember(*page, seen)
            if count % _TELL_EVERY == 0:
                tell(f"Checked {count} files")


def is_page(path: str) -> bool:
    return path.endswith(".html")
