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


def hub(info: Info) -> Hub | None:  # noqa: ARG001 (the shape of a resolver)
    return _first("hub")  # type: ignore[return-value]


def rubrics(info: Info) -> list[Rubric]:
    info.context.budget.take(MOST_RUBRICS, most=MOST_RUBRICS)
    return _in_order("rubric")  # type: ignore[return-value]


def sections(info: Info) -> list[Section]:
    info.context.budget.take(1, most=1)
    return _in_order("section")  # type: ignore[return-value]


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
    part = newest_items(filters=filters, first=most, after=after)
    return ItemConnection(nodes=_objects(part), page_info=_page_info(part))


def story(
    info: Info,  # noqa: ARG001 (the shape of a resolver)
    path: Annotated[str, strawberry.argument(description="Such as `in-the-spotlight/magda/`.")],
) -> Item | None:
    wanted = "/".join(part for part in path.split("/") if part) + "/"
    content = (
        PublicDocument.objects.filter(path=wanted, kind__in=ITEMS)
        .values_list("content", flat=True)
        .first()
    )
    return Graph([content]).get(content["id"]) if content else None


def people(info: Info, first: First = 20, after: After = None) -> PersonConnection:
    most = info.context.budget.take(first, most=MOST)
    part = by_path("person", first=most, after=after)
    return PersonConnection(nodes=_objects(part), page_info=_page_info(part))


def tags(info: Info, first: First = 20, after: After = None) -> TagConnection:
    most = info.context.budget.take(first, most=MOST)
    part = by_path("tag", first=most, after=after)
    return TagConnection(nodes=_objects(part), page_info=_page_info(part))


def _first(kind: str) -> object | None:
    found = _in_order(kind)
    return found[0] if found else None


def _in_order(kind: str) -> list[object]:
    rows = PublicDocument.objects.filter(kind=kind).values_list("content", flat=True)
    contents = sorted(rows[:MOST_RUBRICS], key=lambda content: content.get("order", 0))
    return Graph(contents).several(content["id"] for content in contents)


def _objects(part: Slice) -> list:  # type: ignore[type-arg]  # of what the kind of list says
    return Graph(part.contents).several(content["id"] for content in part.contents)


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
