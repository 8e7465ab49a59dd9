"""Community managers look after the audiences: who would be in it is shown before it is saved."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.audiences.models import Audience
from tests import factories

pytestmark = pytest.mark.django_db

HOME = "/newsroom/snippets/audiences/audience/"
FORM = {"name": "Werkplaats noord", "purpose": "Roosters", "people": ""}


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(factories.community_manager(username="manager"))
    return client


def test_who_would_be_in_it_is_shown_and_nothing_is_saved(manager: Client) -> None:
    workshop = factories.department()
    factories.employee(first_name="Magda", last_name="Vonk", department=workshop)

    answer = manager.post(
        f"{HOME}add/", {**FORM, "departments": [workshop.pk], "action-try": "1"}
    ).content.decode()

    assert "Magda Vonk" in answer
    assert "1 collega zou erin zitten" in answer
    assert not Audience.objects.exists()


def test_an_audience_is_made_with_names_by_hand(manager: Client) -> None:
    magda = factories.employee(username="magda", email="magda@example.test")
    bram = factories.employee(username="bram")

    manager.post(f"{HOME}add/", {**FORM, "people": "Magda@example.test\n\nbram\nbram\n"})

    made = Audience.objects.get()
    assert made.key == "werkplaats-noord"
    assert set(made.members.all()) == {magda, bram}
    shown = manager.get(f"{HOME}edit/{made.pk}/").content.decode()
    assert "bram\nmagda" in shown
    assert "2 collega’s zitten er nu in" in shown


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("magda\nnemo", "Met nemo logt niemand in"),
        ("twee@example.test", "Meer dan één account heeft twee@example.test"),
        ("\n".join(f"naam{number}" for number in range(501)), "Hooguit 500"),
    ],
)
def test_a_name_that_is_nobodys_or_anybodys_is_said(
    manager: Client, people: str, said: str
) -> None:
    factories.employee(username="magda")
    for name in ("een", "twee"):
        factories.employee(username=name, email="twee@example.test")

    answer = manager.post(f"{HOME}add/", {**FORM, "people": people}).content.decode()

    assert said in answer
    assert not Audience.objects.exists()


def test_a_rule_that_matches_nobody_is_said(manager: Client) -> None:
    empty = factories.department()
    asked = {**FORM, "departments": [empty.pk]}

    tried = manager.post(f"{HOME}add/", {**asked, "action-try": "1"}).content.decode()
    saved = manager.post(f"{HOME}add/", asked, follow=True).content.decode()

    assert "Er zou niemand in zitten" in tried
    assert "In ‘Werkplaats noord’ zit niemand" in saved
    assert "Niemand" in manager.get(HOME).content.decode()


@pytest.mark.parametrize("months", ["0", "-1", "121", "x"])
def test_months_that_make_no_sense_are_refused(manager: Client, months: str) -> None:
    manager.post(f"{HOME}add/", {**FORM, "started_within": months})

    assert not Audience.objects.exists()


def test_the_list_costs_as_much_for_many_as_for_one(manager: Client) -> None:
    factories.audience(name="Een", members=[factories.employee()])
    manager.get(HOME)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "1 collega" in manager.get(HOME).content.decode()
        return len(queries)

    one = cost()
    for number in range(5):
        factories.audience(name=f"Groep {number}", members=[factories.employee()])

    assert cost() == one


def test_an_audience_in_use_can_not_be_deleted_and_it_is_said_by_what(manager: Client) -> None:
    made = factories.audience()
    factories.story(title="Roosters voor de raad", audience=made.key)
    moved = factories.story(title="Straks voor de raad")
    moved.audience = made.key
    moved.save_revision()

    for path in (
        f"{HOME}delete/{made.pk}/",
        f"/newsroom/bulk/audiences/audience/delete/?id={made.pk}",
    ):
        answer = manager.post(path, follow=True).content.decode()

        assert "Roosters voor de raad" in answer
        assert "Straks voor de raad" in answer
    assert Audience.objects.exists()


def test_what_nothing_is_for_can_be_deleted(manager: Client) -> None:
    made = factories.audience()

    manager.post(f"{HOME}delete/{made.pk}/")

    assert not Audience.objects.exists()


@pytest.mark.parametrize("role", ["ambassador", "employee"])
def test_nobody_else_sees_audiences(client: Client, role: str) -> None:
    made = factories.audience(name="Reorganisatie")
    client.force_login(getattr(factories, role)())

    for path in (HOME, f"{HOME}add/", f"{HOME}edit/{made.pk}/"):
        answer = client.get(path, follow=True)

        assert "Reorganisatie" not in answer.content.decode()
        assert 'name="people"' not in answer.content.decode()
