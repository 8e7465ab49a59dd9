"""What is wrong with content: items that are late, failed, or not on the hub as approved."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Page, TaskState

from cms.alarms.machine import press_status
from cms.alarms.problems import Kind, Problem
from cms.documents.models import PublicDocument
from cms.media.tasks import without_sizes
from cms.publishing.models import Emergency, Publication, Withdrawal
from cms.publishing.receipts import newest_release
from cms.stories.models import EditorialPage
from cms.workflow.models import ApprovalState

TRIES_BEFORE_ALARM = 2
LATE_AFTER = timedelta(seconds=30)
"""Readers may expect two seconds; what is not there after this will not come by itself soon."""


def problems_of_content(*, now: datetime) -> Iterator[Problem]:
    """Yield what community managers have to know, in a handful of queries."""
    aside = _set_aside()
    yield from _publications(now)
    yield from _emergencies()
    if newest_release() is not None:
        # Before the first release of all nothing can be missed: the hub itself is not there yet.
        yield from _not_printed(now, aside=aside)
    yield from _left_out(aside)
    for image, reason in without_sizes().items():
        facts = {"title": image.title, "reason": reason, "image": image.pk}
        yield Problem(Kind.SIZES, str(image.pk), facts)


def _emergencies() -> Iterator[Problem]:
    """Yield what is live on one yes, and what came down for want of a second and still waits."""
    open_ones = Emergency.objects.open().filter(page__isnull=False).select_related("page")
    for one in open_ones:
        yield _of_emergency(Kind.EMERGENCY, one)
    waiting = ApprovalState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__object_id=Cast(OuterRef("page"), CharField()),
    )
    down = Emergency.objects.filter(
        Exists(waiting), state=Emergency.State.TAKEN_DOWN, page__live=False
    )
    for one in down.select_related("page"):
        yield _of_emergency(Kind.TAKEN_DOWN, one)


def _of_emergency(kind: Kind, one: Emergency) -> Problem:
    facts = {
        "title": _name_of(one.page),
        "deadline": one.deadline.isoformat(),
        "reason": one.reason,
    }
    return Problem(kind, str(one.pk), facts, one.page_id)


def _publications(now: datetime) -> Iterator[Problem]:
    newer = Publication.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    newest = Publication.objects.filter(~Exists(newer), page__isnull=False).select_related("page")
    for failed in newest.filter(state=Publication.State.FAILED).order_by("due_at"):
        yield _of_publication(Kind.PUBLICATION, failed)
    for late in newest.scheduled().filter(due_at__lte=now).order_by("due_at"):
        # A database that was busy for a moment is no news; a second failure within seconds is.
        if late.attempts >= TRIES_BEFORE_ALARM or late.due_at <= now - LATE_AFTER:
            yield _of_publication(Kind.OVERDUE, late)


def _of_publication(kind: Kind, publication: Publication) -> Problem:
    facts = {
        "title": _name_of(publication.page),
        "due_at": publication.due_at.isoformat(),
        "reason": publication.failure,
    }
    return Problem(kind, str(publication.pk), facts, publication.page_id)


def _not_printed(now: datetime, *, aside: Mapping[str, str]) -> Iterator[Problem]:
    """Count what was put on or taken off the hub by a person and is not so in any release yet."""
    keys = _ids(aside)
    there = PublicDocument.objects.filter(public_id=OuterRef("item_id"))
    waiting = Publication.objects.not_printed().filter(published_at__lte=now - LATE_AFTER)
    number = waiting.filter(Exists(there)).exclude(item_id__in=keys).count()
    gone = Withdrawal.objects.filter(release__isnull=True, seq__isnull=False)
    withdrawn = gone.filter(~Exists(there), at__lte=now - LATE_AFTER).count()
    if number or withdrawn:
        yield Problem(Kind.NOT_PRINTED, facts={"number": number, "withdrawn": withdrawn})


def _set_aside() -> Mapping[str, str]:
    """Return what the press left out and why: from itself if it is here, else from its report."""
    release, status = newest_release(), press_status()
    if status.release and (release is None or status.release >= release.number):
        return dict(status.set_aside)
    entries = release.set_aside if release else []
    return {entry["public_id"]: entry["reason"] for entry in entries}


def _left_out(aside: Mapping[str, str]) -> Iterator[Problem]:
    if not aside:
        return
    documents = PublicDocument.objects.in_bulk(_ids(aside))
    pages = EditorialPage.objects.filter(public_id__in=documents)
    items = {str(page.public_id): page for page in pages}
    for public_id, reason in aside.items():
        document = documents.get(UUID(public_id)) if _ids([public_id]) else None
        if document is None:
            continue
        kind = Kind.PICTURE if document.kind == "image" else Kind.LEFT_OUT
        item = items.get(public_id)
        title = _name_of(item) if item else str(document.content["title"])
        facts: dict[str, str | int] = {"title": title, "reason": reason}
        yield Problem(kind, public_id, facts, item.pk if item else None)


def _name_of(page: Page | None) -> str:
    """Return a title that may be told; none of what must stay among few."""
    if page is None or getattr(page, "is_confidential", False):
        return ""
    return str(page.draft_title)


def _ids(texts: Iterable[Any]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
