"""What a request makes of the answer: which encoding, not again, or only a part."""

import re
from functools import lru_cache
from http import HTTPStatus

from hub_site.asgi import Answer, Request
from hub_site.ready import Ready

_ZERO = {"q=0", "q=0.0", "q=0.00", "q=0.000"}
# One part; who asks for several gets the whole, as HTTP allows.
_PART = re.compile(r"bytes=(\d{1,15})?-(\d{1,15})?")


@lru_cache(maxsize=256)
def accepts_gzip(accepted: bytes) -> bool:
    """Read an Accept-Encoding header; browsers send a handful of different ones."""
    for choice in accepted.decode("latin-1").split(","):
        name, _, weight = choice.strip().partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "") not in _ZERO
    return False


def is_known(given: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header names this tag."""
    if given == tag:
        return True
    names = [each.strip() for each in given.split(b",")]
    return b"*" in names or any(each.removeprefix(b"W/") == tag for each in names)


def part_of(ready: Ready, asked: bytes, if_range: bytes | None) -> Answer:
    """The part that a Range header names; the whole where that is not to be given."""
    whole = ready.whole
    size = len(whole.body)
    part = None if if_range not in {None, ready.tag} else bytes_asked(asked, size)
    if part is None:
        return whole
    status, headers = told_of(part, size)
    return Answer(status, {**whole.headers, **headers}, whole.body[part.start : part.stop])


def part_asked(request: Request, tag: str, size: int) -> range | None:
    """Which bytes of so many a player asks for; none of them, or None for the whole."""
    asked, if_range = request.headers.get(b"range"), request.headers.get(b"if-range")
    if asked is None or request.method != "GET" or if_range not in {None, tag.encode()}:
        return None
    return bytes_asked(asked, size)


def bytes_asked(asked: bytes, size: int) -> range | None:
    """Read a Range header: which bytes of so many; none of them, or None for the whole."""
    found = _PART.fullmatch(asked.decode("latin-1").replace(" ", ""))
    if found is None or found.group(1, 2) == (None, None):
        return None
    first, last = _ends(found[1], found[2], size=size)
    return range(first, last + 1) if first < size else range(0)


def told_of(part: range, size: int) -> tuple[HTTPStatus, dict[str, str]]:
    """How an answer says which part it is."""
    if not part:
        headers = {"content-range": f"bytes */{size}"}
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers
    headers = {"content-range": f"bytes {part.start}-{part.stop - 1}/{size}"}
    return HTTPStatus.PARTIAL_CONTENT, headers


def _ends(first: str | None, last: str | None, *, size: int) -> tuple[int, int]:
    """The first and the last byte; `-500` names the last five hundred."""
    if first is None:
        length = int(last or 0)
        return (max(0, size - length), size - 1) if length else (size, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1
