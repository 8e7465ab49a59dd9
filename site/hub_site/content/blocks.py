"""Body blocks: one parser per type; a new block is one line in `_BLOCKS` and one function."""

from collections.abc import Callable

from hub_site.content.documents import (
    Block,
    Button,
    CallOut,
    Code,
    Column,
    Gallery,
    HandOut,
    Heading,
    Language,
    Paragraph,
    Picture,
    PullQuote,
    QuestionAnswer,
    Table,
    Video,
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


def _gallery(identity: str, value: Fields) -> Block:
    images = tuple(image_ref(each) for each in value.each("images"))
    return Gallery(identity, value.text("title"), images)


def _table(identity: str, value: Fields) -> Block:
    columns = tuple(Column(each.text("text"), each.claim("is_number")) for each in _columns(value))
    rows = tuple(_row(row, len(columns)) for row in value.items("rows"))
    return Table(identity, value.text("caption"), columns, rows, value.claim("row_headings"))


def _columns(value: Fields) -> list[Fields]:
    columns = value.each("columns")
    if not 0 < len(columns) <= MOST_COLUMNS:
        raise DocumentError(f"a table should have 1 to {MOST_COLUMNS} columns.")
    return columns


def _row(cells: object, width: int) -> tuple[str, ...]:
    """A row as wide as the table, whatever was sent of it."""
    found = Fields({"row": cells}).texts("row")
    return (*found[:width], *[""] * (width - len(found)))


def _code(identity: str, value: Fields) -> Block:
    return Code(identity, value.text("text"), value.text("caption"))


def _button(identity: str, value: Fields) -> Block:
    target, url = value.identity_or_none("target"), value.text_or_none("url")
    return Button(identity, value.text("text"), target, url)


def _document(identity: str, value: Fields) -> Block:
    return HandOut(identity, value.identity("file"), value.text("title"))


def _video(identity: str, value: Fields) -> Block:
    return Video(
        identity,
        value.identity("file"),
        value.text("title"),
        value.optional("poster", image_ref),
        value.identity_or_none("captions"),
        value.one_of("captions_language", _LANGUAGES),
        value.text("transcript_html"),
    )


MOST_COLUMNS = 100
_LANGUAGES: dict[str, Language] = {"nl": "nl", "en": "en"}
_BLOCKS: dict[str, Callable[[str, Fields], Block]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "image": _image,
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
BLOCK_TYPES = frozenset(_BLOCKS)
