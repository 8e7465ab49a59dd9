"""Failure of machines is loud: parts, press, disk, mail, and even the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone
from mailer.models import Message
from pytest_django import Settings

from cms.alarms import watch
from cms.config.home import Home
from cms.core import heartbeats
from tests import factories
from tests.factories import stages
from tests.integration.alarms.calling import calls, fall_silent, look, said, show_life
from tests.integration.alarms.conftest import Say

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "words"),
    [("clock", "De klok staat stil"), ("press", "De drukpers"), ("worker", "De werker")],
)
def test_a_part_that_stands_still_is_told_to_administrators(
    home: Home, part: str, words: str
) -> None:
    administrator, manager = factories.administrator(), factories.community_manager()
    fall_silent(home, part)

    look()
    look(after=10)
    assert calls(administrator) == []
    look(after=16)
    look(after=21)

    (letter,) = calls(administrator)
    assert words in letter.subject
    assert "Plein start het vanzelf opnieuw" in said(letter)
    assert calls(manager) == []


def test_a_part_that_lives_and_can_t_work_is_told_with_its_reason(home: Home) -> None:
    administrator = factories.administrator()
    heartbeats.write_heartbeat(home.heartbeats, "clock", trouble="There is no room left.")

    look()
    look(after=16)

    (letter,) = calls(administrator)
    assert "De klok staat stil" in letter.subject
    assert "There is no room left." in said(letter)


def test_what_comes_back_by_itself_within_seconds_is_no_news(home: Home) -> None:
    administrator = factories.administrator()
    fall_silent(home, "press")
    look()
    show_life(home, "press")
    look(after=5)
    fall_silent(home, "press")
    look(after=10)
    look(after=20)

    assert calls(administrator) == []


def test_what_flickers_is_one_problem_and_over_only_when_it_stays_away(home: Home) -> None:
    administrator = factories.administrator()
    fall_silent(home, "worker")
    look()
    look(after=20)
    for after in (25, 45):
        show_life(home, "worker")
        look(after=after)
        fall_silent(home, "worker")
        look(after=after + 10)
    show_life(home, "worker")
    look(after=60)
    assert calls(administrator, "Voorbij") == []

    look(after=95)

    assert len(calls(administrator)) == 1
    assert len(calls(administrator, "Voorbij")) == 1


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("feed", "kan niet bij de redactie"),
        ("build", "kan de hub niet drukken"),
        ("search", "Zoeken op de hub loopt achter"),
    ],
)
def test_what_the_press_can_not_do_is_told_with_its_reason(
    press_says: Say, step: str, words: str
) -> None:
    administrator = factories.administrator()
    press_says(problems={step: "No space left on device."})
    look()
    look(after=16)

    (letter,) = calls(administrator)
    assert words in letter.subject
    assert "No space left on device." in said(letter)


def test_a_hand_kept_page_with_a_fault_is_named(press_says: Say) -> None:
    administrator = factories.administrator()
    press_says(faulty_pages=["fout.md: 'language' should be nl or en."])

    look()

    assert "fout.md" in calls(administrator)[0].subject


@pytest.mark.parametrize(("free", "told"), [(299, 300), (300, 350), (16, 50), (0, 50)])
def test_a_disk_that_is_nearly_full_is_told(
    monkeypatch: pytest.MonkeyPatch, free: int, told: int
) -> None:
    administrator = factories.administrator()
    usage = type("Usage", (), {"total": 100 * 2**30, "used": 0, "free": free * 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage)

    look()

    assert f"minder dan {told} MB" in calls(administrator)[0].subject


def test_mail_that_fails_more_than_once_is_told() -> None:
    administrator = factories.administrator()
    stages.submitted()
    Message.objects.update(retry_count=1, when_added=timezone.now() - timedelta(minutes=1))
    look()
    assert calls(administrator) == []

    Message.objects.update(retry_count=2)
    look()

    assert "mail kon niet verstuurd worden" in calls(administrator)[0].subject


def test_without_administrators_a_machine_s_problem_still_reaches_somebody(
    press_says: Say,
) -> None:
    manager = factories.community_manager()
    press_says(faulty_pages=["a.md: no title"])

    look()

    assert len(calls(manager)) == 1


def test_while_the_clock_is_silent_the_watch_sends_the_mail_itself(
    home: Home, settings: Settings
) -> None:
    settings.MAILER_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    administrator = factories.administrator()
    fall_silent(home, "clock")
    now = timezone.now()
    watchman = watch.Watch(stands_in=True)
    watchman.go_round(now=now)
    watchman.go_round(now=now + timedelta(seconds=16))

    (sent,) = mail.outbox
    assert sent.to == [administrator.email]
    assert not Message.objects.exists()


def test_when_nothing_can_be_written_administrators_hear_it_past_the_database(
    settings: Settings, press_says: Say, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAILER_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    administrator = factories.administrator()
    watchman, now = watch.Watch(), timezone.now()
    watchman.go_round(now=now)
    press_says(faulty_pages=["a.md: no title"])

    with connection.execute_wrapper(_refusing_writes):
        for seconds in (5, 10, 22, 27):
            watchman.go_round(now=now + timedelta(seconds=seconds))
    assert [letter.to for letter in mail.outbox] == [[administrator.email]]
    assert "Plein kan niets bewaren" in mail.outbox[0].subject
    assert "the disk is full" in mail.outbox[0].body
    assert [line.message for line in caplog.records if line.levelname == "ERROR"] == [
        "The watch could not see or write what is wrong"
    ]
    watchman.go_round(now=now + timedelta(seconds=32))

    assert len(mail.outbox) == 2
    assert mail.outbox[1].subject.startswith("Voorbij")
    assert len(calls(administrator)) == 1


@pytest.mark.parametrize(("is_alive", "called"), [(True, 0), (False, 1)])
def test_the_worker_calls_past_the_database_only_where_the_clock_can_not(
    home: Home, settings: Settings, press_says: Say, *, is_alive: bool, called: int
) -> None:
    settings.MAILER_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    factories.administrator()
    watchman, now = watch.Watch(stands_in=True), timezone.now()
    watchman.go_round(now=now)
    press_says(faulty_pages=["a.md: no title"])
    if is_alive:
        heartbeats.write_heartbeat(home.heartbeats, "clock", trouble="The disk is full.")
    else:
        fall_silent(home, "clock")

    with connection.execute_wrapper(_refusing_writes):
        for seconds in (5, 22):
            watchman.go_round(now=now + timedelta(seconds=seconds))

    assert len(mail.outbox) == called


def _refusing_writes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if not sql.startswith(("SELECT", "SAVEPOINT", "ROLLBACK", "RELEASE")):
        raise OperationalError("the disk is full")
    return execute(sql, *rest)
