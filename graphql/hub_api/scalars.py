"""Scalars that are already text in a document, so that nothing is parsed to be written again."""

from datetime import datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Moment = NewType("Moment", str)
Document = NewType("Document", object)


def _read(value: Any) -> str:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        message = "A moment needs its zone, such as a final Z."
        raise ValueError(message)
    return str(value)


SCALARS: dict[object, ScalarDefinition] = {
    Moment: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC, as ISO 8601 with a final Z.",
        parse_value=_read,
    ),
    Document: strawberry.scalar(
        name="JSON",
        description="A public document as one JSON object; its keys are in `contract.md`.",
    ),
}
