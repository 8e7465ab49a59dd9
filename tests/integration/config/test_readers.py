"""Whom the gate lets in."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from cms.accounts.models import User
from cms.config.readers import ask_in_thread, audiences_of
from hub_site.readers import REMEMBERED_SECONDS, Readers, UncheckedError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return factories.employee()


def cookie_of(client: Client) -> str:
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"theme=dark; {settings.SESSION_COOKIE_NAME}={value}; last=visit"


def test_a_colleague_with_a_session_is_one_of_everyone(client: Client, reader: User) -> None:
    client.force_login(reader)

    assert audiences_of(cookie_of(client)) == frozenset({"everyone"})


def test_a_session_tells_in_which_audiences_its_colleague_is(client: Client, reader: User) -> None:
    council = factories.audience(members=[reader])
    factories.audience(name="Een andere")
    client.force_login(reader)
    cookie = cookie_of(client)

    assert audiences_of(cookie) == frozenset({"everyone", council.key})
    council.members.clear()
    assert audiences_of(cookie) == frozenset({"everyone"})


NO_KEYS = ("", "guess", '"\\000"', '"abc\\000defghijklmnop"', "é" * 32, "x" * 5000)


@pytest.mark.both_databases
@pytest.mark.parametrize("key", NO_KEYS)
def test_no_cookie_makes_the_gate_believe_that_nobody_answers(
    client: Client, key: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(int(key.isalnum())):
        assert audiences_of(f"plein_session={key}") is None
    client.cookies[settings.SESSION_COOKIE_NAME] = key.replace("\\000", "\x00").strip('"')
    assert client.get("/login/").status_code == 200


@pytest.mark.parametrize("cookie", ["", "plein_session=", "plein_session=guess", "=;;=", "\x00"])
def test_a_stranger_is_nobody(cookie: str) -> None:
    assert audiences_of(cookie) is None


def test_a_closed_account_is_nobody(client: Client, reader: User) -> None:
    client.force_login(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)

    assert audiences_of(cookie_of(client)) is None


def test_a_changed_password_ends_the_session(client: Client, reader: User) -> None:
    client.force_login(reader)
    reader.set_password("something else entirely")
    reader.save()

    assert audiences_of(cookie_of(client)) is None


def test_a_session_whose_time_is_over_is_nobody(client: Client, reader: User) -> None:
    client.force_login(reader)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert audiences_of(cookie_of(client)) is None


def test_a_session_of_another_installation_is_nobody(
    client: Client, reader: User, settings: Settings
) -> None:
    """With a copy of the table alone: its rows were signed with another key."""
    settings.SECRET_KEY = "of-another-hub-" + "y" * 50
    client.force_login(reader)
    cookie = cookie_of(client)
    assert audiences_of(cookie) == frozenset({"everyone"})

    settings.SECRET_KEY = "ours-" + "x" * 50

    assert audiences_of(cookie) is None


def test_who_is_in_forty_audiences_reads_forty_and_not_one_more(
    client: Client, reader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    own = {factories.audience(name=f"Kring {n}", members=[reader]).key for n in range(40)}
    factories.audience(name="Een andere")
    client.force_login(reader)
    cookie = cookie_of(client)

    with django_assert_max_num_queries(3):
        assert audiences_of(cookie) == frozenset(own | {"everyone"})


@pytest.mark.django_db(transaction=True)
def test_who_was_let_in_reads_on_while_the_database_is_away(
    client: Client, reader: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_over_a_new_connection(cookie: str) -> frozenset[str] | None:
        for setting, value in nowhere.items():
            if is_down:
                monkeypatch.setitem(connections["default"].settings_dict, setting, value)
        try:
            return ask_in_thread(cookie)
        finally:
            connections.close_all()  # the next question may come in another thread

    async def ask(cookie: str) -> frozenset[str] | None:
        return await asyncio.to_thread(ask_over_a_new_connection, cookie)

    async def visits() -> None:
        assert await readers.audiences(cookie) == frozenset({"everyone"})
        moments.append(REMEMBERED_SECONDS + 1)
        is_down.append(True)
        assert await readers.audiences(cookie) == frozenset({"everyone"})
        with pytest.raises(UncheckedError):
            await readers.audiences(b"plein_session=ofsomebodywhowasnothereyet")

    nowhere = {"NAME": str(tmp_path / "gone" / "db"), "HOST": str(tmp_path), "PORT": "1"}
    is_down: list[bool] = []
    moments = [0.0]
    readers = Readers(ask, clock=lambda: moments[-1])
    client.force_login(reader)
    cookie = cookie_of(client).encode()
    asyncio.run(visits())
