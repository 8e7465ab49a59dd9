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
