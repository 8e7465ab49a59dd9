"""Clocks as processes: several at once, and one that is killed at every step of its work."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from mailer.models import Message
from wagtail.models import PageLogEntry

from cms.documents.models import PublicDocument, Tombstone
from cms.publishing import clock
from cms.publishing.models import Publication
from cms.stories.models import Story
from tests import factories
from tests.clocks import ClockProcess, durable_database
from tests.factories import stages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

ITEMS, CLOCKS = 12, 3
PATIENCE = 60.0


@pytest.fixture
def durable() -> Iterator[None]:
    with durable_database():
        yield


@pytest.fixture
def due_story(durable: None) -> Story:
    return _due()


@pytest.fixture
def clocks(due_story: Story) -> Iterator[ClockProcess]:
    """Start the process when something is due, for its rehearsal."""
    process = ClockProcess()
    yield process
    process.end()


@dataclass(frozen=True)
class Ledger:
    """What the world saw of one item, counted."""

    state: str
    is_live: bool
    documents: int
    tombstones: int
    published: int
    expired: int
    letters: int


def ledger(story: Story) -> Ledger:
    log = PageLogEntry.objects.filter(page=story.pk)
    documents = PublicDocument.objects.filter(public_id=story.public_id)
    subjects = [message.subject for message in Message.objects.all()]
    to_tell = Publication.objects.news().filter(page=story.pk).count()
    return Ledger(
        state=Publication.objects.get(page=story.pk).state,
        is_live=Story.objects.get(pk=story.pk).live,
        documents=documents.count(),
        tombstones=Tombstone.objects.filter(public_id=story.public_id).count(),
        published=log.filter(action="wagtail.publish").count(),
        expired=log.filter(action="plein.expire").count(),
        letters=to_tell
        + sum(f"‘{story.title}’" in subject for subject in subjects if "Live" in subject),
    )


PUBLISHED = Ledger(
    Publication.State.PUBLISHED,
    is_live=True,
    documents=1,
    tombstones=0,
    published=1,
    expired=0,
    letters=1,
)
STRIDE = 1 if os.environ.get("PLEIN_EVERY_STEP") else 11
"""A process for each kill takes long; `make torture` looks at every step."""
EXPIRED = Ledger(
    Publication.State.PUBLISHED,
    is_live=False,
    documents=0,
    tombstones=1,
    published=1,
    expired=1,
    letters=1,
)


def test_several_clocks_publish_each_item_once_and_none_is_lost_with_a_clock(
    clocks: ClockProcess,
) -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    publications = [stages.scheduled(by=author, manager=manager) for _ in range(ITEMS)]
    due_at = timezone.now() + timedelta(seconds=2)
    Publication.objects.update(due_at=due_at)
    pids = [clocks.start_clock() for _ in range(CLOCKS)]

    limit = time.monotonic() + PATIENCE
    while left := Publication.objects.scheduled().count():
        assert time.monotonic() < limit, f"{left} were not published"
        if left < ITEMS and len(clocks.running) == CLOCKS:
            clocks.kill_clock(pids[0])
        time.sleep(0.02)
    # What is counted must not change its place meanwhile: from what is to be told to the mails.
    while left := Publication.objects.news().count():
        assert time.monotonic() < limit, f"{left} were not told of"
        time.sleep(0.02)

    stories = [stages.item_of(publication) for publication in publications]
    assert {ledger(story) for story in stories} == {PUBLISHED}
    moments = Publication.objects.values_list("published_at", flat=True)
    assert min(filter(None, moments)) >= due_at
    seqs = PublicDocument.objects.values_list("seq", flat=True)
    assert len(set(seqs)) == len(seqs)


def _due() -> Story:
    return stages.item_of(stages.due(stages.scheduled()))


def _ended() -> Story:
    story = _due()
    clock.publish_due()
    Story.objects.filter(pk=story.pk).update(expire_at=timezone.now())
    return story


@pytest.mark.parametrize(
    ("act", "arrange", "after"), [("publish", _due, PUBLISHED), ("expire", _ended, EXPIRED)]
)
def test_a_clock_killed_at_any_step_loses_nothing_and_doubles_nothing(
    clocks: ClockProcess, act: str, arrange: Callable[[], Story], after: Ledger
) -> None:
    story = arrange()
    before = ledger(story)
    unfinished = 0

    kill_at = 0
    while clocks.ask(act, kill_at=kill_at)["killed"]:
        found = ledger(story)
        assert found in {before, after}, f"half done at step {kill_at}"
        unfinished += found == before
        if found == after:
            story = arrange()
        kill_at += STRIDE

    assert unfinished > 20 // STRIDE
    assert ledger(story) == after
    assert clocks.ask(act) == {"killed": False}
    assert ledger(story) == after
