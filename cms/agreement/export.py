"""All that the register holds about one person, for herself."""

from collections.abc import Iterator
from typing import Any

from cms.accounts.models import Person, User
from cms.agreement.models import Answer, Entry
from cms.stories.ownership import about_hidden

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


def records_of(person: Person, *, reader: User | None = None) -> Iterator[dict[str, Any]]:
    """Yield every entry about somebody, oldest first; moments in UTC.

    Args:
        person: Whom it is about.
        reader: Of the newsroom, who gets what she agreed to in items that he may know of, and
            nothing else; without one it is for herself, and all of it.
    """
    entries = Entry.objects.filter(person=person).order_by("said_at", "pk")
    if reader is not None:
        hidden = about_hidden(reader, page="item_id_kept")
        entries = entries.exclude(answer=Answer.NO).exclude(hidden)
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
