"""The feed as the press reads it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cms.documents.actions import put, refresh_all, remove
from cms.documents.head import start_new_epoch
from cms.publishing.models import Release, Removal
from cms.stories.models import Story
from tests import factories
from tests.factories.api import Asker

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FEED = """query Feed($after: String, $first: Int) {
  feed(after: $after, first: $first) {
    epoch cursor hasMore reset entries { seq op publicId document }
  }
}"""
RECORD = """mutation RecordRelease($release: ReleaseInput!) {
  recordRelease(release: $release) { number }
}"""
UNREADABLE = "0192f4a0-0000-7000-8000-000000000000"
RELEASE = {
    "number": 1,
    "epoch": "e",
    "cursor": "e.4",
    "startedAt": "2026-11-19T08:10:00+00:00",
    "activatedAt": "2026-11-19T08:10:01Z",
    "pages": 12,
    "changed": 3,
    "setAside": [{"publicId": UNREADABLE, "reason": "unknown block"}],
}

RECORD_REMOVAL = """mutation RecordRemoval($removal: RemovalInput!) {
  recordRemoval(removal: $removal) { publicId }
}"""
REMOVAL = {
    "publicId": UNREADABLE,
    "at": "2026-11-19T08:10:04Z",
    "seconds": 1.25,
    "releases": [3, 4],
    "files": 5,
    "scanned": 4300,
    "paths": ["dagje-mee/zes-uur/index.html"],
    "stillSaid": [],
    "stillLive": [],
}


def publish(*stories: Story) -> None:
    with transaction.atomic():
        put(*stories, published_at=datetime(2026, 11, 19, tzinfo=UTC))


def read(press: Asker, **variables: object) -> dict[str, Any]:
    feed: dict[str, Any] = press.data(FEED, **variables)["feed"]
    return feed


def test_the_feed_begins_with_everything_and_then_tells_what_changed(press: Asker) -> None:
    story, other = factories.story(live=True), factories.story(live=True)
    publish(story, other)
    start = read(press)

    assert not start["hasMore"]
    assert not start["reset"]
    assert {entry["publicId"] for entry in start["entries"]} == {
        str(story.public_id),
        str(other.public_id),
    }
    assert read(press, after=start["cursor"])["entries"] == []

    with transaction.atomic():
        remove(story.public_id)
    later = read(press, after=start["cursor"])

    assert later["entries"] == [
        {
            "seq": start["entries"][-1]["seq"] + 1,
            "op": "REMOVE",
            "publicId": str(story.public_id),
            "document": None,
        }
    ]


def test_another_epoch_starts_again_from_nothing(press: Asker) -> None:
    publish(factories.story(live=True))
    before = read(press)
    start_new_epoch()

    after = read(press, after=before["cursor"])

    assert after["reset"]
    assert after["epoch"] != before["epoch"]
    assert len(after["entries"]) == len(before["entries"])


def test_a_cursor_from_the_future_starts_again_from_nothing(press: Asker) -> None:
    publish(factories.story(live=True))
    epoch = read(press)["epoch"]

    assert read(press, after=f"{epoch}.99999")["reset"]


@pytest.mark.parametrize("cursor", ["nonsense", ".", "a.b", "1.-1", "1." + "9" * 40, "1.²"])
def test_a_cursor_that_is_none_is_named(press: Asker, cursor: str) -> None:
    answer = press.ask(FEED, after=cursor)

    assert answer["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_the_feed_costs_the_same_number_of_queries(press: Asker, count: int) -> None:
    publish(*(factories.story(live=True) for _number in range(count)))
    read(press)

    with CaptureQueriesContext(connection) as queries:
        feed = read(press)

    assert len(feed["entries"]) == count
    assert len(queries) == 4  # the token, the head, what is there, what is gone


def test_the_sweep_alone_fills_the_feed(press: Asker) -> None:
    factories.story(live=True, lead_image=factories.image())
    with transaction.atomic():
        refresh_all()

    kinds = {entry["document"]["kind"] for entry in read(press)["entries"]}

    assert kinds == {"hub", "rubric", "story", "image"}


def test_a_release_is_reported_by_the_press_and_kept(press: Asker) -> None:
    assert press.data(RECORD, release=RELEASE) == {"recordRelease": {"number": 1}}

    release = Release.objects.get()
    assert (release.pages, release.changed, release.cursor) == (12, 3, "e.4")
    assert release.set_aside == [{"public_id": UNREADABLE, "reason": "unknown block"}]


def test_a_report_may_say_when_it_was_printed_and_which_pages_differ(press: Asker) -> None:
    more = {"renderedAt": RELEASE["activatedAt"], "paths": ["dagje-mee/zes-uur/"]}

    press.data(RECORD, release={**RELEASE, **more})

    release = Release.objects.get()
    assert release.rendered_at == release.activated_at
    assert release.paths == ["dagje-mee/zes-uur/"]


def test_a_removal_is_reported_by_the_press_and_its_newest_report_kept(press: Asker) -> None:
    more = {**REMOVAL, "files": 7, "stillSaid": ["over-deze-plek/"]}

    for told in (REMOVAL, more):
        assert press.data(RECORD_REMOVAL, removal=told) == {
            "recordRemoval": {"publicId": UNREADABLE}
        }

    removal = Removal.objects.get()
    assert (str(removal.item_id), removal.files, removal.releases) == (UNREADABLE, 7, [3, 4])
    assert removal.still_said == ["over-deze-plek/"]


def test_a_removal_of_what_can_be_no_document_is_refused(press: Asker) -> None:
    answer = press.ask(RECORD_REMOVAL, removal={**REMOVAL, "publicId": "12"})

    assert "publicId" in answer["errors"][0]["message"]


def test_nobody_else_reports_a_removal(reader: Asker) -> None:
    answer = reader.ask(RECORD_REMOVAL, removal=REMOVAL)

    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert not Removal.objects.exists()


def test_nobody_else_reports_a_release(reader: Asker) -> None:
    answer = reader.ask(RECORD, release=RELEASE)

    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert not Release.objects.exists()


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-19T08:10:00", "", 3])
def test_a_moment_without_meaning_is_refused(press: Asker, moment: object) -> None:
    answer = press.ask(RECORD, release={**RELEASE, "startedAt": moment})

    assert "startedAt" in answer["errors"][0]["message"]
