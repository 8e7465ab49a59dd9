"""The words every part of a document is made of."""

from datetime import UTC, datetime
from uuid import UUID

type JSON = dict[str, "JSON"] | list["JSON"] | str | int | float | bool | None
type Document = dict[str, JSON]


def moment(value: datetime | None) -> str | None:
    """Return a moment as documents write it: UTC, to the second unless it has a part of one."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def text_id(value: UUID | None) -> str | None:
    return None if value is None else str(value)
