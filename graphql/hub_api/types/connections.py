import strawberry

from hub_api.types.hub import Tag
from hub_api.types.items import Item
from hub_api.types.people import Person


@strawberry.type(description="Where a list was cut.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="There is more after `endCursor`.")
    end_cursor: str | None = strawberry.field(description="Pass it as `after`; null when empty.")


@strawberry.type(description="Items, newest first.")
class ItemConnection:
    nodes: list[Item] = strawberry.field(description="At most 100.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


@strawberry.type(description="Colleagues, by their path.")
class PersonConnection:
    nodes: list[Person] = strawberry.field(description="At most 100.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


@strawberry.type(description="Subjects, by their path.")
class TagConnection:
    nodes: list[Tag] = strawberry.field(description="At most 100.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")
