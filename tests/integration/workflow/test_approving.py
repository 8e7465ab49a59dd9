"""The second yes, and what it is bound to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, TaskState

from cms.publishing.models import Publication
from cms.workflow import actions
from cms.workflow.errors import (
    ChangedSinceShown,
    MomentRefused,
    NotAllowed,
    NotInReview,
    NotReady,
    SecondPersonNeeded,
)
from cms.workflow.models import Yes
from tests import factories
from tests.factories import stages

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_two_people_said_yes_to_what_goes_live() -> None:
    author, manager = factories.ambassador(), factories.community_manager()

    story = stages.live(by=author, manager=manager)

    publication = Publication.objects.get()
    said = Yes.objects.filter(item=story, digest=publication.digest)
    assert {(yes.person, yes.role) for yes in said} == {
        (author, Yes.Role.AUTHOR),
        (manager, Yes.Role.APPROVER),
    }
    assert story.live


def test_a_text_overwritten_by_autosave_is_refused_with_what_changed() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, task_state = stages.submitted(by=author)
    digest = stages.shown(story)
    stages.edit(story, by=author, overwrite=True, title="De avond van nummer twee")
    assert Revision.objects.for_instance(story).count() == 1

    with pytest.raises(ChangedSinceShown) as refusal:
        actions.approve(task_state, by=manager, digest=digest)

    (difference,) = refusal.value.differences
    assert difference.new == "De avond van nummer twee"
    assert "<ins>" in difference.html
    assert not stages.fresh(story).live
    assert not Publication.objects.exists()


def test_a_newer_revision_is_refused_even_when_the_old_one_was_shown() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, task_state = stages.submitted(by=author)
    digest = stages.shown(story)
    stages.edit(story, by=manager, summary="Toch anders.")

    with pytest.raises(ChangedSinceShown):
        actions.approve(task_state, by=manager, digest=digest)


def test_nobody_approves_what_only_they_said_yes_to() -> None:
    manager, deputy = factories.community_manager(), factories.community_manager()
    story, task_state = stages.submitted(by=manager)

    with pytest.raises(SecondPersonNeeded) as refusal:
        actions.approve(task_state, by=manager, digest=stages.shown(story))

    assert deputy.display_name in str(refusal.value)
    actions.approve(task_state, by=deputy, digest=stages.shown(story))
    assert stages.fresh(story).live


def test_an_editor_who_rewrote_waits_for_the_author() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, task_state = stages.submitted(by=author)
    stages.edit(story, by=manager, summary="Korter.")

    with pytest.raises(SecondPersonNeeded) as refusal:
        actions.approve(task_state, by=manager, digest=stages.shown(story))

    assert refusal.value.waiting_for == [author.display_name]
    actions.accept_edit(story, by=author, digest=stages.shown(story))
    actions.approve(task_state, by=manager, digest=stages.shown(story))
    assert stages.fresh(story).summary == "Korter."
    assert stages.fresh(story).live


def test_an_ambassador_does_not_approve() -> None:
    other = factories.ambassador()
    story, task_state = stages.submitted()

    with pytest.raises(NotAllowed):
        actions.approve(task_state, by=other, digest=stages.shown(story))


def test_a_rubric_of_its_own_is_approved_by_its_own_group_only() -> None:
    council = factories.approver()
    rubric = factories.rubric(approvers=council.groups.first())
    manager = factories.community_manager()
    story, task_state = stages.submitted(parent=rubric)

    with pytest.raises(NotAllowed):
        actions.approve(task_state, by=manager, digest=stages.shown(story))
    actions.approve(task_state, by=council, digest=stages.shown(story))

    assert stages.fresh(story).live


def test_an_administrator_is_not_an_approver() -> None:
    administrator = factories.administrator(is_superuser=True)
    story, task_state = stages.submitted()

    with pytest.raises(NotAllowed):
        actions.approve(task_state, by=administrator, digest=stages.shown(story))


def test_a_moment_in_the_past_is_refused_and_nothing_happened() -> None:
    manager = factories.community_manager()
    story, task_state = stages.submitted()

    with pytest.raises(MomentRefused):
        actions.approve(
            task_state,
            by=manager,
            digest=stages.shown(story),
            due_at=timezone.now() - timedelta(minutes=1),
        )

    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS
    assert not Yes.objects.filter(person=manager).exists()


def test_a_moment_after_the_end_is_refused() -> None:
    end = timezone.now() + timedelta(hours=1)
    story, task_state = stages.submitted(expire_at=end)

    with pytest.raises(MomentRefused):
        actions.approve(
            task_state,
            by=factories.community_manager(),
            digest=stages.shown(story),
            due_at=end + timedelta(hours=1),
        )


def test_what_is_not_ready_is_not_approved() -> None:
    story, task_state = stages.submitted(connection="", goal=None)

    with pytest.raises(NotReady) as refusal:
        actions.approve(task_state, by=factories.community_manager(), digest=stages.shown(story))

    assert [problem.key for problem in refusal.value.problems] == ["connection"]


def test_the_second_approver_hears_who_was_first() -> None:
    story, task_state = stages.submitted()
    first, second = factories.community_manager(), factories.community_manager()
    digest = stages.shown(story)
    actions.approve(task_state, by=first, digest=digest)

    with pytest.raises(NotInReview, match=first.display_name):
        actions.approve(task_state, by=second, digest=digest)

    assert Publication.objects.count() == 1


def test_a_round_that_was_replaced_is_over() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, old_round = stages.submitted(by=author)
    actions.send_back(old_round, by=manager, reason="tone", sentence="Mag het wat lichter?")
    new_round = actions.submit(story, by=author)

    with pytest.raises(NotInReview):
        actions.approve(old_round, by=manager, digest=stages.shown(story))

    actions.approve(new_round, by=manager, digest=stages.shown(story))
    assert stages.fresh(story).live


def test_the_approved_revision_is_sealed_against_autosave() -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author)
    assert publication.page is not None

    with pytest.raises(PermissionDenied):
        stages.edit(publication.page, by=author, overwrite=True, title="Nog snel iets anders")


def test_approving_and_publishing_stand_in_the_audit_log() -> None:
    manager = factories.community_manager()
    story = stages.live(manager=manager)

    acts = PageLogEntry.objects.filter(page=story.pk, user=manager)

    assert {"wagtail.workflow.approve", "wagtail.publish"} <= set(
        acts.values_list("action", flat=True)
    )
