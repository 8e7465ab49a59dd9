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
    EVENT = "event"
    COMMUNITY_ACTION = "community_action"


@strawberry.interface(
    description="A story, an interview, an announcement, an event or a community action."
)
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


@strawberry.type(description="Something at a time and a place; a cancelled one stays.")
class Event(Item):
    starts_at: Moment = strawberry.field(description="When it starts.")
    ends_at: Moment | None = strawberry.field(description="When it ends; null where nobody said.")
    over_at: Moment = strawberry.field(
        description="From then on it is past: its end, else the midnight after its start."
    )
    place: str = strawberry.field(description="Where it is; empty for what is by link alone.")
    link: str | None = strawberry.field(description="Of a video call, or of who organises.")
    organiser: PersonMention | None = strawberry.field(description="Whom to ask.")
    meant_for: str = strawberry.field(description="Who can come, in words.")
    is_cancelled: bool = strawberry.field(description="Whether it does not take place.")
    cancellation: str = strawberry.field(description="Why, and what now.")


@strawberry.type(description="A call to colleagues to share something.")
class CommunityAction(Item):
    asked: str = strawberry.field(description="What to share.")
    effort: str = strawberry.field(description="How much work it is, in words.")
    until: Moment | None = strawberry.field(description="Then it is closed, but stays.")
    result: strawberry.ID | None = strawberry.field(
        description="The id of what came of it; null where you may not read that."
    )
