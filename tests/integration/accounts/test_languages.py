"""The newsroom speaks the language that somebody chose, else the one of her browser."""

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

DUTCH_BROWSER = {"Accept-Language": "nl-NL,nl;q=0.9"}
ENGLISH_BROWSER = {"Accept-Language": "en-GB,en;q=0.9"}
PATHS = ("/write/", "/write/planned/", "/ask/", "/login/account/")


def speaks(client: Client, path: str, browser: dict[str, str]) -> str:
    page = client.get(path, headers=browser)
    assert page.status_code == 200
    content = page.content.decode()
    language = content.partition('<html lang="')[2][:2]
    assert page["Content-Language"] == language
    return language


@pytest.fixture
def writer(client: Client) -> User:
    made = factories.ambassador(username="fatima", first_name="Fatima")
    client.force_login(made)
    return made


def choose(user: User, language: str) -> None:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


@pytest.mark.parametrize("path", PATHS)
def test_what_somebody_chose_goes_before_what_her_browser_prefers(
    client: Client, writer: User, path: str
) -> None:
    choose(writer, "en")
    assert speaks(client, path, DUTCH_BROWSER) == "en"

    choose(writer, "nl")
    assert speaks(client, path, ENGLISH_BROWSER) == "nl"


@pytest.mark.parametrize("path", PATHS)
def test_who_chose_nothing_is_spoken_to_as_her_browser_prefers(
    client: Client, writer: User, path: str
) -> None:
    assert speaks(client, path, ENGLISH_BROWSER) == "en"
    assert speaks(client, path, DUTCH_BROWSER) == "nl"


def test_the_next_visitor_is_not_spoken_to_in_the_language_of_the_last(
    client: Client, writer: User
) -> None:
    choose(writer, "en")
    speaks(client, "/write/", DUTCH_BROWSER)

    assert speaks(Client(), "/login/", DUTCH_BROWSER) == "nl"


def test_who_is_signed_in_is_spoken_to_as_she_chose_below_her_account(client: Client) -> None:
    reader = factories.employee()
    choose(reader, "nl")
    client.force_login(reader)

    told = client.post("/login/language/", {"language": "en", "next": "/login/account/"})

    assert told["Location"] == "/login/account/"
    assert "Your account" in client.get("/login/account/").content.decode()
    assert UserProfile.objects.get(user=reader).preferred_language == "en"
    client.post("/login/language/", {"language": "xx"})
    assert UserProfile.objects.get(user=reader).preferred_language == "en"


def test_a_choice_of_who_never_chose_is_kept_with_her_account(client: Client) -> None:
    reader = factories.employee()
    client.force_login(reader)

    client.post("/login/language/", {"language": "en"})

    assert UserProfile.objects.get(user=reader).preferred_language == "en"
