"""The body of an item: each block becomes the view that its theme partial reads."""

from collections.abc import Sequence
from unicodedata import bidirectional

from hub_site.content.documents import (
    Block,
    Button,
    CallOut,
    Code,
    Document,
    Gallery,
    HandOut,
    Heading,
    Interview,
    Item,
    Paragraph,
    Picture,
    PullQuote,
    QuestionAnswer,
    Table,
    Video,
)
from hub_site.pages.files import MEDIA_TYPES
from hub_site.pages.richtext import bare_text
from hub_site.pages.sheet import Sheet
from hub_site.pages.titles import anchor_of, with_soft_hyphens
from hub_site.pages.views import (
    Anchor,
    BlockView,
    ButtonView,
    CallOutView,
    CaptionsView,
    CodeView,
    ColumnView,
    DocumentView,
    GalleryView,
    HeadingView,
    ParagraphView,
    PictureView,
    PullQuoteView,
    Question,
    QuestionAnswerView,
    TableView,
    VideoView,
)

CONTENTS_FROM = 5
DROP_CAP_FROM = 200
_OUTWARD = ("https://", "http://")


class Body:
    """Turns blocks into views, one after the other, keeping anchors and numbers apart."""

    def __init__(self, sheet: Sheet, item: Item) -> None:
        self._sheet = sheet
        self._item = item
        self._anchors: set[str] = set()
        self._number = 0

    def views(self) -> list[BlockView]:
        views = [self._view(block) for block in self._item.body]
        return [view for view in views if view is not None]

    def _view(self, block: Block) -> BlockView | None:
        match block:
            case Paragraph():
                html = self._sheet.markup(block.html)
                return ParagraphView(type="paragraph", id=block.id, html=html)
            case Heading():
                return self._heading(block)
            case Picture():
                return self._picture(block)
            case PullQuote():
                return self._pull_quote(block)
            case QuestionAnswer():
                return self._question(block)
        return self._set_apart(block)

    def _set_apart(self, block: Block) -> BlockView | None:
        match block:
            case CallOut():
                body = self._sheet.markup(block.body_html)
                return CallOutView(type="call_out", id=block.id, title=block.title, body_html=body)
            case Table():
                return _table(block)
            case Code():
                return CodeView(type="code", id=block.id, text=block.text, caption=block.caption)
        return self._shown(block)

    def _shown(self, block: Block) -> BlockView | None:
        match block:
            case Gallery():
                return self._gallery(block)
            case Button():
                return self._button(block)
            case HandOut():
                file = self._sheet.file(block.file, block.title)
                return file and DocumentView(type="document", id=block.id, file=file)
            case Video():
                return self._video(block)
        raise TypeError(f"No view for the block {type(block).__name__}.")

    def _gallery(self, block: Gallery) -> GalleryView | None:
        shown = (self._sheet.photo(each) for each in block.images)
        images = [each for each in shown if each is not None]
        if not images:
            return None
        return GalleryView(type="gallery", id=block.id, title=block.title, images=images)

    def _button(self, block: Button) -> ButtonView | None:
        target = self._sheet.find(Document, block.target)
        path = self._sheet.shelf.address(target) if target else None
        url = block.url if block.url and block.url.lower().startswith(_OUTWARD) else None
        if path is None and url is None:
            return None
        return ButtonView(type="button", id=block.id, text=block.text, path=path, url=url)

    def _video(self, block: Video) -> VideoView | None:
        file = self._sheet.file(block.file, block.title)
        if file is None:
            return None
        told = self._sheet.file(block.captions)
        language = block.captions_language
        return VideoView(
            type="video",
            id=block.id,
            title=block.title,
            file=file,
            media_type=MEDIA_TYPES.get(file["path"].rpartition(".")[2], "video/mp4"),
            poster=self._sheet.photo(block.poster),
            captions=CaptionsView(path=told["path"], language=language) if told else None,
            transcript_html=self._sheet.markup(block.transcript_html),
        )

    def _heading(self, block: Heading) -> HeadingView:
        text = with_soft_hyphens(block.text, self._item.language)
        anchor = anchor_of(block.text, self._anchors)
        return HeadingView(type="heading", id=block.id, text=text, anchor=anchor)

    def _picture(self, block: Picture) -> PictureView | None:
        photo = self._sheet.photo(block.image)
        if photo is None:
            return None
        return PictureView(type="image", id=block.id, image=photo, caption=photo["caption"])

    def _pull_quote(self, block: PullQuote) -> PullQuoteView:
        speaker = self._sheet.card(block.speaker)
        return PullQuoteView(type="pull_quote", id=block.id, text=block.text, speaker=speaker)

    def _question(self, block: QuestionAnswer) -> QuestionAnswerView:
        self._number += 1
        word = "vraag" if self._item.language == "nl" else "question"
        return QuestionAnswerView(
            type="question_answer",
            id=block.id,
            question=block.question,
            answer_html=self._sheet.markup(block.answer_html),
            anchor=anchor_of(f"{word}-{self._number}", self._anchors),
            number=self._number,
        )


def _table(block: Table) -> TableView:
    columns = [ColumnView(text=each.text, is_number=each.is_number) for each in block.columns]
    return TableView(
        type="table",
        id=block.id,
        caption=block.caption,
        columns=columns,
        rows=[[*row] for row in block.rows],
        row_headings=block.row_headings,
    )


def contents_of(blocks: Sequence[BlockView]) -> list[Anchor]:
    """The table of contents; empty where there is little to choose from."""
    headings = [
        Anchor(text=block["text"], anchor=block["anchor"])
        for block in blocks
        if block["type"] == "heading"
    ]
    return headings if len(headings) >= CONTENTS_FROM else []


def questions_of(blocks: Sequence[BlockView]) -> list[Question]:
    return [
        Question(number=block["number"], question=block["question"], anchor=block["anchor"])
        for block in blocks
        if block["type"] == "question_answer"
    ]


def has_drop_cap(item: Item) -> bool:
    """An initial needs a long first paragraph that starts with a letter, and runs to the right."""
    first = item.body[0] if item.body else None
    if isinstance(item, Interview) or not isinstance(first, Paragraph):
        return False
    text = bare_text(first.html)
    return len(text) > DROP_CAP_FROM and text[0].isalpha() and bidirectional(text[0]) == "L"
