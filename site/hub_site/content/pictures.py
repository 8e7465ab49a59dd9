"""What can be fetched by the hash of its bytes."""

import re
from typing import Literal

from hub_site.content.documents import Ground, Logo, Rendition
from hub_site.content.fields import DocumentError, Fields

_FORMATS: dict[str, Literal["webp", "jpeg"]] = {"webp": "webp", "jpeg": "jpeg"}
_GROUNDS: dict[str, Ground] = {"light": "light", "dark": "dark", "own": "own"}
_HASH = re.compile(r"[0-9a-f]{64}")
_LARGEST_SIDE = 4000


def hash_of(fields: Fields) -> str:
    digest = fields.text("hash")
    if not _HASH.fullmatch(digest):
        raise DocumentError("a 'hash' should be 64 hexadecimal digits.")
    return digest


def rendition(fields: Fields) -> Rendition:
    form = fields.one_of("format", _FORMATS)
    return Rendition(hash_of(fields), form, fields.number("width"), fields.number("bytes"))


def logo(fields: Fields) -> Logo:
    content, height = rendition(fields), fields.number("height")
    # Pages keep room for it by these, before it is there.
    if not (0 < content.width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
        raise DocumentError(f"a logo should be from 1 to {_LARGEST_SIDE} pixels wide and high.")
    return Logo(content, height, fields.one_of("ground", _GROUNDS))
