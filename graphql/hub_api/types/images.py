import strawberry


@strawberry.type(description="One size of a picture.")
class Rendition:
    hash: str = strawberry.field(description="SHA-256 of its bytes, in hex; also its address.")
    format: str = strawberry.field(description="`webp` or `jpeg`.")
    width: int = strawberry.field(description="In pixels, never more than the original.")
    height: int = strawberry.field(description="In pixels.")
    bytes: int = strawberry.field(description="How large the file is.")


@strawberry.type(description="Where to look in a picture, as a part of its width and height.")
class FocalPoint:
    x: float = strawberry.field(description="From left, 0 to 1.")
    y: float = strawberry.field(description="From the top, 0 to 1.")


@strawberry.type(description="A picture that something public shows.")
class Image:
    id: strawberry.ID = strawberry.field(description="Its id; survives renames.")
    alt: str = strawberry.field(description="What is in it, in words.")
    credit: str = strawberry.field(description="Who made it; may be empty.")
    width: int = strawberry.field(description="Of the original, in pixels.")
    height: int = strawberry.field(description="Of the original, in pixels.")
    focal_point: FocalPoint = strawberry.field(description="What must stay in sight when cropped.")
    renditions: list[Rendition] = strawberry.field(
        description="The sizes there are, at most six; made at upload, never by this question."
    )


@strawberry.type(description="A picture in its place, with the words that belong there.")
class ImageUse:
    alt: str = strawberry.field(description="What is in it, in words; empty when decorative.")
    decorative: bool = strawberry.field(description="Adds nothing for who cannot see it.")
    caption: str = strawberry.field(description="The text below it; may be empty.")
    image: Image | None = strawberry.field(description="The picture; null while not public yet.")
