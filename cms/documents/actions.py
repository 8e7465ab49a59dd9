"""The only hands that write public documents; each act runs in its caller's transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Model
from wagtail.models import Page

from cms.core.models import HubPageBase
from cms.documents.changes import Changes
from cms.documents.comparison import compare_as_read
from cms.documents.head import locked_head
from cms.documents.hints import hints
from cms.documents.kinds import MODELS
from cms.documents.lookup import Lookup
from cms.documents.models import FeedHead, FormerPath, PublicDocument
from cms.documents.passes import Pass, Wanted
from cms.documents.sources import identity_of

AT_ONCE = 500


class OutsideTransactionError(RuntimeError):
    """Documents change together with what they describe, or not at all."""


def put(*sources: Model, published_at: datetime | None = None) -> Changes:
    """Publish sources that became public, and whatever becomes public with them.

    Args:
        sources: pages or snippets, saved.
        published_at: the moment they count as published from; kept with the page.
    """
    _assert_transaction()
    if published_at is not None:
        pages = [source.pk for source in sources if isinstance(source, Page)]
        Page.objects.filter(pk__in=pages).update(first_published_at=published_at)
    return refresh(*sources)


@dataclass(frozen=True)
class Put:
    """What became of a page that was put.

    Attributes:
        seq: Its number in the feed; None when it is for others than everyone.
        path: Its address.
        is_changed: Whether anything of it is different on the outside.
    """

    seq: int | None = None
    path: str = ""
    is_changed: bool = False


class Feed:
    """The feed in the hands of one transaction: until that ends, nobody else looks or writes."""

    def __init__(self, head: FeedHead) -> None:
        self._head = head

    @property
    def looks(self) -> int:
        """How often sources were looked at again; see `FeedHead`."""
        return self._head.looks

    def put(self, page: HubPageBase, lookup: Lookup) -> Put:
        """Publish a page that was saved just now, as it is in memory.

        Args:
            page: with its children in memory, for nothing of it is read again.
            lookup: what it mentions, read since the feed is held or while `looks` was the same.
        """
        work = Pass(self._head)
        found = compare_as_read(page, lookup)
        written = work.take_in(found)
        if work.touched:
            # Others are made of this one: what was read for them before is too old now.
            self._head.looks += 1
        work.finish()
        hints.answered({page.public_id})
        if not found.built:
            return Put()
        row = next(iter(written), None) or found.rows[page.public_id]
        return Put(seq=row.seq, path=row.path or "", is_changed=bool(written))


@contextmanager
def held_feed() -> Iterator[Feed]:
    """Hold the feed from now until the transaction ends, to read for it and then write."""
    _assert_transaction()
    with locked_head() as head:
        yield Feed(head)


def remove(*public_ids: UUID) -> Changes:
    """Take documents away, with the pictures, tags and redirects that were there for them."""
    _assert_transaction()
    with locked_head() as head:
        head.looks += 1
        work = Pass(head)
        work.take_away(public_ids)
        work.finish()
    return work.changes


def note_cut(public_id: UUID) -> None:
    """Say that the newest change of a document took something out of it on request.

    Who reads the feed then keeps nothing of what it said before.
    """
    _assert_transaction()
    with locked_head():
        PublicDocument.objects.filter(pk=public_id).update(cut_seq=F("seq"))


def look_again(*sources: Model) -> Changes:
    """Bring the documents of sources up to date, in a transaction of its own."""
    with transaction.atomic():
        return refresh(*sources)


def refresh(*sources: Model) -> Changes:
    """Make the documents of sources say what is true now: put, changed or taken away."""
    _assert_transaction()
    wanted: Wanted = {}
    for kind, public_id in filter(None, map(identity_of, sources)):
        wanted.setdefault(kind, set()).add(public_id)
    return _compare(wanted)


def refresh_all() -> Changes:
    """Compare every document with its source and put right what differs, all in one go."""
    _assert_transaction()
    changes = Changes()
    for wanted in _everything(AT_ONCE):
        changes += _compare(wanted)
    return changes + _mend_redirects()


def _compare(wanted: Wanted) -> Changes:
    with locked_head() as head:
        head.looks += 1
        work = Pass(head)
        work.look_at(wanted)
        work.finish()
    return work.changes


def _mend_redirects() -> Changes:
    with locked_head() as head:
        work = Pass(head)
        work.mend_redirects(set(FormerPath.objects.values_list("target", flat=True)))
    return work.changes


def _everything(size: int) -> Iterator[Wanted]:
    """Yield every source and every document, in portions of a size."""
    for kind, model in reversed(MODELS.items()):
        documents = PublicDocument.objects.filter(kind=kind)
        found: Iterable[UUID] = {
            *model.objects.values_list("public_id", flat=True),
            *documents.values_list("public_id", flat=True),
        }
        for portion in batched(sorted(found), size):
            yield {kind: set(portion)}


def _assert_transaction() -> None:
    if not connection.in_atomic_block:
        message = "Public documents change inside the transaction of what they describe."
        raise OutsideTransactionError(message)
