"""The acts that change what is public: all or nothing, what was approved, never early."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from cms.documents.models import PublicDocument, Tombstone
from cms.publishing import actions as publishing
from cms.publishing.errors import ChangedAfterApproval, NotWaiting, TextGone
from cms.publishing.models import Publication, Withdrawal
from cms.stories.models import Story
from cms.workflow import actions
from cms.workflow.errors import MomentRefused, NotAllowed
from tests import factories
from tests.factories import stages

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_nothing_is_published_before_its_moment() -> None:
    publication = stages.scheduled()

    assert publishing.publish(publication) is False

    assert not PublicDocument.objects.filter(kind="story").exists()


def test_it_is_dated_at_its_due_moment_and_not_at_the_run() -> None:
    publication = stages.due(stages.scheduled(), ago=timedelta(minutes=5))

    publishing.publish(publication)

    document = PublicDocument.objects.get(kind="story")
    assert stages.item_of(publication).first_published_at == publication.due_at
    assert document.due_at == publication.due_at


def test_exactly_the_approved_text_goes_live_and_not_a_newer_one() -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author)
    approved = stages.item_of(publication).summary
    story = stages.edit(stages.item_of(publication), by=author, summary="Nog niet gelezen.")

    publishing.publish(stages.due(publication))

    story = stages.fresh(story)
    assert story.summary == approved
    assert story.has_unpublished_changes
    assert story.get_latest_revision().as_object().summary == "Nog niet gelezen."
    assert "Nog niet gelezen" not in str(PublicDocument.objects.get(kind="story").content)


def test_a_due_publication_does_not_end_the_review_of_a_newer_text() -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author)
    story = stages.edit(stages.item_of(publication), by=author, summary="Nieuwer.")
    actions.submit(story, by=author)

    publishing.publish(stages.due(publication))

    assert stages.fresh(story).workflow_in_progress


def test_a_stored_text_that_is_not_the_approved_one_is_never_published() -> None:
    publication = stages.due(stages.scheduled())
    content = stages.approved_revision(publication).content
    content["summary"] = "Stilletjes veranderd."
    Revision.objects.filter(pk=publication.revision_id).update(content=content)

    with pytest.raises(ChangedAfterApproval):
        publishing.publish(publication)

    assert not PublicDocument.objects.filter(kind="story").exists()


def test_a_revision_that_is_gone_is_not_published() -> None:
    publication = stages.due(stages.scheduled())
    Publication.objects.update(revision=None)

    with pytest.raises(TextGone):
        publishing.publish(publication)


def test_a_schedule_in_the_form_does_not_put_it_off_again() -> None:
    story, task_state = stages.submitted(go_live_at=timezone.now() + timedelta(days=2))

    actions.approve(task_state, by=factories.community_manager(), digest=stages.shown(story))

    assert stages.fresh(story).live


def test_what_ended_while_nothing_ran_is_never_shown() -> None:
    end = timezone.now() + timedelta(hours=2)
    story, task_state = stages.submitted(expire_at=end)
    actions.approve(
        task_state,
        by=factories.community_manager(),
        digest=stages.shown(story),
        due_at=end - timedelta(hours=1),
    )
    publication = Publication.objects.get()
    past = timezone.now() - timedelta(minutes=1)
    _rewrite_end(publication, to=past.isoformat())
    stages.due(publication, ago=timedelta(hours=1))

    assert publishing.publish(publication) is True

    story = stages.fresh(story)
    assert (story.live, story.expired) == (False, True)
    assert not PublicDocument.objects.filter(kind="story").exists()


def test_a_new_approval_takes_the_place_of_the_one_before() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    publication = stages.scheduled(by=author)
    story = stages.edit(stages.item_of(publication), by=author, summary="Beter.")
    task_state = actions.submit(story, by=author)

    actions.approve(task_state, by=manager, digest=stages.shown(story))

    publication.refresh_from_db()
    assert publication.state == Publication.State.CANCELLED
    assert stages.fresh(story).summary == "Beter."


def test_an_end_takes_it_offline_and_only_when_it_has_come() -> None:
    story = stages.live()
    assert publishing.expire(story) is False
    Story.objects.filter(pk=story.pk).update(expire_at=timezone.now() + timedelta(minutes=1))
    assert publishing.expire(story) is False
    Story.objects.filter(pk=story.pk).update(expire_at=timezone.now())

    assert publishing.expire(story) is True
    assert publishing.expire(story) is False

    story = stages.fresh(story)
    assert (story.live, story.expired) == (False, True)
    assert Tombstone.objects.filter(public_id=story.public_id).exists()


def test_withdrawing_takes_everything_offline_and_says_who_and_why() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story = stages.live(by=author)
    newer = stages.edit(story, by=author, summary="Nieuwer.")
    actions.submit(newer, by=author)

    publishing.withdraw(story, by=manager, reason="Kees wil het niet meer.")

    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.by, withdrawal.reason) == (manager, "Kees wil het niet meer.")
    assert not stages.fresh(story).live
    assert not stages.fresh(story).workflow_in_progress
    assert not PublicDocument.objects.filter(kind="story").exists()
    assert PageLogEntry.objects.filter(action="plein.withdraw", user=manager).exists()


def test_withdrawing_what_is_on_its_way_stops_it() -> None:
    publication = stages.scheduled()

    publishing.withdraw(stages.item_of(publication), by=factories.community_manager())

    assert publishing.publish(stages.due(Publication.objects.get())) is False


def test_a_draft_can_t_be_withdrawn_and_an_ambassador_withdraws_nothing() -> None:
    story = stages.live()

    with pytest.raises(NotAllowed):
        publishing.withdraw(story, by=factories.ambassador())
    with pytest.raises(NotWaiting):
        publishing.withdraw(stages.ready_story(), by=factories.community_manager())


def test_deleting_removes_it_from_the_hub_and_keeps_the_receipt() -> None:
    manager = factories.community_manager()
    story = stages.live()

    publishing.delete(story, by=manager)

    assert not Story.objects.filter(pk=story.pk).exists()
    assert not PublicDocument.objects.filter(kind="story").exists()
    assert Tombstone.objects.filter(public_id=story.public_id).exists()
    receipt = Publication.objects.get(item_id=story.public_id)
    assert (receipt.page, receipt.revision) == (None, None)


def test_an_author_deletes_an_own_draft_and_nothing_that_was_live() -> None:
    author = factories.ambassador()
    draft, story = stages.ready_story(by=author), stages.live(by=author)

    publishing.delete(draft, by=author)

    with pytest.raises(NotAllowed):
        publishing.delete(story, by=author)


def test_a_cancelled_publication_gets_another_moment_without_new_approval() -> None:
    manager = factories.community_manager()
    publication = stages.scheduled()
    publishing.cancel(publication, by=manager)
    assert publishing.publish(stages.due(publication)) is False
    with pytest.raises(NotWaiting):
        publishing.cancel(publication, by=manager)

    with pytest.raises(MomentRefused):
        publishing.reschedule(publication, by=manager, due_at=timezone.now() - timedelta(minutes=1))
    again = publishing.reschedule(publication, by=manager, due_at=None)

    assert again.state == Publication.State.PUBLISHED


def test_a_text_that_something_newer_replaced_gets_no_other_moment() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    publication = stages.scheduled(by=author)
    story = stages.edit(stages.item_of(publication), by=author, summary="Beter.")
    actions.approve(
        actions.submit(story, by=author),
        by=manager,
        digest=stages.shown(story),
        due_at=timezone.now() + timedelta(hours=2),
    )

    with pytest.raises(NotWaiting):
        publishing.reschedule(publication, by=manager, due_at=None)


def _rewrite_end(publication: Publication, *, to: str) -> None:
    """Let an end that was approved lie in the past, as if a long time went by."""
    revision = publication.revision
    assert revision is not None
    revision.content["expire_at"] = to
    revision.save()
    publication.digest = stages.shown(stages.item_of(publication))
    publication.save()
