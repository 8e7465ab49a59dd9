"""An ambassador walks every address of the admin and looks for a word of somebody else's draft."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.desk.doors.table import DOORS, SHUT, is_decided
from cms.stories.models import Story
from cms.workflow.actions import submit
from tests import factories
from tests.integration.desk.admin_addresses import Address, addresses
from tests.integration.desk.door_table import row_of

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

CANARY = "kwikstaart"
HTML = {"Accept": "text/html"}
HOME = "/newsroom/"


@pytest.fixture
def writer() -> User:
    return factories.ambassador(username="writer")


@pytest.fixture
def draft() -> Story:
    return factories.story(
        by=factories.ambassador(username="other"),
        title=f"De {CANARY} op het dak",
        summary=f"Een {CANARY} in het werk.",
        goal=factories.goal(),
    )


@pytest.fixture
def values(draft: Story) -> dict[str, object]:
    """Return arguments that all point at the draft of somebody else."""
    state = submit(draft, by=draft.owner)
    image = factories.image(uploaded_by_user=draft.owner, title="Foto van een ander")
    task_state = TaskState.objects.get(pk=state.pk)
    page = {"page_id", "parent_page_id", "page_to_move_id", "page_pk", "object_id"}
    return {
        **dict.fromkeys(page, draft.pk),
        "pk": draft.pk,
        "destination_id": draft.get_parent().pk,
        "revision_id": draft.latest_revision_id,
        "task_state_id": task_state.pk,
        "task_id": task_state.task_id,
        "workflow_state_id": task_state.workflow_state_id,
        "workflow_pk": task_state.workflow_state.workflow_id,
        "image_id": image.pk,
        "app_label": "wagtailcore",
        "model_name": "page",
        "app_name": "stories",
        "content_type_app_name": "stories",
        "content_type_model_name": "story",
        "action": "delete",
        "action_name": "approve",
        "filter_spec": "width-100",
        "uidb64": "x",
        "token": "x",
    }


def test_every_address_of_the_admin_has_a_row() -> None:
    undecided = [one.name for one in addresses() if not is_decided(one.name)]

    assert undecided == []


def test_no_row_is_about_an_address_that_is_gone() -> None:
    names = {one.name for one in addresses()}

    assert {*DOORS, *SHUT} - names == set()


def test_nobody_elses_draft_is_seen_by_any_address_that_is_open(
    client: Client, writer: User, values: dict[str, object]
) -> None:
    """Which are open is in the table of doors; `test_every_door` holds that to be so."""
    client.force_login(writer)

    leaks = [
        address.name
        for address in addresses()
        if row_of(address.name) == "anybody" and address.name != "wagtailadmin_logout"
        for asked in _questions(address, values)
        if CANARY in _answer(client, asked)
    ]

    assert leaks == []


def test_images_of_others_are_found_to_choose_but_not_to_edit(
    client: Client, writer: User, values: dict[str, object]
) -> None:
    client.force_login(writer)

    chosen = client.get("/newsroom/images/chooser/results/").content.decode()
    edited = client.get(f"/newsroom/images/{values['image_id']}/", follow=True)

    assert "Foto van een" in chosen
    assert 'name="title"' not in edited.content.decode()


def test_a_superuser_finds_every_door_to_publishing_shut(
    client: Client, values: dict[str, object]
) -> None:
    client.force_login(factories.user(username="root", is_superuser=True))

    answers = {
        address.name: client.post(address.filled(values)).status_code
        for address in addresses()
        if address.name in SHUT
    }

    assert set(answers.values()) == {404}
    assert {*answers} == SHUT
    for action in ("publish", "unpublish"):
        asked = f"/newsroom/bulk/wagtailcore/page/{action}/?id={values['page_id']}"
        assert client.post(asked).status_code == 404


def test_who_is_turned_away_comes_home_with_a_word(client: Client, writer: User) -> None:
    client.force_login(writer)

    answer = client.get("/newsroom/users/", headers=HTML, follow=True)

    assert answer.redirect_chain == [("/newsroom/", 302)]
    assert "Daar is niets te zien" in answer.content.decode()


def test_what_is_absent_and_what_is_anothers_answer_alike(
    client: Client, writer: User, draft: Story
) -> None:
    client.force_login(writer)

    absent = client.get("/newsroom/pages/99999/edit/", headers=HTML)
    anothers = client.get(f"/newsroom/pages/{draft.pk}/edit/", headers=HTML)

    assert (absent.status_code, absent["Location"]) == (
        anothers.status_code,
        anothers["Location"],
    )
    assert client.post(f"/newsroom/pages/{draft.pk}/edit/").status_code == 404


@pytest.mark.usefixtures("indexes")
def test_a_list_of_everything_becomes_the_list_of_ones_own(client: Client, writer: User) -> None:
    factories.story(by=writer, title="Mijn eigen verhaal")
    client.force_login(writer)

    answer = client.get("/newsroom/pages/search/?q=eigen", headers=HTML, follow=True)

    assert answer.redirect_chain[-1][0] == "/newsroom/items/?q=eigen"
    assert "Mijn eigen verhaal" in answer.content.decode()


def test_choosers_show_what_is_online_and_what_is_ones_own(
    client: Client, writer: User, draft: Story
) -> None:
    factories.story(by=writer, title="Eigen concept kiezen")
    online = factories.story(title="Online kiezen", live=True)
    changed = factories.story(title="Zichtbaar", live=True, by=draft.owner)
    changed.title = f"Stiekem {CANARY}"
    changed.save_revision()
    client.force_login(writer)

    shown = client.get(f"/newsroom/choose-page/{online.get_parent().pk}/").content.decode()

    assert "Online kiezen" in shown
    assert "Eigen concept kiezen" in shown
    assert CANARY not in shown


def test_an_employee_does_not_get_in(client: Client) -> None:
    client.force_login(factories.employee())

    answer = client.get("/newsroom/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_managers_pass_everywhere_but_the_shut_doors(client: Client, draft: Story) -> None:
    client.force_login(factories.community_manager())

    assert CANARY in client.get(f"/newsroom/pages/{draft.pk}/edit/").content.decode()
    assert client.get(f"/newsroom/pages/{draft.pk}/unpublish/").status_code == 404


def _questions(address: Address, values: dict[str, object]) -> list[str]:
    """Ask plainly, as a search for the draft, and by the draft's own id where a list takes ids."""
    path = address.filled(values)
    return [path, f"{path}?q=werk", f"{path}?id={values['page_id']}&parent_page_id=1"]


def _answer(client: Client, path: str) -> str:
    """Return what the address says; the way home, which is asked by itself, is not followed."""
    try:
        answer = client.get(path, headers=HTML)
        if answer.status_code == 302 and answer["Location"] != HOME:
            answer = client.get(answer["Location"], headers=HTML)
    except PermissionDenied:
        return ""
    return "" if answer.streaming else answer.content.decode(errors="replace")
