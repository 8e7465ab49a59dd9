import pytest
from wagtail.models import PageLogEntry, WorkflowState

from cms.workflow import actions
from cms.workflow.errors import AlreadySubmitted, NotAllowed, NotReady, WordsNeeded
from cms.workflow.models import Yes
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


def test_submitting_is_the_submitters_yes_to_the_newest_text() -> None:
    author = factories.ambassador()
    story = stages.ready_story(by=author)
    stages.edit(story, by=author, summary="De laatste versie.")

    actions.submit(story, by=author)

    yes = Yes.objects.get()
    assert (yes.person, yes.role, yes.digest) == (author, Yes.Role.AUTHOR, stages.shown(story))


def test_a_manager_who_submits_for_somebody_is_an_editor() -> None:
    manager = factories.community_manager()
    story = stages.ready_story()

    actions.submit(story, by=manager)

    assert Yes.objects.get().role == Yes.Role.EDITOR


def test_nobody_submits_what_is_somebody_elses() -> None:
    story = stages.ready_story()

    with pytest.raises(NotAllowed):
        actions.submit(story, by=factories.ambassador())


def test_nothing_is_submitted_twice() -> None:
    story, _task_state = stages.submitted()

    with pytest.raises(AlreadySubmitted):
        actions.submit(story, by=story.owner)

    assert WorkflowState.objects.count() == 1


def test_an_unfinished_draft_is_not_submitted_and_says_what_is_missing() -> None:
    story = stages.ready_story(summary="", body=[])

    with pytest.raises(NotReady) as refusal:
        actions.submit(story, by=story.owner)

    assert [problem.key for problem in refusal.value.problems] == ["summary", "text"]
    assert not WorkflowState.objects.exists()
    assert not Yes.objects.exists()


def test_goal_and_connection_may_be_chosen_by_the_approver() -> None:
    story, task_state = stages.submitted(goal=None, connection="")

    assert task_state.status == "in_progress"
    assert story.workflow_in_progress


def test_sending_back_needs_a_reason_and_a_sentence() -> None:
    _story, task_state = stages.submitted()
    manager = factories.community_manager()

    with pytest.raises(WordsNeeded):
        actions.send_back(task_state, by=manager, reason="missing", sentence="  ")
    with pytest.raises(WordsNeeded):
        actions.send_back(task_state, by=manager, reason="ugly", sentence="Kan dit mooier?")


def test_what_is_sent_back_is_the_authors_again_with_reason_and_sentence() -> None:
    story, task_state = stages.submitted()
    manager = factories.community_manager()

    actions.send_back(task_state, by=manager, reason="tone", sentence="Mag het wat lichter?")

    state = stages.fresh(story).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    given = state.current_task_state.specific
    assert (given.reason, given.comment) == ("tone", "Mag het wat lichter?")
    entry = PageLogEntry.objects.get(action="wagtail.workflow.reject")
    assert entry.user == manager


def test_only_an_approver_sends_back() -> None:
    _story, task_state = stages.submitted()

    with pytest.raises(NotAllowed):
        actions.send_back(
            task_state, by=factories.ambassador(), reason="tone", sentence="Niet voor mij."
        )


def test_resubmitting_is_a_new_yes_to_the_new_text() -> None:
    story, task_state = stages.submitted()
    author = story.owner
    actions.send_back(
        task_state, by=factories.community_manager(), reason="missing", sentence="Wie is Bas?"
    )
    stages.edit(story, by=author, summary="Bas is de monteur.")

    actions.submit(story, by=author)

    assert Yes.objects.filter(person=author).count() == 2
    assert WorkflowState.objects.count() == 1
