"""Markup from the newsroom, cleaned once more and with its links to documents resolved."""

import re
from collections.abc import Callable
from functools import lru_cache

import nh3

_TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"}
_OUTWARD = ("https://", "http://", "mailto:", "tel:")
_DOCUMENT = "document:"
_LINK_WITHOUT_ADDRESS = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_REMEMBERED = 4_000
"""Paragraphs, some megabytes: those of a few hundred items."""
_MARKUP = re.compile(r"<[^>]*>")


def clean(html: str, resolve: Callable[[str], str | None]) -> str:
    """Keep only what the contract allows; a link to something not public becomes plain text."""
    return _cleaned(html, resolve) if "<a" in html or "<A" in html else _without_links(html)


@lru_cache(maxsize=_REMEMBERED)
def _without_links(html: str) -> str:
    """The same wherever it stands; a page is made again far more often than its text changes."""
    return _cleaned(html, lambda _identity: None)


def _cleaned(html: str, resolve: Callable[[str], str | None]) -> str:
    def address(_tag: str, _attribute: str, value: str) -> str | None:
        if value.startswith(_DOCUMENT):
            return resolve(value.removeprefix(_DOCUMENT))
        return value if value.lower().startswith(_OUTWARD) else None

    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=address,
        url_schemes={"http", "https", "mailto", "tel", "document"},
        link_rel=None,
    )
    return _LINK_WITHOUT_ADDRESS.sub(r"\1", cleaned)


def bare_text(html: str) -> str:
    """The words without the markup, for counting and for looking at the first letter."""
    return _MARKUP.sub(" ", html).strip()
