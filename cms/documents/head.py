"""The head of the feed: who hands out the next number."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cms.documents.models import FeedHead


@contextmanager
def locked_head() -> Iterator[FeedHead]:
    """Hold the feed's one row until the transaction ends, and keep the numbers handed out."""
    FeedHead.objects.get_or_create(pk=FeedHead.ONLY)
    head = FeedHead.objects.select_for_update().get(pk=FeedHead.ONLY)
    before = head.seq
    yield head
    if head.seq != before:
        head.save(update_fields=["seq"])


def next_seq(head: FeedHead) -> int:
    head.seq += 1
    return head.seq


def start_new_epoch() -> uuid.UUID:
    """Tell every reader of the feed to start again from nothing: after a restore from a backup."""
    with transaction.atomic(), locked_head() as head:
        head.epoch = uuid.uuid4()
        head.save(update_fields=["epoch"])
    return head.epoch
