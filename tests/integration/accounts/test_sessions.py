"""How long a session lasts, and how it ends: in the newsroom, the API and the hub alike."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import Settings

from cms.accounts import roles
from cms.accounts.models import User
from cms.accounts.signing_in import sessions
from cms.accounts.signing_in.attempts import ACCOUNT_HERE
from cms.accounts.signing_in.sessions import end_sessions_of
from cms.config.environment import networks
from cms.config.readers import audiences_of
from hub_site.readers import REMEMBERED_SECONDS, Readers
from tests import factories
from tests.integration.accounts.doors import (
    ELSEWHERE,
    PASSWORD,
    as_if_tried,
    is_signed_in,
    sign_in,
    with_password,
)

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


@pytest.fixture
def colleague() -> User:
    return with_password(factories.community_manager())


def gate_lets_in(client: Client) -> bool:
    return audiences_of(_cookie(client)) is not None


def newsroom_lets_in(client: Client) -> bool:
    return client.get("/newsroom/").status_code == 200


def contract_lets_in(client: Client) -> bool:
    asked = {"query": "{ __typename }"}
    response = client.post("/graphql/", asked, content_type="application/json")
    return response.status_code == 200


def _cookie(client: Client) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def may_keep(client: Client) -> bool:
    mark = client.cookies.get(settings.PLEIN_OWN_DEVICE_COOKIE)
    return mark is not None and mark.value != ""


def doors(client: Client) -> list[bool]:
    return [gate_lets_in(client), newsroom_lets_in(client), contract_lets_in(client)]


def test_with_a_session_every_door_opens(client: Client, colleague: User) -> None:
    sign_in(client, colleague)

    assert doors(client) == [True, True, True]


def close(user: User) -> None:
    user.is_active = False
    user.save()


def close_with_others(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user: User) -> None:
    user.set_password("something else entirely")
    user.save()


@pytest.mark.parametrize("act", [close, close_with_others, change_password, end_sessions_of])
def test_what_ends_a_session_ends_it_at_every_door(
    client: Client, colleague: User, act: Callable[[User], None]
) -> None:
    sign_in(client, colleague)

    act(colleague)

    assert doors(client) == [False, False, False]


def test_signing_out_shuts_every_door_to_who_kept_the_cookie(
    client: Client, colleague: User
) -> None:
    sign_in(client, colleague)
    thief = Client()
    thief.cookies.load(_cookie(client))
    was_open = gate_lets_in(thief)

    client.post("/logout/")

    assert was_open
    assert doors(thief) == [False, False, False]


@pytest.mark.parametrize("shut", [close, close_with_others])
def test_sessions_of_a_closed_account_do_not_come_back_with_it(
    client: Client, colleague: User, shut: Callable[[User], None]
) -> None:
    sign_in(client, colleague)
    shut(colleague)

    User.objects.filter(pk=colleague.pk).update(is_active=True)

    assert doors(client) == [False, False, False]


def test_a_lost_role_shuts_the_newsroom_at_the_next_request(
    client: Client, colleague: User
) -> None:
    sign_in(client, colleague)

    colleague.groups.set([Group.objects.get(name=roles.EMPLOYEES)])

    assert doors(client) == [True, False, True]


def test_the_gate_forgets_within_ten_seconds(client: Client, colleague: User) -> None:
    sign_in(client, colleague)
    now, cookie = [0.0], _cookie(client)

    async def ask(cookie: str) -> frozenset[str] | None:
        return known[cookie]

    known = {cookie: audiences_of(cookie)}
    readers = Readers(ask, clock=lambda: now[0])
    assert asyncio.run(readers.audiences(cookie.encode())) is not None
    end_sessions_of(colleague)
    known = {cookie: audiences_of(cookie)}
    now[0] += 10

    assert REMEMBERED_SECONDS < 10
    assert asyncio.run(readers.audiences(cookie.encode())) is None


def test_the_key_changes_at_sign_in(client: Client, colleague: User) -> None:
    planted = client.session
    planted["planted"] = True
    planted.save()

    sign_in(client, colleague)

    assert client.session.session_key != planted.session_key
    assert not client.session.exists(str(planted.session_key))


def test_without_a_choice_a_session_ends_with_the_browser_or_after_a_working_day(
    client: Client, colleague: User
) -> None:
    sign_in(client, colleague)

    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == timedelta(hours=12).total_seconds()


def test_a_phone_of_ones_own_is_not_asked_every_day(client: Client) -> None:
    sign_in(client, with_password(factories.employee()), stays="on")

    assert client.session.get_expiry_age() == sessions.LONG.total_seconds()


def test_who_can_change_the_hub_is_asked_sooner(client: Client, colleague: User) -> None:
    sign_in(client, colleague, stays="on")

    assert client.session.get_expiry_age() == sessions.LONG_IN_NEWSROOM.total_seconds()


def test_on_a_shared_screen_nobody_stays(client: Client, colleague: User) -> None:
    sign_in(client, colleague)
    client.post("/login/account/", {"act": "share"})
    client.post("/logout/")
    offered = client.get("/login/").content.decode()

    sign_in(client, with_password(factories.employee()), stays="on")

    assert 'name="stays"' not in offered
    assert client.session.get_expiry_age() == sessions.ON_SHARED_SCREEN.total_seconds()


def test_a_screen_on_a_shared_network_is_shared(client: Client, settings: Settings) -> None:
    settings.PLEIN_SHARED_NETWORKS = networks("PLEIN_NOT_SET", [f"{ELSEWHERE}/32"])
    reader = with_password(factories.employee())

    sign_in(client, reader, address=ELSEWHERE, stays="on")

    assert client.session.get_expiry_age() == sessions.ON_SHARED_SCREEN.total_seconds()


def test_what_is_read_is_kept_only_on_a_device_of_ones_own(client: Client) -> None:
    reader = with_password(factories.employee())

    sign_in(client, reader)
    assert not may_keep(client)
    client.post("/login/account/", {"act": "keep"})
    assert may_keep(client)
    client.post("/login/account/", {"act": "keep_nothing"})
    assert not may_keep(client)
    client.post("/logout/")
    sign_in(client, reader, stays="on")
    assert may_keep(client)
    client.post("/logout/")
    assert not may_keep(client)


def test_who_signs_in_without_staying_finds_a_device_that_is_nobodys(client: Client) -> None:
    client.cookies[settings.PLEIN_OWN_DEVICE_COOKIE] = "1"

    sign_in(client, with_password(factories.employee()))

    assert not may_keep(client)


def test_nothing_is_kept_on_a_shared_screen(client: Client, colleague: User) -> None:
    sign_in(client, colleague, stays="on")
    client.post("/login/account/", {"act": "share"})
    was_taken_away = not may_keep(client)

    client.post("/login/account/", {"act": "keep"})
    shown = client.get("/login/account/").content.decode()

    assert was_taken_away
    assert not may_keep(client)
    assert 'value="keep"' not in shown


def test_a_reader_marks_no_screens(client: Client) -> None:
    sign_in(client, with_password(factories.employee()))

    client.post("/login/account/", {"act": "share"})

    assert settings.PLEIN_SHARED_SCREEN_COOKIE not in client.cookies


def test_a_forged_mark_is_no_mark(client: Client) -> None:
    client.cookies[settings.PLEIN_SHARED_SCREEN_COOKIE] = "shared:1:forged"

    assert 'name="stays"' in client.get("/login/").content.decode()


def test_signing_out_elsewhere_keeps_this_session(client: Client, colleague: User) -> None:
    other = Client()
    sign_in(other, colleague)
    sign_in(client, colleague, stays="on")

    client.post("/login/account/", {"act": "end_sessions"})

    assert is_signed_in(client)
    assert client.session.get_expiry_age() == sessions.LONG_IN_NEWSROOM.total_seconds()
    assert not is_signed_in(other)


def test_another_password_keeps_this_session_and_ends_the_others(
    client: Client, colleague: User
) -> None:
    other, new = Client(), "wederom een lange zin"
    sign_in(other, colleague)
    sign_in(client, colleague)
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    client.post("/login/account/password/", words)

    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert sign_in(Client(), colleague, password=new).status_code == 302


def test_the_old_password_can_not_be_guessed_behind_an_open_session(
    client: Client, colleague: User
) -> None:
    sign_in(client, colleague)
    words = {"new_password1": "x" * 12, "new_password2": "x" * 12}
    client.post("/login/account/password/", {**words, "old_password": "guess"})
    as_if_tried(ACCOUNT_HERE.most)

    response = client.post("/login/account/password/", {**words, "old_password": PASSWORD})

    assert "vijf minuten" in response.content.decode()


def test_a_stranger_is_sent_to_the_door(client: Client) -> None:
    for address in ("account/", "account/password/", "account/code/", "account/paper/"):
        response = client.get(f"/login/{address}")
        assert response.status_code == 302
        assert response["Location"].startswith("/login/?next=")
