"""A story's way from draft to hub, through the acts only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.documents.models import PublicDocument
from cms.publishing import actions as publishing
from cms.publishing.models import Publication
from cms.publishing.status import Signal, StatusKey, status_of
from cms.stories.models import EditorialPage, Story
from cms.workflow import actions, texts
from cms.workflow.models import ApprovalTask
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_item_goes_through_the_one_workflow() -> None:
    story = factories.story(by=factories.ambassador())

    tasks = list(story.get_workflow().tasks)

    assert [task.specific_class for task in tasks] == [ApprovalTask]


def test_a_story_is_submitted_approved_for_later_and_published_at_its_moment() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story = factories.story(by=author, goal=factories.goal())

    task_state = actions.submit(story, by=author)
    assert status_of(fresh(story)).key == StatusKey.SUBMITTED
    digest = texts.keep(texts.latest_text(story))
    due_at = timezone.now() + timedelta(hours=1)
    actions.approve(task_state, by=manager, digest=digest, due_at=due_at)

    assert status_of(fresh(story)).key == StatusKey.SCHEDULED
    assert not PublicDocument.objects.filter(public_id=story.public_id).exists()
    publication = Publication.objects.get()
    assert publishing.publish(publication) is False
    Publication.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert publishing.publish(publication) is True
    assert publishing.publish(publication) is False
    live = fresh(story)
    assert status_of(live).key == StatusKey.LIVE
    assert status_of(live).signals == frozenset[Signal]()
    publication.refresh_from_db()
    assert live.first_published_at == publication.due_at
    assert PublicDocument.objects.filter(public_id=story.public_id).exists()


def fresh(page: EditorialPage) -> Story:
    return Story.objects.get(pk=page.pk)
