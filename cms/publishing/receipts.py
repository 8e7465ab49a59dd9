"""What the press reports: one record per release, however often it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from cms.documents.models import PublicDocument
from cms.publishing.models import Release
from cms.workflow import notifications


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
) -> Release:
    """Keep a report of the press; the same number of the same epoch is kept once.

    Args:
        number: Counts up from one, per epoch.
        epoch: Of the feed that it was made from.
        cursor: How far in the feed it goes.
        started_at: When the press began.
        activated_at: When readers got it.
        pages: How many pages it holds.
        changed: How many pages differ from the release before.
        set_aside: What could not be printed: `public_id` and `reason` of each.
    """
    aside = [{"public_id": str(each["public_id"]), "reason": each["reason"]} for each in set_aside]
    before = Release.objects.filter(epoch=str(epoch), number__lt=number).order_by("-number").first()
    release, is_new = Release.objects.get_or_create(
        epoch=str(epoch),
        number=number,
        defaults={
            "cursor": cursor,
            "started_at": started_at,
            "activated_at": activated_at,
            "pages": pages,
            "changed": changed,
            "set_aside": aside,
        },
    )
    if is_new:
        _tell_what_is_left_out(release, before=before)
    return release


def _tell_what_is_left_out(release: Release, *, before: Release | None) -> None:
    """Name what this release leaves out and the one before did not."""
    known = {entry["public_id"] for entry in before.set_aside} if before else set()
    fresh = [entry for entry in release.set_aside if entry["public_id"] not in known]
    if not fresh:
        return
    named = [f"{_title_of(entry['public_id'])}: {entry['reason']}" for entry in fresh]
    notifications.set_aside(number=release.number, named=named)


def _title_of(public_id: str) -> str:
    try:
        document = PublicDocument.objects.filter(public_id=public_id).first()
    except ValueError:
        document = None
    return str(document.content["title"]) if document else public_id
