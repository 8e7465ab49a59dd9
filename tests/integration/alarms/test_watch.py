"""Failure is loud: who hears what, once, and that it is over."""

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from mailer.models import Message
from pytest_django import Settings
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.alarms import board, watch
from cms.alarms.models import Alarm
from cms.alarms.problems import Kind
from cms.alarms.words import words_of
from cms.config.home import Home
from cms.documents.models import FeedHead, PublicDocument
from cms.media.renditions import ensure_renditions
from cms.publishing import actions as publishing
from cms.publishing.errors import TextGone
from cms.publishing.models import Publication
from cms.publishing.receipts import record_release
from tests import factories
from tests.factories import stages
from tests.integration.alarms.conftest import Say
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db

MOST_QUERIES = 14
"""Of a look every five seconds in two processes, however much there is."""


def look(*, after: float = 0) -> None:
    """Let the watch go round, that many seconds from now."""
    watch.look(now=timezone.now() + timedelta(seconds=after))


def calls(user: User, word: str = "Los op") -> list[EmailMultiAlternatives]:
    return [letter for letter in mails_to(user) if letter.subject.startswith(word)]


def said(letter: EmailMultiAlternatives) -> str:
    return str(letter.body)


def fall_silent(home: Home, part: str) -> None:
    held = {"pid": 1, "at": time.time() - 600, "host": "elsewhere"}
    (home.heartbeats / f"{part}.json").write_text(json.dumps(held))


def report(number: int = 1, *, cursor: int | None = None, **more: object) -> None:
    head = FeedHead.objects.get()
    seq = head.seq if cursor is None else cursor
    now = timezone.now()
    told = {"pages": 9, "changed": 1, "started_at": now, "activated_at": now, **more}
    record_release(
        number=number,
        epoch=str(head.epoch),
        cursor=f"{head.epoch}.{seq}",
        **told,  # type: ignore[arg-type]
    )


def test_when_all_is_well_nobody_hears_anything() -> None:
    manager, administrator = factories.community_manager(), factories.administrator()
    stages.live(manager=manager)
    report()

    look(after=90)

    assert calls(manager) == calls(administrator) == []
    assert not Alarm.objects.exists()


def test_what_is_given_up_is_told_once_to_managers_and_over_when_it_is_placed_again() -> None:
    manager, bystander = factories.community_manager(), factories.ambassador()
    publication = stages.due(stages.scheduled(manager=manager))
    publishing.record_failure(publication, TextGone(), now=timezone.now())

    for after in (0, 5, 600):
        look(after=after)

    (letter,) = calls(manager)
    assert "ging niet live" in letter.subject
    assert "keur het opnieuw goed" in said(letter)
    assert calls(bystander) == []

    Publication.objects.update(state=Publication.State.CANCELLED)
    look(after=610)

    assert len(calls(manager, "Voorbij")) == 1
    assert not Alarm.objects.open().exists()


def test_approvers_of_a_rubric_hear_of_their_own() -> None:
    council, manager = factories.approver(), factories.community_manager()
    rubric = factories.rubric(approvers=council.groups.get())
    story = stages.ready_story(parent=rubric)
    publication = Publication.objects.create(
        page=story,
        revision=story.latest_revision,
        digest="x",
        due_at=timezone.now(),
        state=Publication.State.FAILED,
        failure="Weg.",
    )

    look()

    assert publication.page_id == story.pk
    assert len(calls(council)) == len(calls(manager)) == 1


def test_a_first_failure_of_a_moment_is_no_news_a_second_is_and_giving_up_is_again() -> None:
    manager = factories.community_manager()
    publication = stages.due(stages.scheduled(manager=manager))
    told: list[int] = []
    for error in (OSError("busy"), OSError("busy"), OSError("busy"), TextGone()):
        publication.refresh_from_db()
        publishing.record_failure(publication, error, now=timezone.now())
        look()
        told.append(len(calls(manager)))

    assert told == [0, 1, 1, 2]
    assert calls(manager, "Voorbij") == []


def test_what_is_late_without_a_reason_is_told() -> None:
    manager = factories.community_manager()
    stages.due(stages.scheduled(manager=manager), ago=timedelta(seconds=10))

    look()
    assert calls(manager) == []
    look(after=25)

    assert "is te laat" in calls(manager)[0].subject


def test_what_is_approved_and_not_on_the_hub_is_told_within_the_minute_and_over_when_printed() -> (
    None
):
    manager = factories.community_manager()
    stages.live(manager=manager)
    report(1, cursor=0)

    look(after=25)
    look(after=35)
    assert calls(manager) == []
    look(after=51)
    assert "1 goedgekeurd bericht staat nog niet op de hub" in calls(manager)[0].subject

    report(2)
    look(after=55)

    assert len(calls(manager, "Voorbij")) == 1


def test_what_was_taken_offline_and_is_still_readable_is_told() -> None:
    manager = factories.community_manager()
    story = stages.live(manager=manager)
    report()
    publishing.withdraw(story, by=manager)

    look(after=35)
    look(after=51)

    assert "offline is gehaald" in said(calls(manager)[0])


