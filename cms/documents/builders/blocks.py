"""The body's blocks, from how Wagtail stores them to how the contract writes them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cms.documents.lookup import Lookup, id_of
from cms.documents.mentions import picture_key, pictures_in_gallery, raw_blocks
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


def _gallery(value: Raw, lookup: Lookup) -> Document | None:
    shown = (_picture(each, lookup) for each in pictures_in_gallery(value))
    images = [each for each in shown if each is not None]
    return {"title": _text(value, "title"), "images": [*images]} if images else None


def _table(value: Raw, lookup: Lookup) -> Document | None:  # noqa: ARG001
    table = value.get("table") or {}
    columns = table.get("columns") or []
    if not columns:
        return None
    return {
        "caption": _text(table, "caption"),
        "columns": [
            {"text": each.get("heading") or "", "is_number": each.get("type") == "number"}
            for each in columns
        ],
        "rows": [
            [str(cell or "") for cell in row.get("values") or []] for row in table.get("rows") or []
        ],
        "row_headings": bool(value.get("row_headings")),
    }


def _code(value: Raw, lookup: Lookup) -> Document | None:  # noqa: ARG001
    return {"text": _text(value, "text"), "caption": _text(value, "caption")}


def _button(value: Raw, lookup: Lookup) -> Document | None:
    page = value.get("page")
    target = id_of(lookup.pages, page)
    address = _text(value, "address") if page is None else ""
    is_outward = address.lower().startswith(OUTWARD)
    if not (target or is_outward):
        return None
    return {"text": _text(value, "text"), "target": target, "url": address or None}


def _document(value: Raw, lookup: Lookup) -> Document | None:
    file = id_of(lookup.files, value.get("file"))
    return {"file": file, "title": _text(value, "title")} if file else None


def _video(value: Raw, lookup: Lookup) -> Document | None:
    file = id_of(lookup.files, value.get("file"))
    if file is None:
        return None
    poster = lookup.images.get(value.get("poster") or 0)
    return {
        "file": file,
        "title": _text(value, "title"),
        "poster": poster.reference(decorative=True) if poster else None,
        "captions": id_of(lookup.files, value.get("captions")),
        "captions_language": value.get("captions_language") or "nl",
        "transcript_html": contract_html(value.get("transcript"), lookup.pages),
    }


OUTWARD = ("https://", "http://")


def _text(value: Raw, key: str) -> str:
    return value.get(key) or ""


BLOCKS: Mapping[str, Callable[[Any, Lookup], Document | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "image": _picture,
    "pull_quote": _pull_quote,
    "question_answer": _question_answer,
    "call_out": _call_out,
    "gallery": _gallery,
    "table": _table,
    "code": _code,
    "button": _button,
    "document": _document,
    "video": _video,
}
