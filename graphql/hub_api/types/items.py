from enum import StrEnum

import strawberry

from hub_api.scalars import Moment
from hub_api.types.blocks import Block
from hub_api.types.hub import CoreValue, Goal, Rubric, Section, Tag
from hub_api.types.images import ImageUse
from hub_api.types.people import Department, PersonMention


@strawberry.enum(description="The kinds of item.")
class ItemKind(StrEnum):
    STORY = "story"
    INTERVIEW = "interview"
    ANNOUNCEMENT = "announcement"


@strawberry.interface(description="A story, an interview or an announcement: what employees read.")
class Item:
    id: strawberry.ID = strawberry.field(description="Its id; survives renames and moves.")
    path: str = strawberry.field(description="Its page on the hub.")
    language: str = strawberry.field(description="`nl` or `en`.")
    title: str = strawberry.field(description="Plain text.")
    summary: str = strawberry.field(description="One or two sentences.")
    lead_image: ImageUse | None = strawberry.field(description="The picture on top.")
    rubric: Rubric | None = strawberry.field(description="Null for what lives in a section.")
    section: Section | None = strawberry.field(description="Null for what lives in a rubric.")
    authors: list[PersonMention] = strawberry.field(description="In the order of the byline.")
    people: list[PersonMention] = strawberry.field(description="Who is in it.")
    tags: list[Tag] = strawberry.field(description="Its subjects.")
    departments: list[Department] = strawberry.field(description="Which it is about.")
    connection: str | None = strawberry.field(
        description="`organisation`, `work`, `each-other` or `practical`."
    )
    goal: Goal | None = strawberry.field(description="Which it serves.")
    core_value: CoreValue | None = strawberry.field(description="Which it shows.")
    translation_of: strawberry.ID | None = strawberry.field(
        description="The id of its original; null where you may not read that."
    )
    published_at: Moment | None = strawberry.field(description="When it counts as published from.")
    updated_at: Moment | None = strawberry.field(description="Null until changed after that.")
    expires_at: Moment | None = strawberry.field(description="From then on it is not public.")
    body: list[Block] = strawberry.field(description="Its blocks, in order.")


@strawberry.type(description="A piece of editorial content in a rubric.")
class Story(Item):
    pass


@strawberry.type(description="Questions and answers with a colleague.")
class Interview(Item):
    interviewee: PersonMention | None = strawberry.field(description="Who answers.")


@strawberry.type(description="Formal information from the organisation.")
class Announcement(Item):
    importance: str = strawberry.field(description="`important` or `information`.")
    prominent_until: Moment | None = strawberry.field(description="Stands in front until then.")
    valid_from: Moment | None = strawberry.field(description="Holds from then.")
    valid_until: Moment | None = strawberry.field(description="Has lapsed after it, but stays.")
    replaces: list[strawberry.ID] = strawberry.field(description="Ids of what it replaces.")
    replaced_by: strawberry.ID | None = strawberry.field(description="Id of what replaces it.")
