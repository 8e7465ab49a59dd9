"""Whom the gate lets in."""

import pytest
from django.conf import settings
from django.test import Client

from cms.accounts.models import User
from cms.config.readers import audiences_of
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
