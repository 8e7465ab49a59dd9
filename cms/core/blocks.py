from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.images.blocks import ImageBlock

SAFE_FEATURES = ["bold", "italic", "ol", "ul", "link"]
TEXT = _("Text")
PICTURES = _("Pictures")
IN_BETWEEN = _("In between")


class ParagraphBlock(RichTextBlock):
    """Running text; only what the hub's typography knows."""

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        group = TEXT
        features: ClassVar[list[str]] = SAFE_FEATURES
        description = _("Running text, with bold, italic, lists and links.")
        preview_value = "<p>07.40 – bus geladen, zeef vergeten. 09.15 – terug voor de zeef.</p>"


class HeadingBlock(StructBlock):
    """A heading between paragraphs."""

    text = CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        description = _("A heading of a few words that says what comes next.")
        preview_value: ClassVar[dict[str, str]] = {"text": "Eerst luisteren, dan schroeven"}


class PictureBlock(StructBlock):
    """A picture in the text; it is described in words, or marked as decoration."""

    image = ImageBlock(label=_("Image"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        group = PICTURES
        description = _("A picture with a caption. Say what is in it for who cannot see it.")
        preview_value: ClassVar[dict[str, object]] = {
            "image": None,
            "caption": "De berg achter de fabriek, om kwart over zes.",
        }


class CallOutBlock(StructBlock):
    """Facts or a catch, set apart from the running text."""

    title = CharBlock(label=_("Title"), max_length=80)
    body = RichTextBlock(label=_("Text"), features=SAFE_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        group = IN_BETWEEN
        description = _("A few facts, or where it usually goes wrong.")
        preview_value: ClassVar[dict[str, str]] = {
            "title": "De ochtend in drie getallen",
            "body": "<ul><li>27 kilometer</li><li>1 kapotte veer</li><li>0 tranen</li></ul>",
        }
