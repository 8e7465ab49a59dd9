"""How long an item takes to read."""

from hub_site.content.documents import (
    Block,
    CallOut,
    Code,
    Heading,
    Item,
    Paragraph,
    PullQuote,
    QuestionAnswer,
    Table,
)
from hub_site.pages.richtext import bare_text

WORDS_PER_MINUTE = 220


def reading_minutes(item: Item) -> int:
    words = sum(len(text.split()) for block in item.body for text in _texts(block))
    words += len(item.summary.split())
    return max(1, round(words / WORDS_PER_MINUTE))


def _texts(block: Block) -> list[str]:
    match block:
        case Paragraph(html=html):
            return [bare_text(html)]
        case Heading(text=text) | PullQuote(text=text) | Code(text=text):
            return [text]
        case QuestionAnswer(question=question, answer_html=answer):
            return [question, bare_text(answer)]
        case CallOut(title=title, body_html=body):
            return [title, bare_text(body)]
        case Table(caption=caption, rows=rows):
            return [caption, *(cell for row in rows for cell in row)]
        case _:
            return []
