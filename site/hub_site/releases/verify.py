"""No release goes live unless every internal address in it leads somewhere."""

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from hub_site.content.parsing import RESERVED

REQUIRED = ("index.html", "404.html")
_TAG = re.compile(r"<([a-zA-Z][\w-]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"\b(href|src|srcset|poster|action)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LOADED = {"img", "script", "link", "source", "iframe", "video", "audio", "use", "embed"}
# Addresses of the server beside the hub; theme assets are checked like everything else.
_BESIDE_THE_HUB = RESERVED - {"assets"}


@dataclass(frozen=True, slots=True)
class Fault:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Address:
    value: str
    is_loaded: bool  # fetched by the browser by itself, so it may not be a third party's


@dataclass
class Verifier:
    """Checks releases one after the other; what a page links to is remembered by its hash."""

    _addresses: dict[str, frozenset[Address]] = field(default_factory=dict)

    def faults(self, files: Mapping[str, str], read: Callable[[str], bytes]) -> list[Fault]:
        """Everything that is wrong with a release of these files (path to hash)."""
        faults = [Fault(path, "it is missing") for path in REQUIRED if path not in files]
        seen: dict[str, frozenset[Address]] = {}
        for path, digest in files.items():
            if not path.endswith(".html"):
                continue
            known = self._addresses.get(digest)
            seen[digest] = known if known is not None else addresses_in(read(digest).decode())
            for address in sorted(seen[digest], key=lambda each: each.value):
                reason = _wrong(address, path, files)
                if reason:
                    faults.append(Fault(path, reason))
        self._addresses = seen
        return faults


def addresses_in(markup: str) -> frozenset[Address]:
    """Every address that a page names."""
    return frozenset(_addresses(markup))


def _addresses(markup: str) -> Iterator[Address]:
    for tag in _TAG.finditer(markup):
        if "=" not in tag[2]:
            continue
        is_loaded = tag[1].lower() in _LOADED
        for name, double, single in _ATTRIBUTE.findall(tag[2]):
            value = html.unescape(double or single)
            candidates = value.split(",") if name == "srcset" else [value]
            for candidate in candidates:
                first = candidate.split()[:1] if name == "srcset" else [candidate.strip()]
                yield from (Address(each, is_loaded) for each in first if each)


def _wrong(address: Address, page: str, files: Mapping[str, str]) -> str | None:
    parts = urlsplit(address.value)
    if parts.scheme or parts.netloc:
        is_third_party = address.is_loaded and parts.scheme != "data"
        return f"it loads {address.value} from elsewhere" if is_third_party else None
    if not parts.path:
        return None
    target = _resolved(unquote(parts.path), page)
    if target.split("/", 1)[0] in _BESIDE_THE_HUB or target in files:
        return None
    return f"its link to {address.value} leads nowhere"


def _resolved(path: str, page: str) -> str:
    absolute = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path))
    target = absolute.lstrip("/")
    is_folder = path.endswith(("/", "/.", "/..")) or path in {".", ".."} or not target
    return posixpath.join(target, "index.html") if is_folder else target
