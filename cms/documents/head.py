"""The head of the feed: who hands out the next number."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cms.documents.models import FeedHead


@contextmanager
def locked_head() -> Iterator[FeedHead]:
    """Hold the feed's one row until the transaction ends, and keep the numbers handed out."""
    head = _locked()
    before = head.seq, head.looks
    yield head
    if (head.seq, head.looks) != before:
        head.save(update_fields=["seq", "looks"])


def _locked() -> FeedHead:
    rows = FeedHead.objects.select_for_update().filter(pk=FeedHead.ONLY)
    found = rows.first()
    if found is None:
        FeedHead.objects.get_or_create(pk=FeedHead.ONLY)
        found = rows.get()
    return found


def looks() -> int:
    """Return how often sources were looked at again, as the database has it now."""
    seen = FeedHead.objects.filter(pk=FeedHead.ONLY).values_list("looks", flat=True).first()
    return seen or 0


def next_seq(head: FeedHead) -> int:
    head.seq += 1
    return head.seq


def start_new_epoch() -> uuid.UUID:
    """Tell every reader of the feed to start again from nothing: after a restore from a backup."""
    with transaction.atomic(), locked_head() as head:
        head.epoch = uuid.uuid4()
        head.save(update_fields=["epoch"])
    return head.epoch
