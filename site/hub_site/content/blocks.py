"""Body blocks: one parser per type; a new block is one line in `_BLOCKS` and one function."""

from collections.abc import Callable

from hub_site.content.documents import (
    Block,
    CallOut,
    Heading,
    Paragraph,
    Picture,
    PullQuote,
    QuestionAnswer,
)
from hub_site.content.fields import DocumentError, Fields
from hub_site.content.references import image_ref, person_ref


def block(fields: Fields) -> Block:
    """Read one body block, whatever its type."""
    kind = fields.text("type")
    if kind not in _BLOCKS:
        raise DocumentError(f"this press does not know the block '{kind}'.")
    return _BLOCKS[kind](fields.identity("id"), fields.inner("value"))


def _paragraph(identity: str, value: Fields) -> Block:
    return Paragraph(identity, value.text("html"))


def _heading(identity: str, value: Fields) -> Block:
    return Heading(identity, value.text("text"))


def _image(identity: str, value: Fields) -> Block:
    # A draft may hold a picture block whose picture is still to be chosen.
    return Picture(identity, None if value.is_null("image") else image_ref(value))


def _pull_quote(identity: str, value: Fields) -> Block:
    return PullQuote(identity, value.text("text"), value.optional("speaker", person_ref))


def _question_answer(identity: str, value: Fields) -> Block:
    return QuestionAnswer(identity, value.text("question"), value.text("answer_html"))


def _call_out(identity: str, value: Fields) -> Block:
    return CallOut(identity, value.text("title"), value.text("body_html"))


_BLOCKS: dict[str, Callable[[str, Fields], Block]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "image": _image,
    "pull_quote": _pull_quote,
    "question_answer": _question_answer,
    "call_out": _call_out,
}
BLOCK_TYPES = frozenset(_BLOCKS)
