"""The clock: on time, exactly once, whatever else goes wrong, with real threads and a real file."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.documents.models import PublicDocument
from cms.publishing import clock, news
from cms.publishing.models import Publication
from cms.stories.models import Story
from cms.workflow import actions as workflow
from tests import factories
from tests.factories import stages
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.both_databases


def in_threads(number: int, act: Callable[[], object]) -> list[object]:
    """Carry out the same act at the same moment in several threads; return what each answered."""
    start = threading.Barrier(number)
    answers: list[object] = []

    def run() -> None:
        try:
            start.wait(10)
            answers.append(act())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_several_clocks_at_once_publish_each_item_once() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    for _ in range(3):
        stages.due(stages.scheduled(by=author, manager=manager))

    answers = in_threads(4, clock.publish_due)

    assert sum(answer for answer in answers if isinstance(answer, int)) == 3, answers
    assert Publication.objects.filter(state=Publication.State.PUBLISHED).count() == 3
    assert PublicDocument.objects.filter(kind="story").count() == 3
    told = in_threads(2, news.tell)
    assert sum(answer for answer in told if isinstance(answer, int)) == 3, told
    live = [mail for mail in mails_to(author) if mail.subject.startswith("Live")]
    assert len(live) == 3


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_approve_once() -> None:
    story, task_state = stages.submitted()
    digest = stages.shown(story)
    managers = [factories.community_manager() for _ in range(3)]
    turns = iter(managers)
    lock = threading.Lock()

    def approve() -> object:
        with lock:
            manager = next(turns)
        return workflow.approve(task_state, by=manager, digest=digest)

    answers = in_threads(3, approve)

    assert answers.count(None) == 1, answers
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_clock_runs_until_told_to_stop_and_publishes_at_the_moment() -> None:
    publication = stages.due(stages.scheduled(), ago=-timedelta(seconds=1))
    stop = threading.Event()

    def run() -> None:
        try:
            clock.run(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        for _ in range(600):
            publication.refresh_from_db()
            if publication.state == Publication.State.PUBLISHED:
                break
            stop.wait(0.1)
    finally:
        stop.set()
        thread.join(20)

    assert not thread.is_alive()
    assert publication.published_at is not None
    assert publication.published_at >= publication.due_at


@pytest.mark.django_db
def test_what_fails_does_not_keep_the_others_and_is_tried_again() -> None:
    manager = factories.community_manager()
    author = factories.ambassador()
    bad, good = (
        stages.due(stages.scheduled(by=author, manager=manager), ago=timedelta(seconds=ago))
        for ago in (9, 1)
    )
    now = timezone.now()

    with connection.execute_wrapper(_refusing_writes_of(bad)):
        assert clock.publish_due(reading=lambda: now) == 1

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.state == Publication.State.PUBLISHED
    assert (bad.state, bad.attempts) == (Publication.State.SCHEDULED, 1)
    assert "the disk is full" in bad.failure
    again = bad.retry_at
    assert again is not None
    assert again > now
    assert clock.publish_due(reading=lambda: now) == 0
    assert clock.publish_due(reading=lambda: again) == 1
    assert stages.item_of(bad).live


@pytest.mark.django_db
def test_what_has_ended_goes_offline_and_leaves_the_hub() -> None:
    story = stages.live()
    Story.objects.filter(pk=story.pk).update(expire_at=timezone.now())

    assert clock.expire_due() == 1
    assert clock.expire_due() == 0

    assert not PublicDocument.objects.filter(kind="story").exists()


@pytest.mark.django_db
def test_a_second_in_which_nothing_is_due_locks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        clock.do_what_is_due()

    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


@pytest.mark.django_db
def test_the_clock_looks_ahead_to_the_next_moment() -> None:
    now = timezone.now()
    assert clock.pause(reading=lambda: now) == clock.TICK
    stages.scheduled(due_at=now + timedelta(hours=1))
    assert clock.pause(reading=lambda: now) == clock.TICK

    Publication.objects.update(due_at=now + timedelta(milliseconds=250))

    assert clock.pause(reading=lambda: now) == pytest.approx(0.25)


@pytest.mark.django_db
def test_the_sweep_finds_what_came_in_by_another_door() -> None:
    story = stages.live()
    Story.objects.filter(pk=story.pk).update(live=False)

    clock.Rounds(lambda: False).go_round()

    assert not PublicDocument.objects.filter(kind="story").exists()


@pytest.mark.django_db
def test_what_falls_due_during_a_sweep_does_not_wait_for_its_end() -> None:
    publication = stages.scheduled()
    states: list[str] = []

    def is_over() -> bool:
        publication.refresh_from_db()
        states.append(publication.state)
        if len(states) == 1:
            stages.due(publication)
        return False

    clock.Rounds(is_over).go_round()

    assert states[:2] == [Publication.State.SCHEDULED, Publication.State.PUBLISHED]


@pytest.mark.django_db
def test_a_sweep_is_not_made_every_round() -> None:
    stages.live()
    stop = EndsWhenAsked(often=1000)
    rounds = clock.Rounds(stop.is_set)
    rounds.go_round()
    first = stop.asked

    rounds.go_round()

    assert stop.asked == first > 0


@pytest.mark.django_db(transaction=True)
def test_a_sweep_shows_that_the_clock_lives_and_ends_when_the_clock_is_to() -> None:
    stages.live()
    whole = EndsWhenAsked(often=1000)
    clock.Rounds(whole.is_set).go_round()
    stop = EndsWhenAsked(often=3)

    clock.run(stop)

    assert whole.asked > 3
    assert stop.asked == 4  # before the round, after two portions, and after the round


class EndsWhenAsked(threading.Event):
    """A sign to stop that comes with the so-manieth question."""

    def __init__(self, *, often: int) -> None:
        super().__init__()
        self.often = often
        self.asked = 0

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked >= self.often

    def wait(self, _timeout: float | None = None) -> bool:
        return self.asked >= self.often


def _refusing_writes_of(publication: Publication) -> Callable[..., Any]:
    """Let the database refuse to make one item live, as a full disk would."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "wagtailcore_page"') and publication.page_id in (params or ()):
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)

    return refuse
