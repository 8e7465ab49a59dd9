"""The only hands that write public documents; each act runs in its caller's transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import connection
from django.db.models import Model
from wagtail.models import Page

from cms.documents.changes import Changes
from cms.documents.head import locked_head
from cms.documents.kinds import MODELS
from cms.documents.models import FormerPath, PublicDocument
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


def remove(*public_ids: UUID) -> Changes:
    """Take documents away, with the pictures, tags and redirects that were there for them."""
    _assert_transaction()
    with locked_head() as head:
        work = Pass(head)
        work.take_away(public_ids)
        work.finish()
    return work.changes


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
