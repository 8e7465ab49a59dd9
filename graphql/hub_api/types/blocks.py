import strawberry

from hub_api.types.images import ImageUse
from hub_api.types.people import PersonMention


@strawberry.interface(description="A part of an item's body; one type per block of the newsroom.")
class Block:
    id: str = strawberry.field(description="Stays the same while the item is edited.")


@strawberry.type(description="Running text.")
class ParagraphBlock(Block):
    html: str = strawberry.field(
        description="Safe markup; a link to a document is `document:` and its id."
    )


@strawberry.type(description="A heading between paragraphs.")
class HeadingBlock(Block):
    text: str = strawberry.field(description="Plain text.")


@strawberry.type(description="A picture in the text.")
class ImageBlock(Block):
    image: ImageUse = strawberry.field(description="The picture with its words.")


@strawberry.type(description="A sentence from the item, large.")
class PullQuoteBlock(Block):
    text: str = strawberry.field(description="Plain text.")
    speaker: PersonMention | None = strawberry.field(description="Who says it.")


@strawberry.type(description="A question and its answer.")
class QuestionAnswerBlock(Block):
    question: str = strawberry.field(description="Plain text.")
    answer_html: str = strawberry.field(description="In the hub's safe markup.")


@strawberry.type(description="Facts or a catch, apart from the running text.")
class CallOutBlock(Block):
    title: str = strawberry.field(description="Plain text.")
    body_html: str = strawberry.field(description="In the hub's safe markup.")


@strawberry.type(description="Pictures that belong together.")
class GalleryBlock(Block):
    title: str = strawberry.field(description="What they show; may be empty.")
    images: list[ImageUse] = strawberry.field(description="In order, at most 80.")


@strawberry.type(description="What a column of a table is called.")
class TableColumn:
    text: str = strawberry.field(description="Plain text.")
    is_number: bool = strawberry.field(description="Set to the right, digits below each other.")


@strawberry.type(description="Facts in rows and columns.")
class TableBlock(Block):
    caption: str = strawberry.field(description="What is in it.")
    columns: list[TableColumn] = strawberry.field(description="From left to right.")
    rows: list[list[str]] = strawberry.field(description="As many cells as there are columns.")
    row_headings: bool = strawberry.field(description="The first cell names its row.")


@strawberry.type(description="Something to copy to the letter.")
class CodeBlock(Block):
    text: str = strawberry.field(description="With its line breaks.")
    caption: str = strawberry.field(description="May be empty.")


@strawberry.type(description="One thing to do, as a button.")
class ButtonBlock(Block):
    text: str = strawberry.field(description="What it does.")
    target: strawberry.ID | None = strawberry.field(description="Id of a document of the hub.")
    url: str | None = strawberry.field(description="Or an address elsewhere.")


@strawberry.type(description="A file that something public hands out.")
class File:
    id: strawberry.ID = strawberry.field(description="Its id.")
    title: str = strawberry.field(description="What it is called.")
    hash: str = strawberry.field(description="SHA-256 of its bytes, in hex; also its address.")
    extension: str = strawberry.field(description="What kind of file it is.")
    bytes: int = strawberry.field(description="How large it is.")


@strawberry.type(description="A file to take along.")
class DocumentBlock(Block):
    title: str = strawberry.field(description="Empty: that of the file itself.")
    file: File | None = strawberry.field(description="Null while not public yet.")


@strawberry.type(description="A film with its captions and its words.")
class VideoBlock(Block):
    title: str = strawberry.field(description="What one sees.")
    file: File | None = strawberry.field(description="The film; null while not public yet.")
    poster: ImageUse | None = strawberry.field(description="Shown before it plays.")
    captions: File | None = strawberry.field(description="In WebVTT.")
    captions_language: str = strawberry.field(description="`nl` or `en`.")
    transcript_html: str = strawberry.field(description="Everything that is said.")
