"""In with a code on paper: once, for a while, and never for somebody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.activation import KEPT, activate, make_slips
from cms.accounts.models import ActivationCode, User
from cms.accounts.signing_in.attempts import ACCOUNT_HERE
from tests import factories
from tests.integration.accounts.doors import PASSWORD, as_if_tried, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
DOOR = "/login/activate/"


@pytest.fixture
def welder() -> User:
    made = factories.employee(personnel_number="10482", email="")
    made.set_unusable_password()
    made.save()
    return made


def code_for(user: User) -> str:
    (slip,) = make_slips([user])
    return slip.code


def words(code: str, *, name: str = "10482", password: str = PASSWORD) -> dict[str, str]:
    return {"name": name, "code": code, "password1": password, "password2": password}


def test_number_and_code_open_and_the_number_stays_the_name(client: Client, welder: User) -> None:
    response = client.post(DOOR, words(code_for(welder)))
    later = Client()
    later.post("/login/", {"username": "10482", "password": PASSWORD})

    assert response["Location"] == "/"
    assert is_signed_in(client)
    assert is_signed_in(later)


def test_a_code_is_read_however_it_is_typed(client: Client, welder: User) -> None:
    code = code_for(welder)
    typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")

    client.post(DOOR, words(typed))

    assert is_signed_in(client)


def test_a_code_works_once(welder: User) -> None:
    code, second = code_for(welder), Client()
    Client().post(DOOR, words(code))

    response = second.post(DOOR, words(code, password="een ander wachtwoord"))

    assert response.status_code == 200
    assert not is_signed_in(second)
    assert sign_in(Client(), welder).status_code == 302


def test_two_at_the_same_moment_use_it_once(welder: User) -> None:
    code = code_for(welder)

    assert [activate(welder, code, password=PASSWORD) for _ in range(2)] == [True, False]


def test_a_new_letter_makes_the_old_one_worthless(client: Client, welder: User) -> None:
    old = code_for(welder)
    new = code_for(welder)

    assert client.post(DOOR, words(old)).status_code == 200
    assert client.post(DOOR, words(new)).status_code == 302


def test_a_code_does_not_last(client: Client, welder: User) -> None:
    code = code_for(welder)
    ActivationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.post(DOOR, words(code)).status_code == 200
    assert timedelta(days=30) == KEPT


def test_a_closed_account_is_not_opened(client: Client, welder: User) -> None:
    code = code_for(welder)
    User.objects.filter(pk=welder.pk).update(is_active=False)

    assert client.post(DOOR, words(code)).status_code == 200


def test_a_code_is_worth_nothing_to_somebody_else(client: Client, welder: User) -> None:
    other = factories.employee(personnel_number="20001")
    code_for(other)

    assert client.post(DOOR, words(code_for(welder), name="20001")).status_code == 200


def test_an_unknown_number_and_a_wrong_code_answer_alike(welder: User) -> None:
    code_for(welder)

    known = Client().post(DOOR, words("WRONG")).content.decode()
    unknown = Client().post(DOOR, words("WRONG", name="99999")).content.decode()

    assert re.sub('value="[^"]*"', "", known) == re.sub('value="[^"]*"', "", unknown)


def test_guessing_codes_is_stopped(client: Client, welder: User) -> None:
    code = code_for(welder)
    client.post(DOOR, words("WRONG"))
    as_if_tried(ACCOUNT_HERE.most)

    assert "vijf minuten" in client.post(DOOR, words(code)).content.decode()


def test_a_poor_password_keeps_the_code(client: Client, welder: User) -> None:
    code = code_for(welder)

    refused = client.post(DOOR, words(code, password="12345678"))

    assert refused.status_code == 200
    assert client.post(DOOR, words(code)).status_code == 302


def test_about_passwords_nothing_is_told_without_a_right_code(client: Client, welder: User) -> None:
    code_for(welder)

    response = client.post(DOOR, words("WRONG", password="12345678"))

    assert not response.context["form"].errors.get("password2")


def test_the_code_is_nowhere_to_be_read(welder: User) -> None:
    code = code_for(welder)

    assert code.replace("-", "") not in ActivationCode.objects.get().digest.upper()


def test_the_password_of_before_stays_until_the_code_is_used(welder: User) -> None:
    welder.set_password(PASSWORD)
    welder.save()
    session = Client()
    sign_in(session, welder)
    code = code_for(welder)
    was_in = is_signed_in(session)

    Client().post(DOOR, words(code, password="een nieuw wachtwoord"))

    assert was_in
    assert not is_signed_in(session)
    assert sign_in(Client(), welder).status_code == 200
