"""An editor changes the text during review: the author is asked, accepts or objects."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageLogEntry

from cms.workflow import actions, edits
from cms.workflow.errors import ChangedSinceShown, NotAllowed, NotInReview, WordsNeeded
from tests import factories
from tests.factories import stages
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db


def test_an_author_is_asked_once_about_an_edit_that_was_left_alone() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author)
    stages.edit(story, by=manager, summary="Korter.")
    later = timezone.now() + timedelta(minutes=2)

    assert edits.ask_authors(now=timezone.now()) == 0
    assert edits.ask_authors(now=later) == 1
    assert edits.ask_authors(now=later) == 0

    asked = [mail for mail in mails_to(author) if "veranderde" in mail.subject]
    assert len(asked) == 1
    assert f"/{story.pk}/" in asked[0].body


def test_an_edit_by_the_author_asks_nobody() -> None:
    author = factories.community_manager()
    story, task_state = stages.submitted(by=author)
    stages.edit(story, by=author, summary="Korter.")
    actions.accept_edit(story, by=author, digest=stages.shown(story))

    assert edits.ask_authors(now=timezone.now() + timedelta(minutes=2)) == 0
    task_state.refresh_from_db()
    assert task_state.revision_id == stages.fresh(story).latest_revision_id


def test_accepting_needs_the_text_that_was_shown() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author)
    stages.edit(story, by=manager, summary="Korter.")
    digest = stages.shown(story)
    stages.edit(story, by=manager, summary="Nog korter.", overwrite=True)

    with pytest.raises(ChangedSinceShown) as refusal:
        actions.accept_edit(story, by=author, digest=digest)

    assert [difference.field for difference in refusal.value.differences] == ["summary"]


def test_an_editor_does_not_accept_for_the_author() -> None:
    manager = factories.community_manager()
    story, _task_state = stages.submitted()
    stages.edit(story, by=manager, summary="Korter.")

    with pytest.raises(NotAllowed):
        actions.accept_edit(story, by=manager, digest=stages.shown(story))


def test_before_and_after_start_from_what_the_author_said_yes_to() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author, summary="Zoals ik het schreef.")
    stages.edit(story, by=manager, summary="Korter.")

    before = edits.said_yes_to(story)

    assert before is not None
    assert before.summary == "Zoals ik het schreef."


def test_an_author_who_objects_has_a_draft_again_and_the_approvers_hear_why() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author)
    stages.edit(story, by=manager, summary="Korter.")

    with pytest.raises(WordsNeeded):
        actions.object_to_edit(story, by=author, sentence=" ")
    actions.object_to_edit(story, by=author, sentence="Zo zei ik het niet.")

    assert stages.fresh(story).current_workflow_state is None
    assert any("Zo zei ik het niet." in mail.body for mail in mails_to(manager))
    assert PageLogEntry.objects.filter(action="plein.object_to_edit", user=author).exists()
    with pytest.raises(NotInReview):
        actions.accept_edit(story, by=author, digest=stages.shown(story))


def test_an_edit_that_was_looked_into_is_left_alone_until_the_next_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    manager = factories.community_manager()
    story, _task_state = stages.submitted()
    stages.edit(story, by=manager)
    later = timezone.now() + timedelta(minutes=2)
    assert edits.ask_authors(now=later) == 0

    with django_assert_num_queries(4):
        edits.ask_authors(now=later)
    stages.edit(story, by=manager, overwrite=True, summary="Toch korter.")

    assert edits.ask_authors(now=later + timedelta(minutes=2)) == 1
