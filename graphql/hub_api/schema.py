"""The schema: put together here, printed to `graphql/schema.graphql`."""

from typing import Any

import strawberry
from django.conf import settings
from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    ValidationCache,
)
from strawberry.schema.config import StrawberryConfig

from hub_api import queries
from hub_api.errors import mask_errors, was_not_meant_for_the_caller
from hub_api.feed import (
    Feed,
    Preview,
    Release,
    Removal,
    feed,
    preview,
    record_release,
    record_removal,
)
from hub_api.limits import DEEPEST_QUERY, MOST_ALIASES, MOST_TOKENS
from hub_api.scalars import SCALARS
from hub_api.types.blocks import (
    ButtonBlock,
    CallOutBlock,
    CodeBlock,
    DocumentBlock,
    GalleryBlock,
    HeadingBlock,
    ImageBlock,
    ParagraphBlock,
    PullQuoteBlock,
    QuestionAnswerBlock,
    TableBlock,
    VideoBlock,
)
from hub_api.types.connections import ItemConnection, PersonConnection, TagConnection
from hub_api.types.hub import Hub, Rubric, Section
from hub_api.types.items import (
    Announcement,
    CommunityAction,
    Event,
    Interview,
    Item,
    Story,
)


@strawberry.type(description="Everything that can be asked; nothing that is not public.")
class Query:
    hub: Hub | None = strawberry.field(
        resolver=queries.hub, description="The hub itself; null before it is set up."
    )
    rubrics: list[Rubric] = strawberry.field(
        resolver=queries.rubrics, description="All rubrics in their order, at most 200."
    )
    sections: list[Section] = strawberry.field(
        resolver=queries.sections, description="All sections in their order, at most 200."
    )
    stories: ItemConnection = strawberry.field(
        resolver=queries.stories,
        description="Items of every kind, newest first; at most 100 at a time.",
    )
    story: Item | None = strawberry.field(
        resolver=queries.story, description="The item with this path, or null."
    )
    people: PersonConnection = strawberry.field(
        resolver=queries.people,
        description="Colleagues with a page of their own; at most 100 at a time.",
    )
    tags: TagConnection = strawberry.field(
        resolver=queries.tags, description="Subjects of public items; at most 100 at a time."
    )
    feed: Feed = strawberry.field(
        resolver=feed,
        description="For the press: what changed after a cursor; `first` is 200, at most 500.",
    )
    preview: Preview = strawberry.field(
        resolver=preview,
        description="For the press and editors: a draft, by a token of at most 15 minutes old.",
    )


@strawberry.type(description="What the press reports.")
class Mutation:
    record_release: Release = strawberry.mutation(
        resolver=record_release, description="For the press: a release went live."
    )
    record_removal: Removal = strawberry.mutation(
        resolver=record_removal,
        description="For the press: what left the feed is gone from every release.",
    )


class HubSchema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Log our own faults; questions that can't be answered are the caller's."""
        ours = [error for error in errors if was_not_meant_for_the_caller(error)]
        super().process_errors(ours, execution_context)


# A limiter makes its rule anew. Made for each request, the cache of what was validated, which
# looks for the same rules, would never find anything: half of what the press's asking costs.
LIMITS = [
    *MaxAliasesLimiter(max_alias_count=MOST_ALIASES).validation_rules,
    *QueryDepthLimiter(max_depth=DEEPEST_QUERY).validation_rules,
]


def _protections() -> list[Any]:
    always = [
        lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
        lambda: AddValidationRules(LIMITS),
        ParserCache,
        ValidationCache,
        mask_errors,
    ]
    return always if settings.DEBUG else [*always, DisableIntrospection]


schema = HubSchema(
    query=Query,
    mutation=Mutation,
    types=[
        *(Story, Interview, Announcement, Event, CommunityAction),
        *(ParagraphBlock, HeadingBlock, ImageBlock),
        *(PullQuoteBlock, QuestionAnswerBlock, CallOutBlock),
        *(GalleryBlock, TableBlock, CodeBlock),
        *(ButtonBlock, DocumentBlock, VideoBlock),
    ],
    extensions=_protections(),
    config=StrawberryConfig(
        scalar_map=SCALARS, disable_field_suggestions=not settings.DEBUG, sort_schema=False
    ),
)
