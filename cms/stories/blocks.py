from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import (
    IN_BETWEEN,
    SAFE_FEATURES,
    TEXT,
    CallOutBlock,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
)
from cms.core.shown_blocks import (
    ButtonBlock,
    CodeBlock,
    DocumentBlock,
    GalleryBlock,
    TableBlock,
    VideoBlock,
)


class PullQuoteBlock(StructBlock):
    """One sentence from the story, said by somebody, large enough to stop at."""

    text = TextBlock(label=_("Quote"), max_length=280)
    speaker = SnippetChooserBlock("accounts.Person", label=_("Who says it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        group = IN_BETWEEN
        description = _("A sentence from the story, shown large.")
        preview_value: ClassVar[dict[str, object]] = {
            "text": "Ik hoor aan de las of iemand haast had.",
            "speaker": None,
        }


class QuestionAnswerBlock(StructBlock):
    """A question and what the interviewee said."""

    question = CharBlock(label=_("Question"), max_length=240)
    answer = RichTextBlock(label=_("Answer"), features=SAFE_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        group = TEXT
        description = _("One question with its answer, the heart of an interview.")
        preview_value: ClassVar[dict[str, str]] = {
            "question": "Wat merk jij op dat een ander mist?",
            "answer": "<p>Aan het geluid hoor ik of een ketting droog loopt.</p>",
        }


class BodyBlock(StreamBlock):
    """The body of a story: the blocks the hub can print.

    A new one also needs a GraphQL type, a dataclass in the press, a theme partial and a sample;
    `test_architecture.py` says which.
    """

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    question_answer = QuestionAnswerBlock()
    image = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    pull_quote = PullQuoteBlock()
    call_out = CallOutBlock()
    table = TableBlock()
    document = DocumentBlock()
    button = ButtonBlock()
    code = CodeBlock()

    class Meta:
        required = False
