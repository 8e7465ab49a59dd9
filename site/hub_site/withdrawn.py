"""From a document that is not public any more to what must go with it."""

import html
import re
from collections.abc import Iterator, Mapping

from hub_site.content.documents import File, Image, Style
from hub_site.content.fields import DocumentError
from hub_site.content.parsing import PATH, parse
from hub_site.content.store import Removed
from hub_site.pages import FRAME, OUTWARD_FILES, image_path
from hub_site.releases import Withdrawn
from hub_site.search import SEARCH
from hub_site.trees import EVERYONE, KEY, MENTIONED, root_of

_SHORTEST = 30
"""Characters; below that a text may well be somebody else's too."""
_SHORTEST_TITLE = 12
_MOST = 12
_PROSE = frozenset(
    {"text", "html", "body_html", "question", "answer_html", "caption", "alt", "title"}
)
"""Where a block, or the picture above a text, says something in words."""
_MARKUP = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def withdrawn_from(removed: Removed) -> Withdrawn:
    """What was this document's own, as far as it can be read; an odd one has at least words."""
    document = removed.document
    kept = _pictures_of(removed.still_said or {})
    pictures = {path: each for path, each in _pictures_of(document).items() if path not in kept}
    return Withdrawn(
        public_id=removed.name,
        # Search was written anew without it; what it was before holds its words one by one.
        paths=(*_pages_of(removed), *pictures, *SEARCH),
        blobs=tuple(sorted(set(pictures.values()))),
        words=tuple(_distinctive(document) if removed.still_said is None else _cut_from(removed)),
        listed_in=OUTWARD_FILES,
        now_in=removed.now_for,
        is_part=removed.still_said is not None,
    )


def _pages_of(removed: Removed) -> Iterator[str]:
    """Its pages: of what is for some one, of what items stand under one in each tree.

    A gated tree keeps nothing in older releases that it has no more: with an item its pictures
    and its tags go, which may still be in other trees, and with the audience all of it.
    """
    document = removed.document
    path, audience = str(document.get("path")), str(document.get("audience", EVERYONE))
    if not KEY.fullmatch(audience):
        return
    if audience not in {EVERYONE, MENTIONED}:
        yield f"{root_of(audience)}*"
    if not PATH.fullmatch(path):
        return
    if audience != MENTIONED:
        yield f"{root_of(audience)}{path}index.html"
    if document.get("kind") in FRAME and removed.now_for is None:
        yield f"{root_of('*')}{path}index.html"


def _pictures_of(document: Mapping[str, object]) -> dict[str, str]:
    try:
        parsed = parse(document)
    except DocumentError:
        return {}
    if isinstance(parsed, File):
        return {image_path(parsed.content): parsed.hash}
    if isinstance(parsed, Style):
        logos = [each.content for each in (parsed.logo, parsed.logo_dark) if each]
        return {image_path(each): each.hash for each in logos}
    if not isinstance(parsed, Image):
        return {}
    return {image_path(rendition): rendition.hash for rendition in parsed.renditions}


def _distinctive(document: Mapping[str, object]) -> list[str]:
    """Its title and its first long sentences."""
    title = document.get("title")
    words = [title] if isinstance(title, str) and len(title) >= _SHORTEST_TITLE else []
    keys = ("summary", "introduction", "introduction_html", "about_html", "text", "body")
    for text in _texts([document.get(key) for key in keys]):
        words += [each for each in _SENTENCE_END.split(text) if len(each) >= _SHORTEST]
    return list(dict.fromkeys(words))[:_MOST]


def _cut_from(removed: Removed) -> Iterator[str]:
    """What the blocks and the picture said that its newest state has no more, all of it."""
    kept = set(_prose(removed.still_said or {}))
    lost = dict.fromkeys(text for text in _prose(removed.document) if text not in kept)
    yield from (text for text in lost if len(text) >= _SHORTEST_TITLE)


def _prose(document: Mapping[str, object]) -> Iterator[str]:
    for key in ("lead_image", "body"):
        for text in _texts(_said_in(document.get(key))):
            yield from _SENTENCE_END.split(text)


def _said_in(value: object) -> object:
    """The words alone, without ids and names."""
    if isinstance(value, Mapping):
        inner = {key: _said_in(each) for key, each in value.items() if not isinstance(each, str)}
        return inner | {key: value[key] for key in value.keys() & _PROSE}
    return [_said_in(each) for each in value] if isinstance(value, list) else None


def _texts(value: object) -> Iterator[str]:
    """Every text in a document's value.

    Of markup the runs between tags, because the press may print another tag than it got.
    """
    if isinstance(value, str):
        yield from (html.unescape(run).strip() for run in _MARKUP.split(value))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
