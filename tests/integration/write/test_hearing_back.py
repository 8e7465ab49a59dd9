"""What a writer does at her desk with what came back, and with what was made of her text."""

import json
import re

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.contributions.actions import hand_in
from cms.contributions.models import Contribution
from cms.publishing.status import Signal, StatusKey, status_of
from cms.stories.models import EditorialPage
from cms.workflow import actions
from cms.workflow.models import Yes
from tests import factories
from tests.factories import stages
from tests.factories.contributions import answer, author_of, contribution, fill, item_of
from tests.factories.links import come_in, forwarded, link_to_write
from tests.integration.contributions.test_drafts import TIP
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return factories.community_manager(username="marieke")


@pytest.fixture
def handed_in(client: Client) -> Contribution:
    made = contribution(by=factories.ambassador(username="fatima"))
    fill(made, TIP)
    hand_in(made, by=author_of(made))
    client.force_login(author_of(made))
    return made


def send_back(item: EditorialPage, *, by: User) -> None:
    state = item.current_workflow_task_state
    actions.send_back(state, by=by, reason="missing", sentence="Wie is Bas?")


def digest_shown_at(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found, "no text is shown to say yes to"
    return found[1]


def test_an_answer_reaches_who_sent_it_back(
    client: Client, handed_in: Contribution, manager: User
) -> None:
    send_back(item_of(handed_in), by=manager)
    way = f"/write/{handed_in.public_id}/back/"

    assert client.post(way, {"sentence": " "}).status_code == 422
    told = client.post(way, {"sentence": "Bas is de conciërge."})

    assert told["Location"] == way
    assert "Bas is de conciërge." in client.get(way).content.decode()
    assert "Bas is de conciërge." in mails_to(manager)[-1].body


def test_who_came_by_a_link_says_yes_to_an_edit(handed_in: Contribution, manager: User) -> None:
    stages.edit(item_of(handed_in), by=manager, summary="Korter.")
    way = f"/write/{handed_in.public_id}/changes/"
    phone = come_in(link_to_write(handed_in)[1])
    page = phone.get(way).content.decode()

    told = phone.post(way, {"answer": "yes", "digest": digest_shown_at(page)})

    assert told["Location"] == f"/write/{handed_in.public_id}/story/"
    assert "/newsroom/" not in page
    assert Signal.WAITS_FOR_YES not in status_of(item_of(handed_in)).signals
    newest = Yes.objects.latest("said_at")
    assert (newest.person, newest.role) == (author_of(handed_in), Yes.Role.AUTHOR)


def test_who_says_no_to_an_edit_has_her_draft_again(
    client: Client, handed_in: Contribution, manager: User
) -> None:
    stages.edit(item_of(handed_in), by=manager, summary="Korter.")
    way = f"/write/{handed_in.public_id}/changes/"

    assert client.post(way, {"answer": "no", "sentence": ""}).status_code == 422
    client.post(way, {"answer": "no", "sentence": "Zo zei ik het niet."})

    assert status_of(item_of(handed_in)).key == StatusKey.DRAFT


@pytest.mark.parametrize("screen", ["back", "changes"])
def test_where_nothing_came_back_the_story_is_shown(
    client: Client, handed_in: Contribution, screen: str
) -> None:
    if screen == "changes":
        client.post(f"/write/{handed_in.public_id}/take-back/")

    told = client.get(f"/write/{handed_in.public_id}/{screen}/")

    assert told["Location"] == f"/write/{handed_in.public_id}/story/"


@pytest.mark.parametrize("screen", ["back", "changes"])
def test_nobody_hears_what_is_said_to_another_writer(
    client: Client, handed_in: Contribution, manager: User, screen: str
) -> None:
    send_back(item_of(handed_in), by=manager)
    begun = contribution(by=factories.ambassador(username="bas"))
    client.force_login(author_of(begun))

    for name in (handed_in.public_id, begun.public_id):
        way = f"/write/{name}/{screen}/"
        assert client.get(way).status_code == 404
        assert client.post(way, {"sentence": "Hoi", "answer": "no"}).status_code == 404


@pytest.mark.parametrize("screen", ["back", "changes"])
def test_who_only_answers_by_a_link_says_nothing_in_the_writers_name(
    manager: User, screen: str
) -> None:
    made = contribution(by=factories.ambassador(username="fatima"))
    fill(made, TIP)
    guest = come_in(forwarded(made)[1])
    hand_in(made, by=author_of(made))
    stages.edit(item_of(made), by=manager, summary="Korter.")
    way = f"/write/{made.public_id}/{screen}/"

    assert guest.get(way).status_code == 404
    assert guest.post(way, {"answer": "yes", "digest": "0" * 64}).status_code == 404
    assert Signal.WAITS_FOR_YES in status_of(item_of(made)).signals


def rewrite_steps(item: EditorialPage, *, by: User) -> None:
    """Say the steps otherwise, as an editor does."""
    blocks = [dict(block) for block in item.body.get_prep_value()]
    blocks[1] = {**blocks[1], "value": "<p>Bel de balie.</p>"}
    stages.edit(item, by=by, body=json.dumps(blocks))


def words_of(made: Contribution) -> str:
    return str(item_of(made).get_latest_revision_as_object().body.render_as_block())


def test_who_disagrees_sees_what_the_story_does_not_say_and_puts_it_in(
    client: Client, handed_in: Contribution, manager: User
) -> None:
    rewrite_steps(item_of(handed_in), by=manager)
    way = f"/write/{handed_in.public_id}/"
    shown = client.get(f"{way}changes/").content.decode()
    client.post(
        f"{way}changes/", {"answer": "no", "sentence": "Bel?", "digest": digest_shown_at(shown)}
    )
    answer(handed_in, "steps", "Log in.\nKies verhuizen.")

    told = client.get(f"{way}story/").content.decode()
    asked = client.get(way).content.decode()

    assert "Bel de balie." in words_of(handed_in)
    assert "staat anders in het verhaal" in told
    assert "Bel de balie." in told
    assert "Een redacteur schreef dit anders op" in asked
    client.post(f"{way}story/", {"put_in": "steps"})
    assert "Kies verhuizen." in words_of(handed_in)
    assert "Bel de balie." not in words_of(handed_in)
    assert "staat anders in het verhaal" not in client.get(f"{way}story/").content.decode()
    assert "Een redacteur schreef dit anders op" not in client.get(way).content.decode()


def test_what_an_editor_left_out_can_be_put_in_again_and_only_while_it_is_hers(
    client: Client, handed_in: Contribution, manager: User
) -> None:
    item = item_of(handed_in)
    kept = [dict(one) for one in item.body.get_prep_value()]
    del kept[1]
    stages.edit(item, by=manager, body=json.dumps(kept))
    way = f"/write/{handed_in.public_id}/story/"

    client.post(way, {"put_in": "steps"})
    assert "Log in." not in words_of(handed_in)
    send_back(item_of(handed_in), by=manager)
    assert "Dit is weggelaten" in client.get(way).content.decode()
    client.post(way, {"put_in": "nonsense"})
    client.post(way, {"put_in": "steps"})

    assert words_of(handed_in).index("Log in.") < words_of(handed_in).index("De postcode.")


def test_an_editors_comma_says_nothing_of_the_answers_she_left_alone(
    client: Client, handed_in: Contribution, manager: User
) -> None:
    stages.edit(item_of(handed_in), by=manager, summary="Korter.")
    send_back(item_of(handed_in), by=manager)

    told = client.get(f"/write/{handed_in.public_id}/story/").content.decode()

    assert "staat anders in het verhaal" not in told
