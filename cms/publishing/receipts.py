"""Receipts: from the approved text to the release that readers got, for each publication."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.audiences.models import LONGEST_KEY
from cms.core.audiences import EVERYONE
from cms.documents.actions import Put
from cms.documents.feed import UnreadableCursorError, read_cursor
from cms.documents.models import FeedHead, PublicDocument, Tombstone
from cms.publishing.models import Publication, Release, Removal, Withdrawal

logger = logging.getLogger(__name__)

MOST_PATHS = 100


def note_committed(publication: Publication, put: Put) -> None:
    """Say on a publication, to be saved, which change of the feed it became.

    The moment is taken here, not at the start of the transaction, so that the receipt does not
    flatter: only its own row and the commit itself still follow.
    """
    if put.seq is None:
        return
    publication.seq, publication.path = put.seq, put.path
    publication.published_at = timezone.now()
    publication.release = None if put.is_changed else _release_that_has(publication)
    # Its bytes were on the hub already: nothing is left to be printed.
    publication.live_at = publication.published_at if publication.release else None


def note_removed(item_id: UUID) -> None:
    """Let no later release claim what left the hub before it was ever printed."""
    Publication.objects.not_printed().filter(item_id=item_id).update(seq=None)


def seq_of_removal(item_id: UUID) -> int | None:
    """Return the change of the feed by which an item left; None when it never was in it."""
    return Tombstone.objects.filter(public_id=item_id).values_list("seq", flat=True).first()


@transaction.atomic
def record_release(  # noqa: PLR0913 - the fields of one report
    *,
    number: int,
    epoch: str,
    cursor: str,
    started_at: datetime,
    activated_at: datetime,
    pages: int,
    changed: int,
    set_aside: Sequence[Mapping[str, str]] = (),
    rendered_at: datetime | None = None,
    paths: Sequence[str] = (),
) -> Release:
    """Keep a report of the press, and complete the receipts of all that is in this release.

    The same number of the same epoch is kept once; reported again it may go further in the feed,
    because what changed since made no byte different.

    Args:
        number: Counts up from one, per epoch.
        epoch: Of the feed that it was made from.
        cursor: How far in the feed it goes.
        started_at: When the press began.
        activated_at: When readers got it.
        pages: How many pages it holds.
        changed: How many pages differ from the release before.
        set_aside: What could not be printed: `public_id` and `reason` of each.
        rendered_at: When its last page was printed, before it was written and switched to.
        paths: Addresses of pages that differ; the first hundred are kept.
    """
    seq = _seq_of(cursor)
    told = {
        "cursor": cursor,
        "seq": seq,
        "started_at": started_at,
        "rendered_at": rendered_at,
        "activated_at": activated_at,
        "pages": pages,
        "changed": changed,
        "set_aside": [{**each, "public_id": str(each["public_id"])} for each in set_aside],
        "paths": list(paths[:MOST_PATHS]),
    }
    release, is_new = Release.objects.get_or_create(epoch=str(epoch), number=number, defaults=told)
    if is_new or seq > release.seq:
        release.cursor, release.seq = cursor, seq
        release.set_aside = told["set_aside"]
        release.save(update_fields=["cursor", "seq", "set_aside"])
        _complete(release, live_at=activated_at if is_new else timezone.now())
    return release


def record_removal(  # noqa: PLR0913 - the fields of one report
    item_id: UUID,
    *,
    at: datetime,
    seconds: float,
    releases: Sequence[int],
    files: int,
    scanned: int,
    paths: Sequence[str] = (),
    still_said: Sequence[str] = (),
    still_live: Sequence[str] = (),
    moved_from: str = "",
) -> Removal:
    """Keep what the press took away of something that left the hub, in place of an older report.

    Moved to another audience it left one tree of the hub; each has a newest report of its own.

    Args:
        item_id: Of the document that left.
        at: When the press was done.
        seconds: How long it took.
        releases: Numbers of the releases that lost something.
        files: Whose bytes are gone.
        scanned: Kept files that were searched for its words.
        paths: Where something was removed; the first hundred are kept, as of the next two.
        still_said: Live pages that hold words of it.
        still_live: Addresses of its own where something else is live.
        moved_from: The audience that it is not for any more, where it still is for another.
    """
    told = {
        "at": at,
        "seconds": seconds,
        "releases": list(releases),
        "files": files,
        "scanned": scanned,
        "paths": list(paths[:MOST_PATHS]),
        "still_said": list(still_said[:MOST_PATHS]),
        "still_live": list(still_live[:MOST_PATHS]),
    }
    removal, _is_new = Removal.objects.update_or_create(
        item_id=item_id, moved_from=moved_from[:LONGEST_KEY], defaults=told
    )
    return removal


def newest_release() -> Release | None:
    """Return the release that readers have, as far as the press reported."""
    return Release.objects.first()


def _complete(release: Release, *, live_at: datetime) -> None:
    """Name this release on all that waited for it; what was set aside waits on."""
    if not _is_of_this_feed(release):
        return
    aside = [entry["public_id"] for entry in release.set_aside if _is_id(entry["public_id"])]
    covered: dict[str, Any] = {"release__isnull": True, "seq__lte": release.seq}
    publications = Publication.objects.filter(**covered).exclude(item_id__in=aside)
    if not _is_by_audience(release):
        gated = PublicDocument.objects.exclude(audience=EVERYONE)
        publications = publications.exclude(item_id__in=gated.values("public_id"))
    live = publications.update(release=release, live_at=live_at)
    gone = Withdrawal.objects.filter(**covered).update(release=release, gone_at=live_at)
    logger.info(
        "A release is live",
        extra={
            "release": release.number,
            "pages": release.pages,
            "changed": release.changed,
            "set_aside": len(release.set_aside),
            "publications": live,
            "withdrawals": gone,
        },
    )


def _release_that_has(publication: Publication) -> Release | None:
    """Return the newest release, when this document was in the hub before it was committed."""
    release = newest_release()
    if release is None or publication.seq is None or release.seq < publication.seq:
        return None
    aside = {entry["public_id"] for entry in release.set_aside}
    is_printed = str(publication.item_id) not in aside and _is_of_this_feed(release)
    if not _is_by_audience(release):
        open_to_all = PublicDocument.objects.filter(audience=EVERYONE)
        is_printed &= open_to_all.filter(public_id=publication.item_id).exists()
    return release if is_printed else None


def _is_of_this_feed(release: Release) -> bool:
    """After a restore the numbers of an older feed say nothing about this one."""
    epoch = _uuid(release.epoch)
    return epoch is not None and FeedHead.objects.filter(epoch=epoch).exists()


def _is_by_audience(release: Release) -> bool:
    """Say whether the press that made it got what is not for everyone at all."""
    try:
        return read_cursor(release.cursor).by_audience
    except UnreadableCursorError:
        return False


def _seq_of(cursor: str) -> int:
    try:
        return read_cursor(cursor).seq
    except UnreadableCursorError:
        return 0


def _is_id(text: str) -> bool:
    return _uuid(text) is not None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
