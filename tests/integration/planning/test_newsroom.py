"""Requests on the newsroom's screens: made, listed, handed on, and what was proposed."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.accounts.models import User
from cms.planning.models import Assignment, Idea, PlanningSettings
from cms.planning.standing import today
from tests import factories
from tests.factories.contributions import answer, question_set
from tests.factories.planning import assignment, due, fresh
from tests.integration.planning.test_requests import contribution_of
from tests.integration.workflow.outbox import all_mails, mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> User:
    made = factories.community_manager(first_name="Marieke")
    client.force_login(made)
    return made


@pytest.fixture
def fatima() -> User:
    return factories.ambassador(username="fatima", first_name="Fatima")


def test_an_idea_becomes_a_request_or_gets_an_answer(
    client: Client, manager: User, fatima: User
) -> None:
    desk = Client()
    desk.force_login(fatima)
    rubric = question_set().rubric
    desk.post("/write/idea/", {"idea": " "})
    for text in ("Wie maakt de soep?", "Waarom staat de lift stil?"):
        desk.post("/write/idea/", {"idea": text, "rubric": str(rubric.pk)})
    soup, lift = Idea.objects.order_by("pk")
    assert [mail.to for mail in all_mails()] == [[manager.email]] * 2

    form = client.get(f"/newsroom/requests/new/?idea={soup.public_id}").content.decode()
    made = client.post(
        "/newsroom/requests/new/",
        {
            "idea": str(soup.public_id),
            "rubric": rubric.pk,
            "subject": "De soep",
            "assignee": fatima.pk,
            "due_on": (today() + timedelta(days=10)).isoformat(),
        },
    )
    client.post(f"/newsroom/requests/idea/{lift.public_id}/", {"sentence": "Dank! Ligt bij IT."})

    assert "Wie maakt de soep?" in form
    assert made.status_code == 302
    assert Assignment.objects.get().idea == soup
    assert not Idea.objects.open().exists()
    assert "Ligt bij IT." in str(mails_to(fatima)[-1].body)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"due_on": "2001-01-01"}, "voorbij"),
        ({"due_on": "2199-01-01"}, "twee jaar"),
        ({"about": "Niemand Hier"}, "Zo heet hier niemand"),
        ({"subject": ""}, "verplicht"),
    ],
)
def test_a_request_that_can_not_be_is_refused_in_words(
    client: Client, manager: User, wrong: dict[str, str], words: str
) -> None:
    sent = {
        "rubric": question_set().rubric.pk,
        "subject": "De soep",
        "due_on": (today() + timedelta(days=10)).isoformat(),
        **wrong,
    }

    told = client.post("/newsroom/requests/new/", sent)

    assert told.status_code == 422
    assert words in told.content.decode()
    assert not Assignment.objects.exists()


def test_late_ones_come_up_with_the_manager_alone(
    client: Client, manager: User, fatima: User
) -> None:
    late = due(assignment(to=fatima, by=manager, subject="Te laat"), today() - timedelta(days=3))
    assignment(to=fatima, by=manager, subject="Op tijd")
    desk = Client()
    desk.force_login(fatima)

    listed = client.get("/newsroom/requests/?which=late").content.decode()
    hers = desk.get("/write/").content.decode()

    assert "3 dagen te laat" in listed
    assert "Op tijd" not in listed
    assert "te laat" not in hers.replace("Te laat", "")
    assert late.subject in hers


def test_the_list_costs_the_same_however_much_there_is(
    client: Client, manager: User, django_assert_num_queries: Any
) -> None:
    for _each in range(2):
        answer(contribution_of(assignment(by=manager)), "moment", "Je verhuist.")
    client.get("/newsroom/requests/")
    with CaptureQueriesContext(connection) as few:
        client.get("/newsroom/requests/")
    for _each in range(4):
        answer(contribution_of(assignment(by=manager)), "moment", "Je verhuist.")

    with django_assert_num_queries(len(few)):
        client.get("/newsroom/requests/")


def test_ambassadors_do_not_see_the_newsrooms_requests(fatima: User, manager: User) -> None:
    made = assignment(by=manager)
    desk = Client()
    desk.force_login(fatima)

    for path in ("", "new/", "list/", "leaving/", f"{made.public_id}/"):
        assert desk.get(f"/newsroom/requests/{path}").status_code == 302


def test_the_manager_gets_the_ways_in_and_asks_somebody_else(
    client: Client, manager: User, fatima: User
) -> None:
    made = assignment(to=fatima, by=manager)
    path = f"/newsroom/requests/{made.public_id}/"
    bas = factories.ambassador()

    texts = {
        way: client.post(path, {"act": way}).content.decode()
        for way in ("message", "picture", "paper")
    }
    client.post(path, {"act": "mail"})
    client.post(path, {"act": "hand-over", "to": bas.pk})
    client.post(path, {"act": "cancel"})

    assert "/w/?k=" in texts["message"]
    assert "data:image/svg+xml" in texts["picture"]
    assert re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", texts["paper"])
    assert fresh(made).assignee == bas
    assert fresh(made).cancelled_at is not None
    assert len(mails_to(fatima)) == 3


def test_managers_choose_the_quiet_hours(client: Client, manager: User) -> None:
    path = "/newsroom/settings/planning/planningsettings/"
    found = client.get(path, follow=True)
    sent = {"quiet_from": "20:00", "quiet_until": "07:00"}

    client.post(found.redirect_chain[-1][0], sent)

    kept = PlanningSettings.load()
    assert (kept.keeps_quiet, kept.quiet_from) == (False, time(20))


def test_a_request_begins_at_a_rubric_or_a_colleague(client: Client, manager: User) -> None:
    rubric = question_set().rubric
    factories.person(name="Kees Brouwer")

    at_rubric = client.get(f"/newsroom/pages/{rubric.pk}/").content.decode()
    at_people = client.get("/newsroom/snippets/accounts/person/").content.decode()

    assert f"/newsroom/requests/new/?rubric={rubric.pk}" in at_rubric
    assert "/newsroom/requests/new/?person=Kees+Brouwer" in at_people


def test_of_who_has_no_mailbox_it_is_said_that_no_mail_went(
    client: Client, manager: User, fatima: User
) -> None:
    dwight = factories.ambassador(username="dwight", first_name="Dwight", email="")
    told = "Dwight heeft geen mailadres, dus er ging geen mail."

    without = client.get(f"/newsroom/requests/{assignment(to=dwight).public_id}/")
    with_mail = client.get(f"/newsroom/requests/{assignment(to=fatima).public_id}/")

    assert told in without.content.decode()
    assert "geen mailadres" not in with_mail.content.decode()
