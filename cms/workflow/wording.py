"""Words, and what changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from html.parser import HTMLParser

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

TOKEN = re.compile(r"\n+|\s+|\w+(?:[-'’]\w+)*|[^\w\s]")
ENOUGH_IN_COMMON = 0.25
"""Below it two texts have nothing to do with each other; word for word would be confetti."""


class _Reader(HTMLParser):
    """Reads rich text the way a person does: lines, bullets, links with their address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "ul", "ol"} or tag == "br":
            self.said.append("\n")
        elif tag == "li":
            self.said.append("\n• ")
        elif tag in {"b", "strong"}:
            self.said.append("**")
        elif tag in {"i", "em"}:
            self.said.append("_")
        elif tag == "a":
            self.addresses.append(_address(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"b", "strong"}:
            self.said.append("**")
        elif tag in {"i", "em"}:
            self.said.append("_")
        elif tag == "a" and self.addresses:
            self.said.append(f" ({self.addresses.pop()})")

    def handle_data(self, data: str) -> None:
        self.said.append(re.sub(r"\s+", " ", data))


def _address(attributes: dict[str, str | None]) -> str:
    if attributes.get("linktype") == "page":
        return _("page %(id)s") % {"id": attributes.get("id") or "?"}
    return attributes.get("href") or "?"


@dataclass(frozen=True)
class Difference:
    """One field or part of the text that is not what it was."""

    field: str
    label: str
    old: str
    new: str
    block: str | None = None

    @property
    def html(self) -> SafeString:
        """Both versions in one, marked word by word; everything in it is escaped."""
        return marked(self.old, self.new)


def in_plain_words(html: str) -> str:
    """Return rich text as a person reads it; emphasis and addresses stay visible."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.said).split("\n"))
    return unescape("\n".join(line for line in lines if line))


def marked(old: str, new: str) -> SafeString:
    """Return both texts in one, with `<del>` and `<ins>` around what went and came.

    The hidden words in front of each say the same to who listens.
    """
    return format_html_join("", "{}", ((part,) for part in _parts(old, new)))


def _parts(old: str, new: str) -> Iterator[str]:
    was, now = TOKEN.findall(old), TOKEN.findall(new)
    if was and now and _in_common(was, now) < ENOUGH_IN_COMMON:
        yield from (_gone(old), _come(new))
        return
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(was[i1:i2]), "".join(now[j1:j2])
        if kind == "equal":
            yield format_html("{}", gone)
            continue
        if gone:
            yield _gone(gone)
        if come:
            yield _come(come)


def _in_common(was: list[str], now: list[str]) -> float:
    """Return which part of the words is the same; the spaces between them always are."""
    old, new = ([token for token in tokens if not token.isspace()] for tokens in (was, now))
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _gone(text: str) -> SafeString:
    return format_html('<del><span class="w-sr-only">{} </span>{}</del>', _("gone:"), text)


def _come(text: str) -> SafeString:
    return format_html('<ins><span class="w-sr-only">{} </span>{}</ins>', _("new:"), text)
