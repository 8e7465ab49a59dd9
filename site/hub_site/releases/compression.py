"""Smaller variants of what is text; pictures and fonts are small already."""

import gzip

_TEXT = (".html", ".css", ".js", ".json", ".map", ".txt", ".svg", ".atom", ".ics")
_BEST = 9


def is_compressible(path: str) -> bool:
    return path.endswith(_TEXT)


def compressed(body: bytes) -> bytes:
    """The same bytes each time: a variant made on demand is the one made beforehand."""
    return gzip.compress(body, _BEST, mtime=0)
