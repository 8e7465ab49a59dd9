"""Rich text as Wagtail stores it, made into the little markup the contract allows."""

import re
from collections.abc import Mapping
from html import escape
from uuid import UUID

import nh3
from wagtail.rich_text.rewriters import extract_attrs

TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"}
SCHEMES = {"document", "http", "https", "mailto", "tel"}
ANCHOR = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|\xa0|<br>)*</p>")
NO_LINK = "<span>"
"""An opening tag that is taken away again; its text stays, and so does no link."""


def linked_pages(html: str | None) -> set[int]:
    """Return the primary keys of the pages that rich text links to."""
    attributes = (extract_attrs(match[1]) for match in ANCHOR.finditer(html or ""))
    return {key for found in attributes if (key := _page_key(found)) is not None}


def contract_html(html: str | None, pages: Mapping[int, UUID]) -> str:
    """Return the markup a document may carry; links to pages become links to documents."""
    linked = ANCHOR.sub(lambda match: _opening_tag(extract_attrs(match[1]), pages), html or "")
    # What was between two list items and is not allowed leaves one inside the other: mended twice.
    return EMPTY_PARAGRAPH.sub("", _clean(_clean(linked))).strip()


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=None,
    )


def _page_key(attributes: Mapping[str, str]) -> int | None:
    if attributes.get("linktype") != "page" or not attributes.get("id", "").isdecimal():
        return None
    return int(attributes["id"])


def _opening_tag(attributes: Mapping[str, str], pages: Mapping[int, UUID]) -> str:
    key = _page_key(attributes)
    if key is not None:
        return f'<a href="document:{pages[key]}">' if key in pages else NO_LINK
    href = attributes.get("href", "").strip()
    scheme = href.partition(":")[0].lower()
    if "linktype" in attributes or scheme not in SCHEMES or scheme == href.lower():
        return NO_LINK
    return f'<a href="{escape(href)}">'
