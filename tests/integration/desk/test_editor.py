"""The editor: drafts always save, submitting goes through our act, nothing publishes."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from cms.accounts import roles
from cms.accounts.models import User
from cms.publishing.status import StatusKey, status_of
from cms.stories.models import Goal, Rubric, Story
from cms.workflow.actions import submit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client: Client) -> User:
    made = factories.ambassador()
    client.force_login(made)
    return made


@pytest.fixture
def rubric() -> Rubric:
    return factories.rubric(title="Tip van HR")


@pytest.fixture
def goal() -> Goal:
    return factories.goal()


def test_a_new_story_starts_with_its_writer_as_author(
    client: Client, writer: User, rubric: Rubric
) -> None:
    page = client.get(f"/newsroom/pages/add/stories/story/{rubric.pk}/").content.decode()

    assert writer.person.name in page
    assert 'name="action-submit"' in page
    assert 'name="action-publish"' not in page


def test_a_named_sender_reaches_the_emergency_lane_from_a_page_that_is_still_new(
    client: Client, writer: User, rubric: Rubric
) -> None:
    address = f"/newsroom/pages/add/stories/story/{rubric.pk}/"
    assert 'name="action-emergency"' not in client.get(address).content.decode()
    writer.groups.add(Group.objects.get(name=roles.EMERGENCY_SENDERS))
    assert 'name="action-emergency"' in client.get(address).content.decode()
    typed = _add(client, rubric, title="Gasgeur in hal 2", slug="", **{"action-emergency": "1"})
    draft = Story.objects.get()
    assert "Gasgeur in hal 2" in typed.content.decode()
    assert typed.redirect_chain[-1][0] == f"/newsroom/emergency/{draft.pk}/"

    again = _save(client, draft, title="Gasgeur in hal 3", **{"action-emergency": "1"})

    assert "Gasgeur in hal 3" in again.content.decode()
    assert again.redirect_chain[-1][0] == f"/newsroom/emergency/{draft.pk}/"


def test_nobody_else_is_led_to_the_emergency_lane(
    client: Client, writer: User, rubric: Rubric
) -> None:
    answer = _add(client, rubric, title="Gasgeur", slug="", **{"action-emergency": "1"})

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == f"/newsroom/pages/{Story.objects.get().pk}/edit/"


def test_an_empty_draft_is_saved_under_a_name(client: Client, writer: User, rubric: Rubric) -> None:
    _add(client, rubric, title="", slug="", summary="Half af")

    draft = Story.objects.get()
    assert (draft.title, draft.slug) == ("Nog zonder titel", "nog-zonder-titel")
    assert draft.get_latest_revision_as_object().summary == "Half af"
    assert not draft.live


def test_drafts_with_one_title_get_addresses_of_their_own(
    client: Client, writer: User, rubric: Rubric
) -> None:
    for _ in range(2):
        _add(client, rubric, title="Nieuw hier", slug="nieuw-hier")

    assert set(Story.objects.values_list("slug", flat=True)) == {"nieuw-hier", "nieuw-hier-2"}


def test_submitting_what_is_not_ready_saves_it_and_says_what_is_left(
    client: Client, writer: User, rubric: Rubric
) -> None:
    answer = _add(client, rubric, title="", slug="", **{"action-submit": "1"})

    draft = Story.objects.get()
    assert status_of(draft).key == StatusKey.DRAFT
    assert "Geef het een titel." in answer.content.decode()


def test_a_whole_story_is_submitted_in_one_go(
    client: Client, writer: User, rubric: Rubric, goal: Goal
) -> None:
    said = {**_whole(writer, goal), "action-submit": "1"}

    answer = _add(client, rubric, **said)

    assert status_of(Story.objects.get()).key == StatusKey.SUBMITTED
    assert "Je hoort wat ermee gebeurt" in answer.content.decode()


def test_publishing_by_a_forged_button_only_saves(
    client: Client, rubric: Rubric, goal: Goal
) -> None:
    root = factories.user(username="root", is_superuser=True)
    client.force_login(root)
    _add(client, rubric, **{**_whole(root, goal), "action-publish": "1"})

    assert not Story.objects.get().live


def test_who_waits_cannot_change_the_text(
    client: Client, writer: User, rubric: Rubric, goal: Goal
) -> None:
    _add(client, rubric, **_whole(writer, goal))
    story = Story.objects.get()
    submit(story, by=writer)

    answer = _save(client, story, **{**_whole(writer, goal), "title": "Stiekem anders"})

    assert answer.status_code == 200
    assert story.get_latest_revision_as_object().title == "Een goede tip"


def test_a_submitted_story_can_be_taken_back(
    client: Client, writer: User, rubric: Rubric, goal: Goal
) -> None:
    _add(client, rubric, **_whole(writer, goal))
    story = Story.objects.get()
    submit(story, by=writer)

    assert 'name="action-cancel-workflow"' in _editor(client, story)
    _save(client, story, **{**_whole(writer, goal), "action-cancel-workflow": "1"})

    assert status_of(Story.objects.get()).key == StatusKey.DRAFT


def test_the_panel_says_how_it_stands_and_who_is_on(client: Client, goal: Goal) -> None:
    manager = factories.community_manager(first_name="Marieke", last_name="Groot")
    writer = factories.ambassador()
    story = factories.story(by=writer, goal=goal)
    submit(story, by=writer)
    client.force_login(manager)

    editor = _editor(client, story)

    assert "Ingestuurd" in editor
    assert "Aan zet: Marieke Groot." in editor
    assert f"/newsroom/approve/{story.pk}/" in editor


def test_autosave_answers_in_json(client: Client, writer: User, rubric: Rubric) -> None:
    factories.story(by=writer, parent=rubric, title="Begin")
    story = Story.objects.get()

    answer = client.post(
        f"/newsroom/pages/{story.pk}/edit/",
        _form(title="Verder", slug="begin"),
        headers={"Accept": "application/json"},
    )

    assert answer.json()["success"]
    assert Story.objects.get().get_latest_revision_as_object().title == "Verder"


def test_a_rubric_is_put_on_the_hub_by_who_keeps_it(client: Client) -> None:
    client.force_login(factories.community_manager())
    hub = factories.hub_page()
    said = {"title": "Nieuwe rubriek", "slug": "nieuwe-rubriek", "language": "nl"}
    look = {"colour": "teal", "tile": "bend", "introduction": rich_text("")}

    client.post(
        f"/newsroom/pages/add/stories/rubric/{hub.pk}/",
        {**said, **look, "action-frame-online": "1"},
        follow=True,
    )

    assert Rubric.objects.get(slug="nieuwe-rubriek").live


def test_a_rubric_does_not_get_an_address_of_plein_itself(client: Client) -> None:
    client.force_login(factories.community_manager())
    rubric = factories.rubric()
    said = {"title": "Collega's", "slug": "collegas", "language": "nl"}
    look = {"colour": "teal", "tile": "bend", "introduction": rich_text("")}

    answer = client.post(f"/newsroom/pages/{rubric.pk}/edit/", {**said, **look})

    assert "Plein gebruikt dit adres zelf" in answer.content.decode()


def _whole(writer: User, goal: Goal) -> dict[str, object]:
    person = getattr(writer, "person", None)
    authors = [{"person": str(person.pk), "ORDER": "1"}] if person else []
    return {
        "title": "Een goede tip",
        "slug": "een-goede-tip",
        "summary": "Eén ding dat je vandaag regelt.",
        "connection": "work",
        "goal": str(goal.pk),
        "body": streamfield([("paragraph", rich_text("<p>Vraag je vrije dagen aan.</p>"))]),
        "authors": inline_formset(authors),
    }


def _form(**said: object) -> dict[str, object]:
    form: dict[str, object] = {
        "language": "nl",
        "summary": "",
        "body": streamfield([]),
        "authors": inline_formset([]),
        "people": inline_formset([]),
        "tags": "",
    }
    posted: dict[str, object] = nested_form_data({**form, **said})
    return posted


def _add(client: Client, rubric: Rubric, **said: object):  # type: ignore[no-untyped-def]
    return client.post(
        f"/newsroom/pages/add/stories/story/{rubric.pk}/", _form(**said), follow=True
    )


def _save(client: Client, story: Story, **said: object):  # type: ignore[no-untyped-def]
    return client.post(f"/newsroom/pages/{story.pk}/edit/", _form(**said), follow=True)


def _editor(client: Client, story: Story) -> str:
    return client.get(f"/newsroom/pages/{story.pk}/edit/").content.decode()
