"""A list of requests: first what it would ask, then exactly that or nothing."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.accounts.models import User
from cms.planning.lists import read_requests
from cms.planning.models import Assignment
from cms.planning.standing import today
from cms.stories.models import Rubric
from tests import factories
from tests.factories.contributions import question_set
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db

PATH = "/newsroom/requests/list/"


@pytest.fixture
def manager(client: Client) -> User:
    made = factories.community_manager()
    client.force_login(made)
    return made


@pytest.fixture
def tips() -> Rubric:
    return question_set(parent=factories.rubric(title="Goed geregeld")).rubric


def day(ahead: int = 10) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def send(client: Client, text: str | bytes) -> HttpResponse:
    content = text if isinstance(text, bytes) else text.encode()
    answer: HttpResponse = client.post(
        PATH, {"file": SimpleUploadedFile("verzoeken.csv", content, "text/csv")}
    )  # type: ignore[assignment]
    return answer


def kept_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(list|seen)" value="([^"]*)"', page))


def test_nothing_is_asked_before_it_was_seen(client: Client, manager: User, tips: Rubric) -> None:
    fatima = factories.ambassador(username="fatima", first_name="Fatima")
    kees = factories.person(name="Kees Brouwer")
    goal = factories.goal()
    text = (
        "Rubriek;Onderwerp;Uiterlijk;Gevraagd aan;Over wie;Doel;Toelichting\n"
        f"goed geregeld;Vrije dagen;{day()};fatima;kees brouwer;{goal.code};Dank!\n"
        f"Goed geregeld;De lift;{day(20)};;;;\n"
    )

    page = send(client, text).content.decode()
    assert "2 verzoeken" in page
    assert "Vrije dagen" in page
    assert not Assignment.objects.exists()
    done = client.post(PATH, kept_in(page))

    assert done["Location"] == "/newsroom/requests/"
    first, second = Assignment.objects.order_by("pk")
    assert (first.assignee, first.about, first.goal, first.note) == (fatima, kees, goal, "Dank!")
    assert second.assignee is None
    assert [mail.to for mail in all_mails()] == [[fatima.email]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "leeg"),
        (b"\xff\xfeR\x00u\x00", "geen tekst"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;Caf\xe9;DAY".encode("latin-1"), "UTF-8"),
        ("Rubriek;Onderwerp\nGoed geregeld;x", "ontbreken er 1"),
        ("Rubriek;Onderwerp;Uiterlijk;Geboortedatum\n", "kennen we niet"),
        ("Rubriek;Onderwerp;Uiterlijk;onderwerp\n", "twee keer"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;x", "meer of minder cellen"),
        ("Rubriek;Onderwerp;Uiterlijk\nBestaat niet;x;DAY", "geen rubriek"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;=1+1;DAY", "formule"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;x;4 december", "is geen dag"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;x;2001-01-01", "voorbij"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;;DAY", "geen onderwerp"),
        ("Rubriek;Onderwerp;Uiterlijk;Wie\nGoed geregeld;x;DAY;niemand", "geen account"),
        ("Rubriek;Onderwerp;Uiterlijk;Wie\nGoed geregeld;x;DAY;lezer", "kan niet in"),
        ("Rubriek;Onderwerp;Uiterlijk;Over\nGoed geregeld;x;DAY;Jan", "is hier niemand"),
        ("Rubriek;Onderwerp;Uiterlijk;Doel\nGoed geregeld;x;DAY;D9", "geen jaardoel"),
        ('Rubriek;Onderwerp;Uiterlijk\n"Goed geregeld;x;DAY', "niet te lezen"),
        (f"Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;{'x' * 201};DAY", "te lang"),
        ("Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;a\u200bb;DAY", "die je niet ziet"),
    ],
)
def test_what_is_wrong_is_told_in_words(tips: Rubric, text: str | bytes, words: str) -> None:
    factories.employee(username="lezer")
    content = text if isinstance(text, bytes) else text.encode()

    reading = read_requests(content.replace(b"DAY", day().encode()))

    assert words in " ".join(str(fault.sentence) for fault in reading.faults)
    assert not reading.rows


def test_with_a_fault_in_it_nothing_can_be_asked(
    client: Client, manager: User, tips: Rubric
) -> None:
    told = send(client, f"Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;=1+1;{day()}")

    page = told.content.decode()
    assert told.status_code == 422
    assert "formule" in page
    assert not kept_in(page)
    assert not Assignment.objects.exists()


def test_all_faults_are_told_at_once(tips: Rubric) -> None:
    text = "rubriek,onderwerp,uiterlijk\nx,,morgen\ny,@z,2001-01-01\n"

    reading = read_requests(text.encode())

    assert [fault.line for fault in reading.faults] == [2, 2, 2, 3, 3, 3]


def test_a_list_that_somebody_changed_asks_nothing(
    client: Client, manager: User, tips: Rubric
) -> None:
    page = send(client, f"Rubriek;Onderwerp;Uiterlijk\nGoed geregeld;x;{day()}").content.decode()
    kept = kept_in(page)

    for forged in ({**kept, "seen": "x"}, {**kept, "list": "x:y:z"}, {}):
        client.post(PATH, forged)
    Rubric.objects.filter(pk=tips.pk).update(title="Anders")
    stale = client.post(PATH, kept)

    assert stale.status_code == 422
    assert not Assignment.objects.exists()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    reading = read_requests(content)

    assert reading.faults
    assert not reading.rows


def test_five_hundred_lines_are_enough(tips: Rubric) -> None:
    rows = f"Goed geregeld;x;{day()}\n" * 501

    reading = read_requests(f"Rubriek;Onderwerp;Uiterlijk\n{rows}".encode())

    assert [fault.line for fault in reading.faults] == [502]


def test_who_is_asked_may_be_written_as_her_name(tips: Rubric) -> None:
    fatima = factories.ambassador(username="fatima", first_name="Fatima", last_name="Haddad")
    text = f"Rubriek;Onderwerp;Uiterlijk;Wie\nGoed geregeld;x;{day()};fatima haddad"

    reading = read_requests(text.encode())

    assert not reading.faults
    assert [row.wish.assignee for row in reading.rows] == [fatima]


def test_a_name_that_two_have_is_told(tips: Rubric) -> None:
    for number in range(2):
        factories.ambassador(username=f"f{number}", first_name="Fatima", last_name="Haddad")
    text = f"Rubriek;Onderwerp;Uiterlijk;Wie\nGoed geregeld;x;{day()};Fatima Haddad"

    reading = read_requests(text.encode())

    assert "of er zijn er meer" in str(reading.faults[0].sentence)
