"""A way back in by mail, which tells nobody anything and floods nobody."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import tokens
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from cms.accounts.models import AttemptCount, User
from cms.accounts.signing_in.attempts import MAILS_ASKED_HERE, MAILS_TO_ACCOUNT
from cms.accounts.signing_in.forgotten import opened_by
from tests import factories
from tests.integration.accounts.doors import (
    PASSWORD,
    as_if_tried,
    is_signed_in,
    sign_in,
    with_password,
)

pytestmark = pytest.mark.django_db
FORGOTTEN = "/login/forgotten/"
ADDRESS = "wies@example.test"
NEW = "zonnebloem-op-vrijdag"


@pytest.fixture
def wies() -> User:
    return with_password(factories.employee(username="wies", email=ADDRESS))


def ask(address: str = ADDRESS, client: Client | None = None) -> str:
    return (client or Client()).post(FORGOTTEN, {"email": address}).content.decode()


def mails() -> list[EmailMessage]:
    return mail.outbox


def link() -> str:
    (line,) = [line for line in mails()[-1].body.splitlines() if line.startswith("http")]
    parts = urlsplit(line)
    return f"{parts.path}?{parts.query}"


def choose(client: Client, password: str = NEW) -> int:
    words = {"new_password1": password, "new_password2": password}
    return client.post("/login/forgotten/new/", words).status_code


def test_the_mail_leads_to_a_new_password(client: Client, wies: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, wies)
    ask()

    shown = client.get(link(), follow=True)

    assert mails()[0].to == [ADDRESS]
    assert shown.redirect_chain == [("/login/forgotten/new/", 302)]
    assert shown["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown["Cache-Control"]
    assert choose(client) == 302
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(client)
    assert sign_in(client, wies, password=PASSWORD).status_code == 200
    assert sign_in(client, wies, password=NEW).status_code == 302


def test_the_link_works_once(client: Client, wies: User) -> None:
    ask()
    address = link()
    client.get(address)
    choose(client)

    again = Client()
    again.get(address)

    assert choose(again, "nog-weer-een-andere") == 200
    assert sign_in(Client(), wies, password=NEW).status_code == 302


def test_the_link_is_over_after_two_hours(wies: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    key = link().partition("key=")[2]
    assert opened_by(key) == wies
    later = datetime.now() + timedelta(hours=2, minutes=1)  # noqa: DTZ005 - as Django counts

    monkeypatch.setattr(tokens.default_token_generator, "_now", lambda: later)

    assert opened_by(key) is None


KEYS = ("", ".", "1", "1.", "x.y", "1.abc-def", "٣.x", "9" * 40 + ".x", "-1.x", "\x00.\x00")


def test_a_key_that_is_none_opens_nothing(client: Client, wies: User) -> None:
    for key in KEYS:
        client.get("/login/forgotten/new/", {"key": key})
        assert choose(client) == 200, key

    assert sign_in(client, wies).status_code == 302


def test_a_key_of_somebody_else_opens_their_own_account_only(wies: User) -> None:
    other = with_password(factories.employee(email="other@example.test"))
    ask()
    key = link().partition("key=")[2]

    assert opened_by(f"{other.pk}.{key.partition('.')[2]}") is None


def test_a_weak_password_is_refused(client: Client, wies: User) -> None:
    ask()
    client.get(link())

    assert choose(client, "12345678") == 200


def test_nobody_can_tell_whether_an_address_is_known(wies: User, settings: Settings) -> None:
    """The answer is the same, and so is the work before it: one task, whoever it is for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    answers = {re.sub(r'value="\w{64}"', "", ask(each)) for each in (ADDRESS, "nobody@x.test")}

    assert len(answers) == 1

    assert DBTaskResult.objects.count() == 2
    assert not mails()


CLOSED: dict[str, Callable[[User], object]] = {
    "closed": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "of the organisation": lambda user: User.objects.filter(pk=user.pk).update(
        password=make_password(None)
    ),
    "gone": lambda user: user.delete(),
}


@pytest.mark.parametrize("what", CLOSED)
def test_who_may_not_have_a_password_gets_no_mail(wies: User, what: str) -> None:
    CLOSED[what](wies)

    ask()

    assert not mails()


def test_nobody_s_mailbox_is_flooded(wies: User) -> None:
    """From many addresses, and in many ways to write the same address."""
    for number in range(MAILS_TO_ACCOUNT.most + 3):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(FORGOTTEN, {"email": ADDRESS.upper()})

    assert len(mails()) == MAILS_TO_ACCOUNT.most


def test_asking_without_end_is_stopped_for_who_asks(wies: User) -> None:
    here = Client(REMOTE_ADDR="203.0.113.9")
    ask("nobody@example.test", here)
    as_if_tried(MAILS_ASKED_HERE.most)

    assert "Wacht vijf minuten" in ask(ADDRESS, here)
    assert not mails()
    AttemptCount.objects.filter(count=MAILS_ASKED_HERE.most + 1).delete()
    ask(ADDRESS, Client(REMOTE_ADDR="198.51.100.7"))
    assert len(mails()) == 1


def test_two_accounts_with_one_address_each_have_their_own_link(wies: User) -> None:
    with_password(factories.employee(username="wies2", email=ADDRESS))

    ask()

    written = " ".join(str(each.body) for each in mails())
    assert "is wies." in written
    assert "is wies2." in written


def test_a_second_factor_is_asked_for_all_the_same(client: Client, wies: User) -> None:
    """A mailbox alone opens no newsroom."""
    ask()
    client.get(link())
    choose(client)

    assert not is_signed_in(client)


def test_what_wagtail_has_for_it_is_shut(client: Client, wies: User) -> None:
    assert client.get("/newsroom/password_reset/").status_code == 404
    assert client.post("/newsroom/password_reset/", {"email": ADDRESS}).status_code == 404
    assert not mails()


def test_a_borrowed_session_changes_neither_address_nor_password(client: Client) -> None:
    editor = with_password(factories.community_manager(email="redactie@example.test"))
    client.force_login(editor)
    page = client.get("/newsroom/account/").content.decode()

    client.post(
        "/newsroom/account/",
        {
            "name_email-email": "evil@example.test",
            "name_email-first_name": "X",
            "name_email-last_name": "Y",
            "password-old_password": PASSWORD,
            "password-new_password1": NEW,
            "password-new_password2": NEW,
        },
    )

    editor.refresh_from_db()
    assert 'name="name_email-first_name"' in page
    assert 'name="name_email-email"' not in page
    assert "password" not in page.lower().replace("change_password", "")
    assert editor.email == "redactie@example.test"
    assert editor.check_password(PASSWORD)
