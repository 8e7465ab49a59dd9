"""Eight statuses, their signals, in as many queries for one item as for many."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.publishing import actions as publishing
from cms.publishing import clock
from cms.publishing.models import Publication
from cms.publishing.status import Signal, StatusKey, status_of, statuses_of
from cms.stories.models import EditorialPage, Story
from cms.workflow import actions
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


def standing(page: EditorialPage) -> tuple[StatusKey, set[Signal]]:
    status = status_of(stages.fresh(page))
    return status.key, set(status.signals)


def test_a_draft_that_was_sent_back_is_a_draft_with_a_signal() -> None:
    story, task_state = stages.submitted()
    actions.send_back(
        task_state, by=factories.community_manager(), reason="tone", sentence="Lichter?"
    )

    assert standing(story) == (StatusKey.DRAFT, {Signal.SENT_BACK})


def test_what_was_edited_during_review_waits_for_the_author() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author)
    assert standing(story) == (StatusKey.SUBMITTED, set())
    stages.edit(story, by=manager, summary="Korter.")
    assert standing(story) == (StatusKey.SUBMITTED, {Signal.WAITS_FOR_YES})

    actions.accept_edit(story, by=author, digest=stages.shown(story))

    assert standing(story) == (StatusKey.SUBMITTED, set())


def test_scheduled_says_its_moment_and_a_cancelled_one_stays_approved() -> None:
    publication = stages.scheduled()
    story = stages.item_of(publication)
    assert status_of(story).key == StatusKey.SCHEDULED
    assert status_of(story).at == publication.due_at

    publishing.cancel(publication, by=factories.community_manager())
    assert standing(story) == (StatusKey.APPROVED, set())

    stages.edit(story, by=story.owner, summary="Anders.")
    assert standing(story) == (StatusKey.DRAFT, set())


def test_a_newer_text_of_what_is_on_its_way_is_a_signal() -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author)
    story = stages.edit(stages.item_of(publication), by=author, summary="Anders.")
    assert standing(story) == (StatusKey.SCHEDULED, {Signal.CHANGED})

    actions.submit(story, by=author)

    assert standing(story) == (StatusKey.SCHEDULED, {Signal.CHANGED, Signal.UPDATE_SUBMITTED})


def test_a_newer_text_of_what_is_live_is_a_signal_until_it_is_live_too() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story = stages.live(by=author)
    assert standing(story) == (StatusKey.LIVE, set())
    story = stages.edit(story, by=author, summary="Anders.")
    assert standing(story) == (StatusKey.LIVE, {Signal.CHANGED})
    task_state = actions.submit(story, by=author)
    assert standing(story) == (StatusKey.LIVE, {Signal.CHANGED, Signal.UPDATE_SUBMITTED})
    actions.approve(
        task_state,
        by=manager,
        digest=stages.shown(story),
        due_at=timezone.now() + timedelta(hours=1),
    )
    assert standing(story) == (StatusKey.LIVE, {Signal.UPDATE_SCHEDULED})

    publishing.publish(stages.due(Publication.objects.scheduled().get()))

    assert standing(story) == (StatusKey.LIVE, set())


def test_expired_and_withdrawn_say_since_when() -> None:
    ended, taken = stages.live(), stages.live()
    Story.objects.filter(pk=ended.pk).update(expire_at=timezone.now())
    publishing.expire(ended)
    withdrawal = publishing.withdraw(taken, by=factories.community_manager())

    assert standing(ended) == (StatusKey.EXPIRED, set())
    assert standing(taken) == (StatusKey.WITHDRAWN, set())
    assert status_of(stages.fresh(taken)).at == withdrawal.at


def test_what_was_withdrawn_and_approved_again_is_live() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story = stages.live(by=author)
    publishing.withdraw(story, by=manager)
    task_state = actions.submit(stages.fresh(story), by=author)
    assert standing(story)[0] == StatusKey.SUBMITTED

    actions.approve(task_state, by=manager, digest=stages.shown(story))

    assert standing(story) == (StatusKey.LIVE, set())


def test_a_publication_that_failed_is_a_signal() -> None:
    publication = stages.due(stages.scheduled())
    Publication.objects.update(digest="0" * 64)

    clock.publish_due()

    assert standing(stages.item_of(publication)) == (StatusKey.DRAFT, {Signal.FAILED})
    publication.refresh_from_db()
    assert publication.state == Publication.State.FAILED


@pytest.mark.parametrize("make", [stages.ready_story, stages.live])
def test_many_items_cost_as_many_queries_as_one(
    make: Callable[[], Story], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [stages.fresh(make()) for _ in range(3)]
    statuses_of(pages)

    with django_assert_num_queries(3):
        found = statuses_of(pages)

    assert set(found) == {page.pk for page in pages}
