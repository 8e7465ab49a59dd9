"""Documents as rows: what is there, what is written, what is taken away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from cms.documents.digest import digest_of
from cms.documents.facets import facets_of
from cms.documents.head import next_seq
from cms.documents.kinds import ITEMS
from cms.documents.models import Facet, FeedHead, PublicDocument, Reference, Tombstone
from cms.documents.shapes import JSON, Document

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Where an item stands among others when nobody knows since when it is public."""
COLUMNS = [
    *("kind", "format", "language", "audience", "path", "due_at", "expires_at"),
    *("epoch", "seq", "digest", "content"),
]


@dataclass(frozen=True)
class Built:
    """A document fresh from its source, with the ids of what it mentions."""

    document: Document
    references: dict[UUID, str]

    @cached_property
    def public_id(self) -> UUID:
        return UUID(str(self.document["id"]))

    def differs_from(self, row: PublicDocument | None) -> bool:
        return row is None or row.content != self.document

    def as_row(self, head: FeedHead) -> PublicDocument:
        """Return it as the newest row of the feed."""
        document: dict[str, Any] = self.document
        return PublicDocument(
            public_id=self.public_id,
            kind=document["kind"],
            format=document["format"],
            language=document["language"],
            audience=document["audience"],
            path=document["path"],
            due_at=_due_at(document),
            expires_at=_moment(document.get("expires_at")),
            epoch=head.epoch,
            seq=next_seq(head),
            digest=digest_of(document),
            content=document,
        )


def rows_of(public_ids: Iterable[UUID]) -> dict[UUID, PublicDocument]:
    """Return the documents that exist, by id."""
    return PublicDocument.objects.in_bulk(list(public_ids))


def write(head: FeedHead, built: list[Built], *, over: Collection[UUID]) -> list[PublicDocument]:
    """Put documents in the feed, each with the next number, new or in place of its older state.

    Args:
        head: the locked head of the feed.
        built: what is written.
        over: the ids of the documents that are there already.
    """
    if not built:
        return []
    rows = [each.as_row(head) for each in built]
    older = [row.public_id for row in rows if row.public_id in over]
    fresh = [row.public_id for row in rows if row.public_id not in over]
    PublicDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["public_id"], update_fields=COLUMNS
    )
    Tombstone.objects.filter(public_id__in=fresh).delete()
    Facet.objects.filter(document__in=older).delete()
    Facet.objects.bulk_create(
        Facet(document=row, name=name, value=value)
        for row in rows
        for name, value in sorted(facets_of(row.content))
    )
    Reference.objects.filter(document__in=older).delete()
    Reference.objects.bulk_create(
        Reference(document_id=each.public_id, target=target, kind=kind)
        for each in built
        for target, kind in each.references.items()
    )
    return rows


def bury(head: FeedHead, public_ids: list[UUID]) -> None:
    """Take documents out of the feed and leave word of it."""
    if not public_ids:
        return
    PublicDocument.objects.filter(public_id__in=public_ids).delete()
    Tombstone.objects.bulk_create(
        Tombstone(public_id=each, epoch=head.epoch, seq=next_seq(head)) for each in public_ids
    )


def _due_at(document: Document) -> datetime | None:
    if document["kind"] not in ITEMS:
        return None
    return _moment(document["published_at"]) or LONG_AGO


def _moment(text: JSON) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
