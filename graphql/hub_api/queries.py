"""What anybody may ask who reads the hub; every answer comes from public documents."""

import re
from typing import Annotated
from uuid import UUID

import strawberry

from cms.documents.facets import DEPARTMENT, KIND, PERIOD, PERSON, RUBRIC, TAG
from cms.documents.kinds import ITEMS
from cms.documents.models import PublicDocument
from hub_api.context import Info
from hub_api.errors import CallerError
from hub_api.graph import Graph
from hub_api.lists import Slice, by_path, newest_items
from hub_api.types.connections import ItemConnection, PageInfo, PersonConnection, TagConnection
from hub_api.types.hub import Hub, Rubric, Section
from hub_api.types.items import Item, ItemKind

MOST = 100
MOST_RUBRICS = 200
PERIOD_SHAPE = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

First = Annotated[int, strawberry.argument(description="How many, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The `endCursor` to go on from.")]


def hub(info: Info) -> Hub | None:
    may_read = info.context.caller.may_read
    rows = PublicDocument.objects.filter(may_read, kind__in=("hub", "style"))
    found: Hub | None = Graph(rows.values_list("content", flat=True), may_read=may_read).first(
        "hub"
    )
    return found


def rubrics(info: Info) -> list[Rubric]:
    info.context.budget.take(MOST_RUBRICS, most=MOST_RUBRICS)
    return _in_order(info, "rubric")  # type: ignore[return-value]


def sections(info: Info) -> list[Section]:
    info.context.budget.take(1, most=1)
    return _in_order(info, "section")  # type: ignore[return-value]


def stories(  # noqa: PLR0913 (one per filter)
    info: Info,
    *,
    rubric: Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")] = None,
    tag: Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")] = None,
    department: Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")] = None,
    person: Annotated[
        strawberry.ID | None, strawberry.argument(description="The id of who wrote it or is in it.")
    ] = None,
    period: Annotated[
        str | None, strawberry.argument(description="A month by the hub's clock: `2026-11`.")
    ] = None,
    kind: Annotated[ItemKind | None, strawberry.argument(description="One kind only.")] = None,
    first: First = 20,
    after: After = None,
) -> ItemConnection:
    ids = {RUBRIC: rubric, TAG: tag, DEPARTMENT: department, PERSON: person}
    filters = {name: _id(value) for name, value in ids.items() if value is not None}
    if period is not None:
        filters[PERIOD] = _period(period)
    if kind is not None:
        filters[KIND] = kind.value
    most = info.context.budget.take(first, most=MOST)
    may_read = info.context.caller.may_read
    part = newest_items(may_read=may_read, filters=filters, first=most, after=after)
    return ItemConnection(nodes=_objects(info, part), page_info=_page_info(part))


def story(
    info: Info,
    path: Annotated[str, strawberry.argument(description="Such as `in-the-spotlight/magda/`.")],
) -> Item | None:
    wanted = "/".join(part for part in path.split("/") if part) + "/"
    may_read = info.context.caller.may_read
    found = PublicDocument.objects.filter(may_read, path=wanted, kind__in=ITEMS)
    content = found.values_list("content", flat=True).first()
    return Graph([content], may_read=may_read).get(content["id"]) if content else None


def people(info: Info, first: First = 20, after: After = None) -> PersonConnection:
    most = info.context.budget.take(first, most=MOST)
    part = by_path("person", may_read=info.context.caller.may_read, first=most, after=after)
    return PersonConnection(nodes=_objects(info, part), page_info=_page_info(part))


def tags(info: Info, first: First = 20, after: After = None) -> TagConnection:
    most = info.context.budget.take(first, most=MOST)
    part = by_path("tag", may_read=info.context.caller.may_read, first=most, after=after)
    return TagConnection(nodes=_objects(info, part), page_info=_page_info(part))


def _in_order(info: Info, kind: str) -> list[object]:
    may_read = info.context.caller.may_read
    rows = PublicDocument.objects.filter(may_read, kind=kind).values_list("content", flat=True)
    contents = sorted(rows[:MOST_RUBRICS], key=lambda content: content.get("order", 0))
    return Graph(contents, may_read=may_read).several(content["id"] for content in contents)


def _objects(info: Info, part: Slice) -> list:  # type: ignore[type-arg]  # of what the list is of
    graph = Graph(part.contents, may_read=info.context.caller.may_read)
    return graph.several(content["id"] for content in part.contents)


def _page_info(part: Slice) -> PageInfo:
    return PageInfo(has_next_page=part.has_more, end_cursor=part.cursor)


def _id(value: strawberry.ID) -> str:
    try:
        return str(UUID(value))
    except ValueError as error:
        message = f"{value!r} is not an id; ids come from this graph."
        raise CallerError(message) from error


def _period(value: str) -> str:
    if PERIOD_SHAPE.fullmatch(value):
        return value
    message = "`period` is a month, such as `2026-11`."
    raise CallerError(message)
