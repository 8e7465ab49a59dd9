"""Every other door to publishing, tried as a manager and as a superuser."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Task, TaskState, Workflow, WorkflowState, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.accounts.models import User
from cms.documents.models import PublicDocument
from cms.publishing.models import Publication
from cms.stories.models import Story
from cms.workflow import actions
from cms.workflow.errors import NotAllowed, WorkflowError
from cms.workflow.models import ApprovalTask
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["manager", "superuser"])
def insider(request: pytest.FixtureRequest) -> User:
    """Return who can do most in the newsroom; a superuser is a manager here as well."""
    return factories.community_manager(is_superuser=request.param == "superuser")


@pytest.fixture
def newsroom(client: Client, insider: User) -> Client:
    client.force_login(insider)
    return client


def form_of(story: Story, **more: Any) -> dict[str, Any]:
    """Return what the editor posts for a story."""
    posted: dict[str, Any] = nested_form_data(
        {
            "title": story.title,
            "slug": story.slug,
            "summary": story.summary,
            "language": story.language,
            "connection": story.connection,
            "goal": story.goal_id or "",
            "lead_image": "",
            "lead_image_alt": "",
            "lead_image_caption": "",
            "tags": "",
            "body": streamfield(
                [("paragraph", rich_text("<p>Een andere tekst dan er stond.</p>"))]
            ),
            "authors": inline_formset([]),
            "people": inline_formset([]),
            "comments": inline_formset([]),
            **more,
        }
    )
    return posted


def is_public(story: Story) -> bool:
    return (
        stages.fresh(story).live
        or PublicDocument.objects.filter(public_id=story.public_id).exists()
        or Publication.objects.filter(page=story).exists()
    )


@pytest.mark.parametrize(
    "button",
    [
        {"action-publish": "1"},
        {"action-publish": "1", "go_live_at": "2020-01-01 09:00"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": '{"digest": "0"}',
        },
        {"action-workflow-action": "1", "workflow-action-name": "reject"},
        {"action-restart-workflow": "1"},
    ],
)
def test_no_button_of_the_editor_publishes(newsroom: Client, button: dict[str, str]) -> None:
    story, task_state = stages.submitted()

    newsroom.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form_of(story, **button))

    assert not is_public(story)
    task_state.refresh_from_db()
    assert task_state.status != TaskState.STATUS_APPROVED


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_the_stock_form_of_a_task_decides_nothing(newsroom: Client, action: str) -> None:
    story, task_state = stages.submitted()
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, action, task_state.pk])

    newsroom.post(address, {"comment": "Prima zo."})

    assert not is_public(story)
    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS


def test_no_page_or_bulk_door_publishes_a_draft(newsroom: Client) -> None:
    story = stages.ready_story()
    revision = story.get_latest_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    newsroom.post(f"{bulk}?id={story.pk}", {"include_descendants": "on"})
    newsroom.post(
        reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, revision.pk]),
        form_of(story, **{"action-publish": "1", "revision": revision.pk}),
    )

    assert not is_public(story)


def test_a_copy_is_never_live(newsroom: Client) -> None:
    story = stages.live()

    newsroom.post(
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        {
            "new_title": "Een kopie",
            "new_slug": "een-kopie",
            "new_parent_page": story.get_parent().pk,
            "publish_copies": "on",
            "alias": "on",
        },
    )

    assert Story.objects.live().count() == 1
    assert PublicDocument.objects.filter(kind="story").count() == 1


def test_nothing_live_is_taken_away_by_a_stock_door(newsroom: Client) -> None:
    story = stages.live()
    parent = story.get_parent()

    for name in ("unpublish", "delete"):
        newsroom.post(reverse(f"wagtailadmin_pages:{name}", args=[story.pk]))
        newsroom.post(
            reverse(f"wagtailadmin_pages:{name}", args=[parent.pk]), {"include_descendants": "on"}
        )
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
        newsroom.post(f"{bulk}?id={story.pk}")

    assert stages.fresh(story).live
    assert PublicDocument.objects.filter(public_id=story.public_id).exists()


def test_saving_a_live_item_changes_nothing_on_the_hub(newsroom: Client) -> None:
    story = stages.live()
    before = PublicDocument.objects.get(public_id=story.public_id).digest

    newsroom.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form_of(story, title="Stil veranderd", **{"action-publish": "1"}),
    )

    assert stages.fresh(story).title == story.title
    assert stages.fresh(story).get_latest_revision().as_object().title == "Stil veranderd"
    assert PublicDocument.objects.get(public_id=story.public_id).digest == before


def test_the_end_of_a_workflow_is_refused_wherever_it_comes_from() -> None:
    manager = factories.community_manager(is_superuser=True)
    story, task_state = stages.submitted()

    with pytest.raises(WorkflowError):
        task_state.approve(user=manager)
    with pytest.raises(WorkflowError):
        WorkflowState.objects.get().finish(user=manager)
    with pytest.raises(WorkflowError):
        task_state.task.specific.on_action(task_state, manager, "approve", comment="ok")
    with pytest.raises(WorkflowError):
        ApprovalTask.objects.get().deactivate(user=manager)

    assert not is_public(story)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_another_workflow_of_wagtails_own_ends_nowhere() -> None:
    manager = factories.community_manager(is_superuser=True)
    story = stages.ready_story()
    workflow = Workflow.objects.create(name="Snel")
    WorkflowTask.objects.create(
        workflow=workflow, task=Task.objects.create(name="Niets"), sort_order=0
    )
    state = workflow.start(story, manager)

    with pytest.raises(NotAllowed):
        state.current_task_state.approve(user=manager)

    assert not is_public(story)


def test_the_task_passes_a_complete_action_on_to_our_acts() -> None:
    manager = factories.community_manager()
    story, task_state = stages.submitted()
    task = task_state.task.specific

    task.on_action(task_state, manager, "approve", digest=stages.shown(story))

    assert stages.fresh(story).live
    assert task.get_actions(story, manager) == []


def test_the_dashboard_query_of_a_task_names_what_this_person_may_approve() -> None:
    council, manager = factories.approver(), factories.community_manager()
    _ours, in_ours = stages.submitted(
        parent=factories.rubric(approvers=council.groups.first(), title="Van de OR")
    )
    _theirs, in_theirs = stages.submitted(parent=factories.rubric(title="Werkplaats"))

    def waiting_for(user: User) -> list[int]:
        return [state.pk for state in TaskState.objects.reviewable_by(user)]

    assert waiting_for(council) == [in_ours.pk]
    assert waiting_for(manager) == [in_theirs.pk]
    assert waiting_for(factories.ambassador()) == []


def test_during_review_only_who_decides_may_edit() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author)
    lock = stages.fresh(story).get_lock()

    assert lock.for_user(author)
    assert not lock.for_user(manager)


def test_autosave_does_not_reach_the_revision_that_was_approved(client: Client) -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author, due_at=timezone.now() + timedelta(hours=1))
    story = stages.item_of(publication)
    client.force_login(author)

    client.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form_of(story, overwrite_revision_id=publication.revision_id),
        headers={"accept": "application/json"},
    )

    sealed = Revision.objects.get(pk=publication.revision_id)
    assert "Een andere tekst" not in str(sealed.content)
    with pytest.raises(PermissionDenied):
        story.save_revision(user=author, overwrite_revision=sealed, clean=False)


def test_submitting_by_wagtails_own_start_is_a_yes_too() -> None:
    author = factories.ambassador()
    story = stages.ready_story(by=author)

    story.get_workflow().start(story, author)

    state = stages.fresh(story).current_workflow_task_state
    actions.approve(state, by=factories.community_manager(), digest=stages.shown(story))
    assert stages.fresh(story).live
