"""Somebody leaves: all that is hers goes to another in one step, and her name as she wants it."""

from typing import Any

import pytest
from django.test import Client

from cms.accounts.models import Person, User
from cms.contributions.models import Contribution
from cms.documents.models import PublicDocument
from cms.publishing.models import Withdrawal
from cms.stories.models import Rubric
from tests import factories
from tests.factories import stages
from tests.factories.contributions import answer, contribution, item_of
from tests.factories.planning import assignment, fresh

pytestmark = pytest.mark.django_db

PATH = "/newsroom/requests/leaving/"


@pytest.fixture
def manager(client: Client) -> User:
    made = factories.community_manager()
    client.force_login(made)
    return made


@pytest.fixture
def leaver() -> User:
    return factories.ambassador(username="magda", first_name="Magda", last_name="Wit")


@pytest.fixture
def heir() -> User:
    return factories.ambassador(username="bas", first_name="Bas", last_name="Smit")


def send(client: Client, leaver: User, heir: User, **more: Any) -> Any:
    sent = {"who": leaver.pk, "to": heir.pk, "answer": "keep", **more}
    return client.post(PATH, sent)


def test_rubrics_drafts_and_requests_go_in_one_step(
    client: Client, manager: User, leaver: User, heir: User
) -> None:
    rubric = factories.rubric(keeper=leaver.person)
    draft = contribution(by=leaver)
    answer(draft, "moment", "Je verhuist.")
    asked = assignment(to=leaver, by=manager, subject="De soep")
    shown = client.get(f"{PATH}?who={leaver.pk}").content.decode()

    send(client, leaver, heir)

    for words in (rubric.title, "De soep"):
        assert words in shown
    assert Rubric.objects.get(pk=rubric.pk).keeper == heir.person
    assert set(Contribution.objects.values_list("author", flat=True)) == {heir.pk}
    assert item_of(draft).owner == heir
    assert fresh(asked).assignee == heir
    desk = Client()
    desk.force_login(heir)
    assert desk.get(f"/write/{draft.public_id}/").status_code == 200


def test_without_an_answer_nothing_is_done(
    client: Client, manager: User, leaver: User, heir: User
) -> None:
    draft = contribution(by=leaver)

    for wrong in ({"answer": ""}, {"to": ""}, {"to": leaver.pk}, {"who": "x"}):
        assert send(client, leaver, heir, **wrong).status_code == 422

    assert Contribution.objects.get(pk=draft.pk).author == leaver


def test_what_she_wants_gone_goes_offline_and_the_rest_keeps_her_name(
    client: Client, manager: User, leaver: User, heir: User
) -> None:
    stays = stages.live(by=leaver, manager=manager)
    goes = stages.live(by=leaver, manager=manager)

    send(client, leaver, heir, remove=str(goes.pk))

    assert stages.fresh(stays).live
    assert not stages.fresh(goes).live
    assert Withdrawal.objects.get().item_id == goes.public_id
    assert Person.objects.get(user=leaver).name == "Magda Wit"


def test_her_name_goes_everywhere_at_once_when_she_wants_it(
    client: Client, manager: User, leaver: User, heir: User
) -> None:
    item = stages.live(by=leaver, manager=manager)
    person = Person.objects.get(user=leaver)
    Person.objects.filter(pk=person.pk).update(shown_on_hub=True, about="<p>Ik ben Magda</p>")

    send(client, leaver, heir, answer="anonymise")

    person.refresh_from_db()
    assert (person.name, person.about, person.shown_on_hub) == ("Oud-collega", "", False)
    told = [str(document.content) for document in PublicDocument.objects.all()]
    assert told
    assert not [content for content in told if "Magda" in content]
    assert stages.fresh(item).live


def test_what_was_chosen_stays_chosen_when_something_was_forgotten(
    client: Client, manager: User, leaver: User, heir: User
) -> None:
    live = stages.live(by=leaver)

    without_name = send(client, leaver, heir, answer="", remove=[live.pk]).content.decode()
    without_heir = client.post(PATH, {"who": leaver.pk, "answer": "anonymise"}).content.decode()

    assert f'<option value="{heir.pk}" selected>' in without_name
    assert f'name="remove" value="{live.pk}" checked>' in without_name
    assert 'value="anonymise" checked>' in without_heir
