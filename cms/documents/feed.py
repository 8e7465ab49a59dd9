"""The feed: everything public, each thing once, in the order in which it last changed."""

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from cms.audiences.models import Audience
from cms.core.audiences import EVERYONE
from cms.documents.models import FeedHead, PublicDocument, Tombstone

UPSERT, REMOVE = "UPSERT", "REMOVE"
CURSOR = re.compile(r"(?P<epoch>.*)\.(?P<seq>[0-9]{1,18})(?P<mark>a?)", re.DOTALL)
"""Eighteen digits fit a database's whole number; the mark is of who keeps audiences apart."""


class UnreadableCursorError(ValueError):
    """A cursor that this feed never gave."""


@dataclass(frozen=True)
class Cursor:
    """How far a reader is, and as which kind of reader it came there."""

    epoch: str
    seq: int
    by_audience: bool

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}{'a' if self.by_audience else ''}"


@dataclass(frozen=True)
class Entry:
    """One change: the newest state of a document, as JSON, or word that it is gone."""

    seq: int
    op: str
    public_id: UUID
    text: str | None
    cut_seq: int | None = None
    """The change that last took something out of it on request."""

    @property
    def document(self) -> dict[str, Any] | None:
        return None if self.text is None else json.loads(self.text)


@dataclass(frozen=True)
class FeedPage:
    """What a reader gets at once, and where to go on."""

    epoch: str
    cursor: str
    has_more: bool
    reset: bool
    entries: list[Entry]
    audiences: dict[str, str]
    """What each audience is called, by its key: to a reader that keeps audiences apart."""


def read_feed(*, after: str | None, first: int, by_audience: bool = False) -> FeedPage:
    """Return the changes after a cursor, in the order of their numbers.

    To a reader that does not keep audiences apart, what is not for everyone is gone, also when
    it was for everyone before. A cursor of one kind of reader means nothing to the other.

    The head is read first and bounds the rest: what changes while this reads has a higher
    number, so it comes with a next page and is never passed over.

    Raises:
        UnreadableCursorError: when `after` is not a cursor.
    """
    head, _is_new = FeedHead.objects.get_or_create(pk=FeedHead.ONLY)
    start = Cursor(str(head.epoch), 0, by_audience)
    cursor = read_cursor(after) if after else start
    is_known = (cursor.epoch, cursor.by_audience) == (start.epoch, by_audience)
    reset = not is_known or cursor.seq > head.seq
    after_seq = 0 if reset else cursor.seq
    # The press asks twice a second, and mostly nothing changed.
    is_news = after_seq < head.seq
    found = _found(after=after_seq, until=head.seq, limit=first + 1) if is_news else []
    has_more = len(found) > first
    entries = [_entry(row, by_audience=by_audience) for row in found[:first]]
    last = entries[-1].seq if has_more else head.seq
    return FeedPage(
        epoch=str(head.epoch),
        cursor=str(Cursor(str(head.epoch), last, by_audience)),
        has_more=has_more,
        reset=reset,
        entries=entries,
        audiences=_names() if by_audience else {},
    )


def _names() -> dict[str, str]:
    return dict(Audience.objects.order_by("key").values_list("key", "name"))


type Row = tuple[int, UUID, str, str | None, int | None]


def _found(*, after: int, until: int, limit: int) -> list[Row]:
    """Number, id, audience and text of each change: the text as it is kept, for others to read."""
    between = {"seq__gt": after, "seq__lte": until}
    upserts = PublicDocument.objects.filter(**between).order_by("seq")
    removals = Tombstone.objects.filter(**between).order_by("seq")
    texts = upserts.annotate(text=Cast("content", TextField()))
    rows: list[Row] = [
        *texts.values_list("seq", "public_id", "audience", "text", "cut_seq")[:limit]
    ]
    rows += [
        (seq, public_id, EVERYONE, None, None)
        for seq, public_id in removals.values_list("seq", "public_id")[:limit]
    ]
    return sorted(rows, key=lambda row: row[0])


def _entry(row: Row, *, by_audience: bool) -> Entry:
    """One change, to the eyes of whoever keeps audiences apart or may only read what is for all."""
    seq, public_id, audience, text, cut_seq = row
    if text is None or not (by_audience or audience == EVERYONE):
        return Entry(seq, REMOVE, public_id, None)
    return Entry(seq, UPSERT, public_id, text, cut_seq)


def read_cursor(text: str) -> Cursor:
    """Return what a cursor says.

    Raises:
        UnreadableCursorError: when this feed never gave it.
    """
    found = CURSOR.fullmatch(text)
    if found is None:
        message = "This is not a cursor of this feed; start again without one."
        raise UnreadableCursorError(message)
    return Cursor(found["epoch"], int(found["seq"]), by_audience=bool(found["mark"]))
