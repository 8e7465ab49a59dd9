"""The addresses that a page names, and where in the hub they lead."""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from hub_site.content.parsing import RESERVED

_TAG = re.compile(r"<([a-zA-Z][\w-]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"\b(href|src|srcset|poster|action)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LOADED = {"img", "script", "link", "source", "iframe", "video", "audio", "use", "embed"}
_IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?\s*((?:https?:)?//[^\"')\s]*)", re.IGNORECASE)
# Addresses of the server beside the hub; assets and trees are checked like everything else.
_BESIDE_THE_HUB = RESERVED - {"assets", "a"}
_PLAIN = re.compile(r"(?:[a-z0-9_-]+/)*+[a-z0-9_-]*(?:\.[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Address:
    value: str
    is_loaded: bool  # fetched by the browser by itself, so it may not be a third party's


def addresses_in(markup: str) -> frozenset[Address]:
    """Every address that a page names, tag by tag: right, and some ten times slower."""
    return frozenset(_addresses(markup))


def _addresses(markup: str) -> Iterator[Address]:
    for tag in _TAG.finditer(markup):
        if "=" not in tag[2]:
            continue
        is_loaded = tag[1].lower() in _LOADED
        for name, double, single in _ATTRIBUTE.findall(tag[2]):
            for each in values_of(name, html.unescape(double or single)):
                yield Address(each, is_loaded)


def values_of(name: str, value: str) -> list[str]:
    if name != "srcset":
        return [value.strip()] if value.strip() else []
    return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]


def is_outside(address: str) -> bool:
    """Of another server; data in the page itself is of no server."""
    if ":" not in address and not address.startswith("//"):
        return False
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in {"", "data"}


def target_of(address: str, page: str) -> str | None:
    """The file that an address on a page leads to; None when it is not for the hub to have."""
    if address.startswith("#"):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    absolute = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path))
    target = absolute.lstrip("/")
    if target.split("/", 1)[0] in _BESIDE_THE_HUB:
        return None
    is_folder = path.endswith(("/", "/.", "/..")) or path in {".", ".."} or not target
    return posixpath.join(target, "index.html") if is_folder else target


@lru_cache(maxsize=20_000)
def from_root(path: str) -> str | None:
    """As `target_of`, for the plain addresses that nearly all are; empty for what it has none of.

    None where only `target_of` can tell.
    """
    plain = path.partition("#")[0].partition("?")[0]
    if not _PLAIN.fullmatch(plain):
        return None
    if plain.split("/", 1)[0] in _BESIDE_THE_HUB:
        return ""
    return f"{plain}index.html" if plain.endswith("/") or not plain else plain


def loads_in_style(style: str) -> list[str]:
    """Addresses of other servers that a stylesheet loads."""
    return _IN_STYLE.findall(style)
