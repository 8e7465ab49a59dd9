"""Writers at once: numbers come out in the order of the commits, so a reader misses nothing."""

import random
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from cms.documents.actions import put, remove
from cms.documents.feed import read_feed
from cms.documents.models import PublicDocument
from cms.stories.models import Story
from tests import factories
from tests.integration.documents.test_feed_order import Reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

WRITERS, TURNS = 4, 12


def in_thread(act: Callable[[], None], faults: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - the test shows it
            faults.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_reader_beside_many_writers_ends_with_exactly_what_is_public() -> None:
    stories = [factories.story(live=True) for _ in range(WRITERS)]
    dice, faults = random.Random(7), list[BaseException]()  # noqa: S311 - no secret

    def write(story: Story) -> Callable[[], None]:
        def turns() -> None:
            for turn in range(TURNS):
                with transaction.atomic():
                    if turn % 3 == 2:
                        remove(story.public_id)
                    else:
                        Story.objects.filter(pk=story.pk).update(summary=f"Beurt {turn}")
                        put(story)
                    # Others want a number now, and would commit first if they got one.
                    time.sleep(dice.random() / 100)

        return turns

    writers = [in_thread(write(story), faults) for story in stories]
    reader = Reader()
    while any(writer.is_alive() for writer in writers):
        reader.read(3)
    while reader.read(3):
        pass

    assert faults == []
    assert reader.held == dict(PublicDocument.objects.values_list("public_id", "content"))


def test_what_is_not_committed_yet_is_not_passed_over() -> None:
    early, late = (factories.story(live=True) for _ in range(2))
    cursor = read_feed(after=None, first=100).cursor
    has_number, may_commit = threading.Event(), threading.Event()
    faults = list[BaseException]()

    def first() -> None:
        with transaction.atomic():
            put(early)
            has_number.set()
            may_commit.wait(10)

    def second() -> None:
        with transaction.atomic():
            put(late)

    writer = in_thread(first, faults)
    assert has_number.wait(10)
    follower = in_thread(second, faults)
    follower.join(0.3)
    assert follower.is_alive(), "the second got a number while the first held the head"
    assert read_feed(after=cursor, first=100).entries == []
    may_commit.set()
    writer.join(20)
    follower.join(20)

    assert faults == []
    told = [entry.public_id for entry in read_feed(after=cursor, first=100).entries]
    assert told.index(early.public_id) < told.index(late.public_id)
