"""All that the register holds about one person, for herself."""

from collections.abc import Iterator
from typing import Any

from cms.accounts.models import Person
from cms.agreement.models import Answer, Entry

COLUMNS = (
    "item",
    "title",
    "what",
    "answer",
    "words",
    "digest",
    "basis",
    "by_way_of",
    "capacity",
    "given_by",
    "taken_down_by",
    "link",
    "sentence",
    "said_at",
    "until",
    "withdrawn_at",
    "withdrawn_by",
)


def records_of(person: Person, *, with_refusals: bool) -> Iterator[dict[str, Any]]:
    """Yield every entry about somebody, oldest first; moments in UTC.

    Args:
        person: Whom it is about.
        with_refusals: For herself; the newsroom gets what she agreed to and nothing else.
    """
    entries = Entry.objects.filter(person=person).order_by("said_at", "pk")
    if not with_refusals:
        entries = entries.exclude(answer=Answer.NO)
    for entry in entries.select_related("taken_down_by"):
        yield {
            "item": str(entry.item_id_kept),
            "title": entry.item_title,
            "what": entry.matter,
            "answer": entry.answer,
            "words": entry.shown,
            "digest": entry.digest,
            "basis": entry.basis,
            "by_way_of": entry.channel,
            "capacity": entry.capacity,
            "given_by": entry.given_by,
            "taken_down_by": entry.taken_down_by.display_name if entry.taken_down_by else "",
            "link": str(entry.link or ""),
            "sentence": entry.sentence,
            "said_at": entry.said_at.isoformat(),
            "until": entry.until.isoformat() if entry.until else "",
            "withdrawn_at": entry.withdrawn_at.isoformat() if entry.withdrawn_at else "",
            "withdrawn_by": entry.withdrawn_by,
        }


def row_of(record: dict[str, Any]) -> list[str]:
    """Return a record as the cells of a table; words and pictures each on a line of their own."""
    shown = (each.get("said") or each.get("alt") or "" for each in record["words"])
    return [str(value) for value in {**record, "words": "\n".join(shown)}.values()]