def test_what_the_press_left_out_is_named_once_and_again_only_when_it_returns() -> None:
    manager = factories.community_manager()
    story = stages.live(title="De brug over de IJssel")
    aside = [{"public_id": str(story.public_id), "reason": "onbekend blok"}]

    for number, left_out in enumerate((aside, aside, [], aside), 1):
        report(number, set_aside=left_out)
        look()

    told = calls(manager)
    assert len(told) == 2
    assert "De brug over de IJssel" in said(told[0])
    assert "onbekend blok" in said(told[0])
    assert f"/pages/{story.pk}/edit/" in said(told[0])


def test_a_missing_picture_is_told_by_name(press_says: Say) -> None:
    manager = factories.community_manager()
    image = factories.image(title="Hal 2")
    ensure_renditions(image)
    stages.live(lead_image=image)
    assert PublicDocument.objects.get(kind="image").public_id == image.public_id
    report()
    press_says(release=1, set_aside=[{"public_id": str(image.public_id), "reason": "weg"}])

    look()
    assert calls(manager) == []
    look(after=16)

    assert "Het beeld ‘Hal 2’ ontbreekt" in calls(manager)[0].subject


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


def test_what_comes_back_by_itself_within_seconds_is_no_news(home: Home) -> None:
    administrator = factories.administrator()
    fall_silent(home, "press")
    look()
    heartbeats_again(home, "press")
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
        heartbeats_again(home, "worker")
        look(after=after)
        fall_silent(home, "worker")
        look(after=after + 10)
    heartbeats_again(home, "worker")
    look(after=60)
    assert calls(administrator, "Voorbij") == []

    look(after=95)

    assert len(calls(administrator)) == 1
    assert len(calls(administrator, "Voorbij")) == 1


def heartbeats_again(home: Home, part: str) -> None:
    held = {"pid": 1, "at": time.time() + 600, "host": "elsewhere"}
    (home.heartbeats / f"{part}.json").write_text(json.dumps(held))


@pytest.mark.parametrize(
    ("step", "words"),
    [("feed", "kan niet bij de redactie"), ("build", "kan de hub niet drukken")],
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


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    administrator = factories.administrator()
    usage = type("Usage", (), {"total": 100 * 2**30, "used": 0, "free": 300 * 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage)

    look()

    assert "minder dan 300 MB" in calls(administrator)[0].subject


def test_mail_that_fails_more_than_once_is_told() -> None:
    administrator = factories.administrator()
    stages.submitted()
    Message.objects.update(retry_count=1, when_added=timezone.now() - timedelta(minutes=1))
    look()
    assert calls(administrator) == []

    Message.objects.update(retry_count=2)
    look()

    assert "mail kon niet verstuurd worden" in calls(administrator)[0].subject


def test_several_things_at_once_are_one_mail_in_the_language_of_who_gets_it(
    press_says: Say,
) -> None:
    administrator = factories.administrator(first_name="Alex")
    profile = UserProfile.get_for_user(administrator)
    profile.preferred_language = "en"
    profile.save()
    press_says(faulty_pages=["a.md: no title", "b.md: no title"])

    look()

    (letter,) = mails_to(administrator)
    assert letter.subject == "Solve this: 2 things are wrong"
    assert "a.md" in said(letter)
    assert "b.md" in said(letter)
    assert "/newsroom/status/" in said(letter)


def test_without_administrators_a_machine_s_problem_still_reaches_somebody(
    press_says: Say,
) -> None:
    manager = factories.community_manager()
    press_says(faulty_pages=["a.md: no title"])

    look()

    assert len(calls(manager)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_watches_at_once_call_once(press_says: Say) -> None:
    administrator = factories.administrator()
    press_says(faulty_pages=["a.md: no title"])
    start = threading.Barrier(3)

    def go_round() -> None:
        start.wait(10)
        watch.Watch().go_round(now=timezone.now())
        connections.close_all()

    threads = [threading.Thread(target=go_round) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(calls(administrator)) == 1


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
    settings: Settings, press_says: Say
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
    watchman.go_round(now=now + timedelta(seconds=32))

    assert len(mail.outbox) == 2
    assert mail.outbox[1].subject.startswith("Voorbij")
    assert len(calls(administrator)) == 1


def _refusing_writes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if not sql.startswith(("SELECT", "SAVEPOINT", "ROLLBACK", "RELEASE")):
        raise OperationalError("the disk is full")
    return execute(sql, *rest)


def test_a_look_that_finds_nothing_new_writes_nothing_and_asks_little(press_says: Say) -> None:
    factories.administrator()
    for _ in range(3):
        stages.live()
    press_says(faulty_pages=["a.md: no title"])
    look()

    with CaptureQueriesContext(connection) as asked:
        look(after=5)

    assert len(asked) <= MOST_QUERIES
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_when_nobody_watches_the_status_page_still_says_so(home: Home) -> None:
    for part in ("clock", "worker"):
        fall_silent(home, part)

    shown = [notice.words.said for notice in board.notices(now=datetime.now(UTC))]

    assert len(shown) == 2
    assert not Alarm.objects.exists()


def test_every_kind_is_in_words_with_what_to_do() -> None:
    facts = {
        "title": "X",
        "due_at": timezone.now().isoformat(),
        "number": 2,
        "withdrawn": 1,
        "free_mb": 100,
        "reason": "weg",
    }
    for kind in Kind:
        alarm = Alarm(kind=kind, about="clock", facts=facts)
        words = words_of(alarm.problem)
        assert words.said
        assert words.remedy
