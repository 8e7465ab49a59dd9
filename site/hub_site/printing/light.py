"""A page as templates see it, as light as most of them need it."""

import re
from collections.abc import Callable, Mapping

# Nothing that MkDocs would rewrite: no dots or slashes to resolve, no scheme, nothing to quote.
_PLAIN = re.compile(r"(?:[0-9A-Za-z_-][0-9A-Za-z_.-]*/)*[0-9A-Za-z_-][0-9A-Za-z_.-]*/?")


def is_plain(path: str) -> bool:
    """Whether the way to this address depends on nothing but the folders that it shares."""
    return _PLAIN.fullmatch(path) is not None


class LightPage:
    """Address and front matter; MkDocs' own page is made when a template reads anything else."""

    __slots__ = ("_full", "_made", "_parts", "_up", "meta", "url")

    def __init__(self, url: str, meta: Mapping[str, object], *, full: Callable[[], object]) -> None:
        self.url = url
        self.meta = meta
        self._full = full
        self._made: object = None
        is_plain = not url or (url.endswith("/") and _PLAIN.fullmatch(url))
        self._parts = url.split("/")[:-1] if is_plain else None
        self._up = "../" * url.count("/")

    def __getattr__(self, name: str) -> object:
        if self._made is None:
            self._made = self._full()
        return getattr(self._made, name)

    def link(self, path: str) -> str | None:
        """The way to `path` as MkDocs writes it; None where only MkDocs can tell.

        MkDocs remembers every address for good, and a press stays up for months.
        """
        if self._parts is None or not _PLAIN.fullmatch(path):
            return None
        if not self._parts or not path.startswith(self._parts[0]):
            return self._up + path
        return self._near(path)

    def _near(self, path: str) -> str:
        here, there = self._parts or [], path.removesuffix("/").split("/")
        shared = 0
        for mine, its in zip(here, there, strict=False):
            if mine != its:
                break
            shared += 1
        way = "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."
        return f"{way}/" if path.endswith("/") else way
