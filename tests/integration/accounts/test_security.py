"""What the security log hears of sign-ins, refusals and permissions."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.test import Client, RequestFactory
from wagtail.log_actions import LogContext
from wagtail.models import APIToken

from cms.accounts.models import User
from cms.core.security_log import LOGGER, SecurityFormatter
from tests import factories

pytestmark = pytest.mark.django_db

type Event = dict[str, str]


class Lines(logging.Handler):
    """Keeps the lines as they would stand in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(SecurityFormatter())
        self.events: list[Event] = []

    def emit(self, record: logging.LogRecord) -> None:
        event = json.loads(self.format(record))
        event.pop("time")
        self.events.append(event)


@pytest.fixture
def reader() -> User:
    return factories.employee()


@pytest.fixture
def told(reader: User) -> Iterator[list[Event]]:
    lines = Lines()
    logger = logging.getLogger(LOGGER)
    logger.addHandler(lines)
    logger.setLevel(logging.INFO)
    yield lines.events
    logger.removeHandler(lines)


def test_signing_in_and_out_are_told(client: Client, reader: User, told: list[Event]) -> None:
    client.force_login(reader)
    client.logout()

    name = reader.get_username()
    assert [(event["event"], event["account"]) for event in told] == [
        ("signed in", name),
        ("signed out", name),
    ]


def test_wrong_password_is_told_and_what_was_typed_is_not(reader: User, told: list[Event]) -> None:
    request = RequestFactory().post("/login/", REMOTE_ADDR="192.0.2.7")

    authenticate(request, username=reader.get_username(), password="Geheim-12345")
    authenticate(request, username="Geheim-12345", password="x")

    refused = [event for event in told if event["event"] == "sign-in refused"]
    assert refused == [
        {"event": "sign-in refused", "account": reader.get_username(), "address": "192.0.2.7"},
        {"event": "sign-in refused", "address": "192.0.2.7"},
    ]
    assert "Geheim" not in json.dumps(told)


def test_changes_of_rights_are_told_from_both_sides(reader: User, told: list[Event]) -> None:
    name = reader.get_username()
    group = Group.objects.create(name="Redactie")
    permission = Permission.objects.order_by("pk")[0]

    reader.groups.add(group)
    group.user_set.remove(reader)
    reader.user_permissions.add(permission)
    reader.groups.set([group])
    reader.groups.clear()
    group.permissions.add(permission)
    reader.is_superuser = True
    reader.save()
    reader.is_active = False
    reader.set_password("anders")
    reader.save()
    reader.first_name = "Nieuw"
    reader.save()

    assert told == [
        {"event": "joined", "account": name, "what": "Redactie"},
        {"event": "left", "account": name, "what": "Redactie"},
        {"event": "joined", "account": name, "what": str(permission)},
        {"event": "left", "account": name, "what": "Employees"},
        {"event": "joined", "account": name, "what": "Redactie"},
        {"event": "left all of", "account": name, "what": "everything"},
        {"event": "group joined", "what": "Redactie: 1 permissions"},
        {"event": "account changed", "account": name, "what": "full powers"},
        {"event": "account changed", "account": name, "what": "closed or opened"},
        {"event": "account changed", "account": name, "what": "password"},
    ]


def test_new_accounts_and_tokens_and_their_end_are_told(reader: User, told: list[Event]) -> None:
    token = APIToken.objects.create(user=reader, name="proef")
    token.delete()
    name = reader.get_username()
    reader.delete()

    assert told == [
        {"event": "token made", "account": name},
        {"event": "token removed", "account": name},
        {"event": "account removed", "account": name},
    ]


def test_who_changed_it_is_told(reader: User, told: list[Event]) -> None:
    administrator = factories.administrator()

    with LogContext(user=administrator):  # as around every view of the newsroom
        reader.delete()

    assert {
        "event": "account removed",
        "account": reader.get_username(),
        "by": administrator.get_username(),
    } in told


def test_door_that_stays_shut_is_told(client: Client, told: list[Event]) -> None:
    ambassador = factories.ambassador()
    client.force_login(ambassador)
    told.clear()

    client.get("/newsroom/users/")

    assert told == [
        {
            "event": "refused",
            "account": ambassador.get_username(),
            "address": "127.0.0.1",
            "what": "wagtailusers_users:index",
        }
    ]
