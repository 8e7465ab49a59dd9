"""What the parts of a text still need before it can go live."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from cms.media.files import CAPTIONS, FILMS
from cms.media.models import Image
from cms.media.renditions import missing_renditions

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Found = Iterator["Problem"]

FEWEST_IN_GALLERY = 2


@dataclass(frozen=True)
class Problem:
    """Something that is missing or wrong, and where to mend it.

    Attributes:
        key: A word for the kind of problem; stable.
        message: A sentence for the writer.
        field: The name of the form field, or None.
        block: The id of the block in the text, or None.
        blocking: Whether nothing goes live before it is mended.
    """

    key: str
    message: "StrOrPromise"
    field: str | None = None
    block: str | None = None
    blocking: bool = True


def of_renditions(image: Image, *, field: str | None = None, block: str | None = None) -> Found:
    """Say that a picture's sizes are still being made, if they are."""
    if missing_renditions(image):
        message = _("A picture is still being prepared. Try again in a minute.")
        yield Problem("renditions", message, field=field, block=block)


def of_picture(value: Any, *, block: str) -> Found:
    """Return what a picture in the text needs: itself, its words, its sizes."""
    image = value.get("image")
    if image is None:
        message = _("Choose a picture, or remove this part.")
        yield Problem("picture", message, field="body", block=block)
        return
    if not image.decorative and not (image.contextual_alt_text or "").strip():
        message = _("Say what is in the picture, for who cannot see it.")
        yield Problem("picture-alt", message, field="body", block=block)
    yield from of_renditions(image, field="body", block=block)


def of_shown_block(block: StreamValue.StreamChild) -> Found:
    """Return what a block of `SHOWN` needs."""
    yield from SHOWN[block.block_type](block.value, block=block.id)


def _of_gallery(value: Any, *, block: str) -> Found:
    if len(value.get("images") or []) < FEWEST_IN_GALLERY:
        message = _("A gallery has two pictures at least. One picture is a part of its own.")
        yield Problem("gallery", message, field="body", block=block)
    for each in value.get("images") or []:
        yield from of_picture(each, block=block)


def _of_table(value: Any, *, block: str) -> Found:
    table = value.get("table")
    if not (table and table.columns and table.row_data):
        message = _("This table is empty. Fill it in or remove it.")
        yield Problem("table", message, field="body", block=block)
        return
    if not all(str(column["heading"] or "").strip() for column in table.columns):
        message = _("Name every column, for who hears the table read out.")
        yield Problem("table-heading", message, field="body", block=block)
    if not (table.caption or "").strip():
        message = _("Say above the table what is in it.")
        yield Problem("table-caption", message, field="body", block=block)


def _of_button(value: Any, *, block: str) -> Found:
    if not _has_words(value.get("text")):
        message = _("Say what the button does.")
        yield Problem("button-text", message, field="body", block=block)
    if not (value.get("page") or value.get("address")):
        message = _("Choose where the button leads to.")
        yield Problem("button-target", message, field="body", block=block)


def _of_document(value: Any, *, block: str) -> Found:
    if value.get("file") is None:
        message = _("Choose a file, or remove this part.")
        yield Problem("file", message, field="body", block=block)


def _of_video(value: Any, *, block: str) -> Found:
    file, captions = value.get("file"), value.get("captions")
    if file is None or file.extension not in FILMS:
        message = _("Choose a film: a file in MP4 or WebM.")
        yield Problem("film", message, field="body", block=block)
    if not _has_words(value.get("title")):
        message = _("Say what one sees in the film.")
        yield Problem("film-title", message, field="body", block=block)
    if not value.get("is_silent"):
        if captions is None or captions.extension != CAPTIONS:
            message = _("Add captions: a file in WebVTT. Or tick that nothing is said in it.")
            yield Problem("captions", message, field="body", block=block)
        if not _has_words(value.get("transcript")):
            message = _("Write out what is said, for who can't listen.")
            yield Problem("transcript", message, field="body", block=block)
    poster = value.get("poster")
    if poster is not None:
        yield from of_renditions(poster, field="body", block=block)


SHOWN: dict[str, Callable[..., Found]] = {
    "gallery": _of_gallery,
    "table": _of_table,
    "button": _of_button,
    "document": _of_document,
    "video": _of_video,
}
"""Blocks that are more than words: what each of them needs."""


def says_something(block_type: str, value: Any) -> bool:
    """Say whether a reader would find words (or a picture) in a block."""
    if block_type == "image":
        return value.get("image") is not None
    if block_type == "code":
        return bool(str(value.get("text") or "").strip())
    if block_type == "paragraph":
        return _has_words(value)
    if block_type in SHOWN:
        return not any(SHOWN[block_type](value, block=""))
    needed = {
        "heading": ["text"],
        "pull_quote": ["text"],
        "question_answer": ["question", "answer"],
        "call_out": ["title", "body"],
    }.get(block_type, [])
    return all(_has_words(value.get(key)) for key in needed)


def _has_words(value: Any) -> bool:
    source = getattr(value, "source", value) or ""
    return bool(strip_tags(str(source)).replace("\xa0", " ").replace("&nbsp;", " ").strip())
