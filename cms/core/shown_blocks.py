"""Blocks that show or hand out something: pictures together, tables, files, video."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core.blocks import IN_BETWEEN, PICTURES, SAFE_FEATURES, TEXT, PictureBlock

MOST_PICTURES = 80
FEWEST_PICTURES = 2


class GalleryBlock(StructBlock):
    """Pictures that belong together."""

    title = CharBlock(label=_("What they show"), required=False, max_length=120)
    images = ListBlock(
        PictureBlock(), label=_("Pictures"), min_num=FEWEST_PICTURES, max_num=MOST_PICTURES
    )

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = PICTURES
        description = _("Two to eighty pictures to leaf through.")
        preview_value: ClassVar[dict[str, object]] = {"title": "De reünie in beeld", "images": []}


class TableBlock(StructBlock):
    """Facts in rows and columns; the first row names the columns."""

    table = TypedTableBlock(
        [
            ("text", CharBlock(label=_("Text"), required=False, max_length=300)),
            ("number", CharBlock(label=_("Number"), required=False, max_length=40)),
        ],
        label=_("Table"),
    )
    row_headings = BooleanBlock(
        label=_("The first column names the rows"), required=False, default=True
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = IN_BETWEEN
        description = _("Rows and columns. A wide one scrolls by itself on a phone.")
        preview_value: ClassVar[dict[str, object]] = {"table": None, "row_headings": True}


class CodeBlock(StructBlock):
    """Something to copy to the letter: a formula, a command."""

    text = TextBlock(label=_("To the letter"), max_length=8000)
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "code"
        label = _("Code")
        group = TEXT
        description = _("A formula or command that is copied to the letter.")
        preview_value: ClassVar[dict[str, str]] = {
            "text": '=AANTAL.ALS(A2:A12;"wip")',
            "caption": "Plak dit in cel B1.",
        }


class ButtonBlock(StructBlock):
    """One thing to do, as a button: to a page of the hub, or to an address elsewhere."""

    text = CharBlock(label=_("Words on the button"), max_length=60)
    page = PageChooserBlock(label=_("Page of the hub"), required=False)
    address = URLBlock(label=_("Or an address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = _("Button")
        group = IN_BETWEEN
        description = _("One thing to do now. Use it once.")
        preview_value: ClassVar[dict[str, object]] = {"text": "Geef je op", "page": None}

    def clean(self, value: Any) -> Any:
        """Ask for one of the two, and not for both."""
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["address"]:
            words = gettext("Choose one of the two: a page, or an address.")
            raise StructBlockValidationError({"address": ValidationError(words)})
        return cleaned


class DocumentBlock(StructBlock):
    """A file to take along: a form, a drawing, a leaflet."""

    file = DocumentChooserBlock(label=_("File"))
    title = CharBlock(
        label=_("What it is"),
        required=False,
        max_length=120,
        help_text=_("Empty: the title of the file itself."),
    )

    class Meta:
        icon = "doc-full"
        label = _("File")
        group = IN_BETWEEN
        description = _("A file to open or keep, with its kind and size.")
        preview_value: ClassVar[dict[str, object]] = {"file": None, "title": "Formulier bouwvak"}


class VideoBlock(StructBlock):
    """A film from a file of our own; nothing of it is fetched before somebody plays it."""

    file = DocumentChooserBlock(label=_("Film"), help_text=_("MP4 or WebM, 500 MB at most."))
    title = CharBlock(label=_("What one sees"), max_length=120)
    poster = ImageChooserBlock(label=_("Picture before it plays"), required=False)
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A file in WebVTT.")
    )
    captions_language = ChoiceBlock(
        label=_("Language of the captions"),
        choices=[("nl", _("Dutch")), ("en", _("English"))],
        default="nl",
    )
    transcript = RichTextBlock(
        label=_("Everything that is said"),
        required=False,
        features=SAFE_FEATURES,
        help_text=_("Who can't listen now reads it, and search finds it."),
    )
    is_silent = BooleanBlock(label=_("Nothing is said in it"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        group = PICTURES
        description = _("A film of your own with captions and its words written out.")
        preview_value: ClassVar[dict[str, object]] = {
            "title": "Truus krijgt een hoed",
            "transcript": "<p>‘Hou jij haar vast?’</p>",
        }
