"""What documents can be filtered by."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from cms.documents.kinds import ITEMS
from cms.documents.shapes import Document

RUBRIC, TAG, DEPARTMENT, PERSON, KIND, PERIOD = (
    "rubric",
    "tag",
    "department",
    "person",
    "kind",
    "period",
)


def facets_of(document: Document) -> set[tuple[str, str]]:
    """Return the names and values by which an item is found; other kinds have none."""
    if document["kind"] not in ITEMS:
        return set()
    return set(_facets(document))


def period_of(published_at: str) -> str:
    """Return the month, as the hub's own clock had it, in which something was published."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.fromisoformat(published_at).astimezone(zone).strftime("%Y-%m")


def _facets(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield KIND, document["kind"]
    if document["rubric"]:
        yield RUBRIC, document["rubric"]
    if document["published_at"]:
        yield PERIOD, period_of(document["published_at"])
    yield from ((TAG, tag) for tag in document["tags"])
    yield from ((DEPARTMENT, department) for department in document["departments"])
    yield from ((PERSON, person) for person in _people(document))


def _people(document: dict[str, Any]) -> Iterator[str]:
    refs = [*document["authors"], *document["people"]]
    refs += [document.get("interviewee"), document.get("organiser")]
    refs += [block["value"].get("speaker") for block in document["body"]]
    yield from (ref["person"] for ref in refs if ref and ref["person"])
