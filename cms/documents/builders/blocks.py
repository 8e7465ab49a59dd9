"""The body's blocks, from how Wagtail stores them to how the contract writes them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cms.documents.lookup import Lookup
from cms.documents.mentions import picture_key, raw_blocks
from cms.documents.rich_text import contract_html
from cms.documents.shapes import Document
from cms.stories.models import EditorialPage

type Raw = Mapping[str, Any]


def blocks_of(page: EditorialPage, lookup: Lookup) -> Iterator[Document]:
    """Yield the blocks of a body that have something to show."""
    for position, raw in enumerate(raw_blocks(page)):
        value = BLOCKS[raw["type"]](raw["value"], lookup)
        if value is not None:
            yield {"type": raw["type"], "id": str(raw.get("id") or position), "value": value}


def _paragraph(html: Any, lookup: Lookup) -> Document | None:
    clean = contract_html(html, lookup.pages)
    return {"html": clean} if clean else None


def _heading(value: Raw, lookup: Lookup) -> Document | None:  # noqa: ARG001 (the shape of a block)
    return {"text": _text(value, "text")}


def _picture(value: Raw, lookup: Lookup) -> Document | None:
    known = lookup.images.get(picture_key(value) or 0)
    if known is None:
        return None
    image = value["image"] if isinstance(value["image"], dict) else {}
    return known.reference(
        alt=_text(image, "alt_text"),
        decorative=bool(image.get("decorative")),
        caption=_text(value, "caption"),
    )


def _pull_quote(value: Raw, lookup: Lookup) -> Document | None:
    return {"text": _text(value, "text"), "speaker": lookup.person(value.get("speaker"))}


def _question_answer(value: Raw, lookup: Lookup) -> Document | None:
    return {
        "question": _text(value, "question"),
        "answer_html": contract_html(value.get("answer"), lookup.pages),
    }


def _call_out(value: Raw, lookup: Lookup) -> Document | None:
    return {
        "title": _text(value, "title"),
        "body_html": contract_html(value.get("body"), lookup.pages),
    }


def _text(value: Raw, key: str) -> str:
    return value.get(key) or ""


BLOCKS: Mapping[str, Callable[[Any, Lookup], Document | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "image": _picture,
    "pull_quote": _pull_quote,
    "question_answer": _question_answer,
    "call_out": _call_out,
}
