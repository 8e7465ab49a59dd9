"""The addresses that a page names, and where in the hub they lead."""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from hub_site.content.parsing import RESERVED

_TAG = re.compile(r"<([a-zA-Z][\w-]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"\b(href|src|srcset|poster|action)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LOADED = {"img", "script", "link", "source", "iframe", "video", "audio", "use", "embed"}
_LOADING_LINK = re.compile(r"<(?:link|use)\b((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?\s*((?:https?:)?//[^\"')\s]*)", re.IGNORECASE)
# Addresses of the server beside the hub; assets and trees are checked like everything else.
_BESIDE_THE_HUB = RESERVED - {"assets", "a"}
_PLAIN = re.compile(r"(?:[a-z0-9_-]+/)*+[a-z0-9_-]*(?:\.[a-z0-9]+)*")
_LOADING = ("src", "srcset", "poster")
_NAMING = ("href", "action")
_LONGER = {"src": ("srcset",)}
# Each name is looked at by itself: what stands before it may look like an open quotation.
_FINDERS = {
    name: re.compile(rf"{name}\s*=\s*(?=(?:\"([^\"]*)\"|'([^']*)'))") for name in _LOADING + _NAMING
}


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
            for each in _values(name, html.unescape(double or single)):
                yield Address(each, is_loaded)


def _values(name: str, value: str) -> list[str]:
    if name != "srcset":
        return [value.strip()] if value.strip() else []
    return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]


@dataclass(frozen=True, slots=True)
class Glance:
    """Where a page may lead, found quickly: everything it names, perhaps more, never less."""

    targets: frozenset[str]
    may_load_from_elsewhere: bool


@dataclass(slots=True)
class Glancer:
    """Reads pages without looking at tags; remembers where addresses lead."""

    _known: dict[tuple[int, str], str | None] = field(default_factory=dict)

    def glance(self, page: str, markup: str) -> Glance:
        """What this page names. A doubtful one is settled by `addresses_in`."""
        values, outside = _quick(markup)
        return Glance(self._targets(page, values), outside)

    def _targets(self, page: str, values: set[str]) -> frozenset[str]:
        depth = page.count("/")
        to_the_root = "../" * depth
        targets: set[str | None] = set()
        for value in values:
            if not value.startswith(to_the_root) and not value.startswith("/"):
                targets.add(target_of(value, page))
                continue
            # Up to the root and down again: the same from every page this deep.
            key = (depth, value)
            if key not in self._known:
                down = value[len(to_the_root) :] if value.startswith(to_the_root) else value[1:]
                self._known[key] = _from_root(down) or target_of(value, page)
            targets.add(self._known[key])
        return frozenset(target for target in targets if target is not None)


def _quick(markup: str) -> tuple[set[str], bool]:
    """What stands in attributes of these names, and whether one may load from elsewhere."""
    named = {each.strip() for name in _NAMING for each in _held(markup, name)}
    loaded = {
        value for name in _LOADING for each in _held(markup, name) for value in _values(name, each)
    }
    outside = any(map(is_outside, loaded)) or (
        any(map(is_outside, named))
        and any(map(_loads_from_elsewhere, _LOADING_LINK.findall(markup)))
    )
    return named | loaded, outside


def _held(markup: str, name: str) -> set[str]:
    """What follows this name, wherever it stands: in a tag or not."""
    start = f'{name}="'
    times = markup.count(name) - sum(markup.count(longer) for longer in _LONGER.get(name, ()))
    if times == markup.count(start):
        found = {piece.partition('"')[0] for piece in markup.split(start)[1:]}
    else:
        found = {double or single for double, single in _FINDERS[name].findall(markup)}
    return {html.unescape(value) if "&" in value else value for value in found}


def _loads_from_elsewhere(attributes: str) -> bool:
    found = _ATTRIBUTE.findall(attributes)
    return any(is_outside(html.unescape(double or single)) for _, double, single in found)


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


def _from_root(path: str) -> str | None:
    """As `target_of`, for the plain addresses that nearly all are."""
    if not _PLAIN.fullmatch(path) or path.split("/", 1)[0] in _BESIDE_THE_HUB:
        return None
    return f"{path}index.html" if path.endswith("/") else path


def loads_in_style(style: str) -> list[str]:
    """Addresses of other servers that a stylesheet loads."""
    return _IN_STYLE.findall(style)
