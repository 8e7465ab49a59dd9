"""Receipts: which release had an approved text first, and how long after its moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.documents.head import start_new_epoch
from cms.documents.models import FeedHead, PublicDocument
from cms.publishing import actions as publishing
from cms.publishing.models import Publication, Release, Withdrawal
from cms.publishing.receipts import record_release
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def report(**more: Any) -> dict[str, Any]:
    return {
        "number": 412,
        "epoch": "e1",
        "cursor": "c9",
        "started_at": NINE,
        "activated_at": NINE + timedelta(seconds=1),
        "pages": 240,
        "changed": 3,
        **more,
    }


def printed(number: int = 412, *, seq: int | None = None, **more: Any) -> Release:
    """Let the press report a release that goes as far as the feed does now, or to `seq`."""
    head = FeedHead.objects.get()
    cursor = f"{head.epoch}.{head.seq if seq is None else seq}"
    now = timezone.now()
    more = {"started_at": now, "activated_at": now, **more}
    return record_release(**report(number=number, epoch=str(head.epoch), cursor=cursor, **more))


def test_a_report_that_comes_twice_is_kept_once() -> None:
    first = record_release(**report())
    again = record_release(**report(cursor="c10"))

    assert first == again
    assert Release.objects.get().cursor == "c9"


def test_another_epoch_counts_for_itself() -> None:
    record_release(**report())
    record_release(**report(epoch="e2"))

    assert Release.objects.count() == 2


def test_a_receipt_says_when_it_was_due_committed_printed_and_live_and_where() -> None:
    publication = stages.due(stages.scheduled())
    publication.approved_at -= timedelta(hours=1)
    publication.save()
    before = timezone.now()
    publishing.publish(publication)
    assert not Publication.objects.filter(live_at__isnull=False).exists()
    rendered, live = timezone.now(), timezone.now() + timedelta(milliseconds=250)

    release = printed(rendered_at=rendered, activated_at=live, paths=["a/", "b/"])

    publication.refresh_from_db()
    document = PublicDocument.objects.get(public_id=publication.item_id)
    assert (publication.seq, publication.path) == (document.seq, document.path)
    assert publication.published_at is not None
    assert publication.due_at < before < publication.published_at < rendered < live
    assert (publication.release, publication.live_at) == (release, live)
    assert publication.lateness == live - publication.due_at
    assert release.paths == ["a/", "b/"]


def test_a_release_that_does_not_go_far_enough_completes_nothing() -> None:
    stages.live()
    seq = Publication.objects.get().seq
    assert seq is not None

    printed(seq=seq - 1)
    assert Publication.objects.get().release is None
    printed(413, seq=seq)

    release = Publication.objects.get().release
    assert release is not None
    assert release.number == 413


def test_the_first_release_is_the_one_that_counts() -> None:
    stages.live()
    printed(412)
    printed(413)

    release = Publication.objects.get().release
    assert release is not None
    assert release.number == 412


def test_what_was_set_aside_has_no_receipt_until_it_is_printed() -> None:
    story = stages.live()
    printed(412, set_aside=[{"public_id": str(story.public_id), "reason": "x"}])
    assert Publication.objects.get().live_at is None

    printed(413)

    assert Publication.objects.get().live_at is not None


def test_the_same_text_again_is_live_at_once_in_the_release_that_has_it() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story = stages.live(by=author, manager=manager)
    release = printed()
    again = Publication.objects.create(
        page=story,
        revision=story.live_revision,
        digest=Publication.objects.get().digest,
        due_at=timezone.now(),
        approved_by=manager,
    )

    publishing.publish(again)

    again.refresh_from_db()
    assert again.release == release
    assert again.live_at == again.published_at


def test_a_second_report_may_go_further_in_the_feed() -> None:
    story = stages.live()
    seq = Publication.objects.get().seq
    assert seq is not None
    printed(seq=seq - 1, set_aside=[{"public_id": str(story.public_id), "reason": "x"}])

    printed(seq=seq)

    assert Release.objects.get().seq == seq
    assert Release.objects.get().set_aside == []
    assert Publication.objects.get().release == Release.objects.get()


def test_a_release_of_a_feed_from_before_a_restore_completes_nothing() -> None:
    stages.live()
    head = FeedHead.objects.get()
    old = f"{head.epoch}.{head.seq}"
    start_new_epoch()

    record_release(**report(epoch=str(head.epoch), cursor=old))
    assert Publication.objects.get().release is None
    printed(1)

    assert Publication.objects.get().release is not None


def test_what_left_before_it_was_printed_never_counts_as_live() -> None:
    manager = factories.community_manager()
    story = stages.live(manager=manager)
    publishing.withdraw(story, by=manager)

    printed()

    assert Publication.objects.get().live_at is None
    withdrawal = Withdrawal.objects.get()
    assert withdrawal.release is not None
    assert withdrawal.gone_at is not None


def test_taking_back_what_never_was_live_waits_for_no_release() -> None:
    manager = factories.community_manager()
    publication = stages.scheduled(manager=manager)
    publishing.withdraw(stages.item_of(publication), by=manager)

    assert Withdrawal.objects.get().seq is None


def test_only_what_had_its_moment_ahead_says_how_late_things_are() -> None:
    stages.live()
    publication = stages.due(stages.scheduled(), ago=timedelta(days=30))
    publishing.publish(publication)
    printed()

    measured = Publication.objects.on_time_or_late()

    assert publication not in measured
    assert measured.count() == 1
