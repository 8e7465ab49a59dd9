"""The feed: everything public, each thing once, in the order in which it last changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cms.documents.models import FeedHead, PublicDocument, Tombstone

UPSERT, REMOVE = "UPSERT", "REMOVE"
LONGEST_SEQ = 18
"""Digits; what fits a database's whole number."""


class UnreadableCursorError(ValueError):
    """A cursor that this feed never gave."""


@dataclass(frozen=True)
class Entry:
    """One change: the newest state of a document, or word that it is gone."""

    seq: int
    op: str
    public_id: UUID
    document: dict[str, Any] | None


@dataclass(frozen=True)
class FeedPage:
    """What a reader gets at once, and where to go on."""

    epoch: str
    cursor: str
    has_more: bool
    reset: bool
    entries: list[Entry]


def read_feed(*, after: str | None, first: int) -> FeedPage:
    """Return the changes after a cursor, in the order of their numbers.

    The head is read first and bounds the rest: what changes while this reads has a higher
    number, so it comes with a next page and is never passed over.

    Raises:
        UnreadableCursorError: when `after` is not a cursor.
    """
    head, _is_new = FeedHead.objects.get_or_create(pk=FeedHead.ONLY)
    epoch, seq = read_cursor(after) if after else (str(head.epoch), 0)
    reset = epoch != str(head.epoch) or seq > head.seq
    entries = _entries(after=0 if reset else seq, until=head.seq, limit=first + 1)
    has_more = len(entries) > first
    entries = entries[:first]
    last = entries[-1].seq if has_more else head.seq
    return FeedPage(
        epoch=str(head.epoch),
        cursor=f"{head.epoch}.{last}",
        has_more=has_more,
        reset=reset,
        entries=entries,
    )


def _entries(*, after: int, until: int, limit: int) -> list[Entry]:
    between = {"seq__gt": after, "seq__lte": until}
    upserts = PublicDocument.objects.filter(**between).order_by("seq")
    removals = Tombstone.objects.filter(**between).order_by("seq")
    entries = [
        Entry(seq, UPSERT, public_id, content)
        for seq, public_id, content in upserts.values_list("seq", "public_id", "content")[:limit]
    ]
    entries += [
        Entry(seq, REMOVE, public_id, None)
        for seq, public_id in removals.values_list("seq", "public_id")[:limit]
    ]
    return sorted(entries, key=lambda entry: entry.seq)


def read_cursor(text: str) -> tuple[str, int]:
    """Return the epoch of a cursor and the number up to which it goes.

    Raises:
        UnreadableCursorError: when this feed never gave it.
    """
    epoch, dot, seq = text.rpartition(".")
    if not (dot and seq.isascii() and seq.isdecimal() and len(seq) <= LONGEST_SEQ):
        message = "This is not a cursor of this feed; start again without one."
        raise UnreadableCursorError(message)
    return epoch, int(seq)
