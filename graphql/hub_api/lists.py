"""Lists cut by keyset: what is published or withdrawn meanwhile shifts nothing."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cms.documents.models import Facet, PublicDocument
from hub_api.errors import CallerError


@dataclass(frozen=True)
class Slice:
    """A part of a list: documents, whether there are more, and where it ended."""

    contents: list[dict[str, Any]]
    has_more: bool
    cursor: str | None


def newest_items(*, may_read: Q, filters: dict[str, str], first: int, after: str | None) -> Slice:
    """Return items by the moment they count as published from, newest first."""
    rows = PublicDocument.objects.filter(may_read, due_at__isnull=False)
    for name, value in filters.items():
        rows = rows.filter(
            Exists(Facet.objects.filter(document=OuterRef("pk"), name=name, value=value))
        )
    if after is not None:
        rows = rows.filter(_older_than(after))
    ordered = rows.order_by("-due_at", "-public_id")
    found: list[Any] = list(ordered.values_list("due_at", "public_id", "content")[: first + 1])
    shown = found[:first]
    cursor = None
    if shown:
        due_at, public_id, _content = shown[-1]
        cursor = write_cursor(due_at.isoformat(), str(public_id))
    return Slice([content for *_key, content in shown], len(found) > first, cursor)


def by_path(kind: str, *, may_read: Q, first: int, after: str | None) -> Slice:
    """Return documents with a page of their own in the order of their paths."""
    rows = PublicDocument.objects.filter(may_read, kind=kind)
    if after is not None:
        (path,) = read_cursor(after, parts=1)
        rows = rows.filter(path__gt=path)
    found: list[Any] = list(rows.order_by("path").values_list("path", "content")[: first + 1])
    shown = found[:first]
    cursor = write_cursor(shown[-1][0]) if shown else None
    return Slice([content for _path, content in shown], len(found) > first, cursor)


def write_cursor(*parts: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def read_cursor(text: str, *, parts: int) -> list[str]:
    """Return what a cursor of ours says.

    Raises:
        CallerError: when it is not one.
    """
    try:
        found = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if (
        isinstance(found, list)
        and len(found) == parts
        and all(isinstance(part, str) for part in found)
    ):
        return found
    message = "`after` is not a cursor of this list; start again without one."
    raise CallerError(message)


def _older_than(cursor: str) -> Q:
    due_text, id_text = read_cursor(cursor, parts=2)
    try:
        due_at, public_id = datetime.fromisoformat(due_text), UUID(id_text)
        due_at = due_at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = "`after` is not a cursor of this list; start again without one."
        raise CallerError(message) from error
    return Q(due_at__lt=due_at) | Q(due_at=due_at, public_id__lt=public_id)
