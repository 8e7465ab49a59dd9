"""The page at the door."""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation

from cms.accounts.models import User
from cms.accounts.signing_in.attempts import ACCOUNT_HERE
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "korenbloem-op-dinsdag"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def reader() -> User:
    return with_password(factories.employee())


def sign_in(
    client: Client, user: User, *, password: str = PASSWORD, to: str = ""
) -> HttpResponseBase:
    words = {"username": user.username, "password": password, "next": to}
    return client.post("/login/", words)


def test_a_reader_goes_to_the_front_page(client: Client, reader: User) -> None:
    response = client.post("/login/", {"username": reader.username, "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("to", "goes_to"),
    [
        ("/in-de-kijker/gerda/", "/in-de-kijker/gerda/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_a_reader_goes_only_where_this_hub_is(
    client: Client, reader: User, to: str, goes_to: str
) -> None:
    response = sign_in(client, reader, to=to)

    assert response["Location"] == goes_to


def test_who_has_no_work_in_the_newsroom_is_sent_to_the_hub(client: Client, reader: User) -> None:
    assert sign_in(client, reader, to="/newsroom/")["Location"] == "/"
    assert client.get("/newsroom/", follow=True).redirect_chain[-1][0] == "/"


def test_who_works_in_the_newsroom_gets_there(client: Client) -> None:
    editor = with_password(factories.community_manager())

    assert sign_in(client, editor, to="/newsroom/")["Location"] == "/newsroom/"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "horen niet bij elkaar"), ("en", "don&#x27;t belong together")],
)
def test_a_wrong_password_is_told_kindly_in_the_readers_language(
    client: Client, reader: User, language: str, sentence: str
) -> None:
    words = {"username": reader.username, "password": "wrong"}

    response = client.post("/login/", words, headers={"accept-language": language})

    assert sentence in response.content.decode()
    assert f'value="{reader.username}"' in response.content.decode()


def test_guessing_is_slowed_down_even_for_the_right_password(client: Client, reader: User) -> None:
    for _ in range(ACCOUNT_HERE.most):
        sign_in(client, reader, password="wrong")

    response = client.post("/login/", {"username": reader.username, "password": PASSWORD})

    assert response.status_code == 200
    assert "vijf minuten" in response.content.decode()


def test_the_right_password_wipes_the_slate(client: Client, reader: User) -> None:
    for _ in range(ACCOUNT_HERE.most - 1):
        sign_in(client, reader, password="wrong")
    sign_in(client, reader)
    client.logout()

    sign_in(client, reader, password="wrong")

    assert sign_in(client, reader).status_code == 302


def test_empty_fields_are_pointed_out(client: Client) -> None:
    response = client.post("/login/", {"username": "", "password": ""})

    assert response.content.decode().count("Vul dit ook nog in.") == 2


def test_the_door_is_never_stored_nor_framed(client: Client) -> None:
    response = client.get("/login/")

    assert "no-store" in response["Cache-Control"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_a_link_does_not_sign_out_by_itself(client: Client, reader: User) -> None:
    client.force_login(reader)

    response = client.get("/logout/")

    assert response.status_code == 200
    assert "_auth_user_id" in client.session


def test_signing_out_ends_the_session(client: Client, reader: User) -> None:
    client.force_login(reader)

    response = client.post("/logout/")

    assert response["Location"] == "/login/"
    assert "_auth_user_id" not in client.session


def test_wagtails_own_door_leads_to_ours(client: Client) -> None:
    response = client.get("/newsroom/login/?next=/newsroom/pages/")

    assert response["Location"] == "/login/?next=/newsroom/pages/"


def test_the_door_speaks_the_language_that_was_chosen(client: Client) -> None:
    client.post("/login/language/", {"language": "en", "next": "/login/"})

    with translation.override("en"):
        assert "Good to see you." in client.get("/login/").content.decode()


def test_who_keeps_no_cookies_is_told_that_one_is_needed(reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    refused = sign_in(strict, reader)

    assert refused.status_code == 403
    assert "bewaart je browser geen cookies" in refused.content.decode()  # type: ignore[attr-defined]
