"""Failure of content is loud: who hears what, once, and that it is over."""

import errno
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.users.models import UserProfile

from cms.alarms import board, watch
from cms.alarms.models import Alarm
from cms.alarms.problems import Kind
from cms.alarms.words import words_of
from cms.config.command import worker
from cms.config.home import Home
from cms.documents.models import PublicDocument
from cms.media.renditions import ensure_renditions, missing_renditions
from cms.media.tasks import make_renditions
from cms.publishing import actions as publishing
from cms.publishing.errors import TextGone
from cms.publishing.models import Publication
from tests import factories
from tests.factories import stages
from tests.integration.alarms.calling import calls, fall_silent, look, report, said
from tests.integration.alarms.conftest import Say
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db

MOST_QUERIES = 14
"""Of a look every five seconds in two processes, however much there is."""


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


@pytest.mark.django_db(transaction=True)
def test_a_picture_of_which_no_sizes_can_be_made_is_told_until_they_are(
    settings: Settings,
) -> None:
    manager = factories.community_manager()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    image = factories.image(title="Hal 2")
    whole = Path(image.file.path).read_bytes()
    Path(image.file.path).write_bytes(whole[:50])
    work_through_tasks()

    look()
    look(after=5)

    (told,) = calls(manager)
    assert "Het beeld ‘Hal 2’ kan niet klaargemaakt worden" in said(told)
    assert f"/images/{image.pk}/" in said(told)

    Path(image.file.path).write_bytes(whole)
    image.save()
    work_through_tasks()
    look(after=10)
    assert not Alarm.objects.open().filter(kind=Kind.SIZES).exists()


@pytest.mark.django_db(transaction=True)
def test_sizes_that_a_full_disk_refuses_are_made_once_there_is_room_and_nothing_else_is_left(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = factories.community_manager()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    image = factories.image(title="Hal 2")
    there = {*files_in(settings.MEDIA_ROOT)}
    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", room_for(3))
        work_through_tasks()

    look()
    assert calls(manager) == []
    assert {*files_in(settings.MEDIA_ROOT)} == there
    assert missing_renditions(image)

    DBTaskResult.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now())
    work_through_tasks()
    assert missing_renditions(image) == []


@pytest.mark.django_db(transaction=True)
def test_sizes_that_a_worker_was_killed_at_are_made_by_the_next_one(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    image = factories.image()
    kill_worker_at_it()
    kill_worker_at_it()

    work_through_tasks()

    assert missing_renditions(image) == []


@pytest.mark.django_db(transaction=True)
def test_sizes_that_end_every_worker_are_given_up_and_told(settings: Settings) -> None:
    manager = factories.community_manager()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    image = factories.image(title="Hal 2")
    for _ in range(worker.MOST_STARTS):
        kill_worker_at_it()

    work_through_tasks()
    look()

    assert missing_renditions(image)
    (told,) = calls(manager)
    assert "Het beeld ‘Hal 2’ kan niet klaargemaakt worden" in said(told)
    assert "The worker ended 3 times at this." in said(told)


def kill_worker_at_it() -> None:
    """Leave the task as a worker does that is killed in the midst of it; start the next one."""
    DBTaskResult.objects.get(task_path=make_renditions.module_path).claim("plein")
    worker.take_up_again()


def room_for(files: int) -> Callable[..., str]:
    """Return what keeps so many files, and half of the next one."""
    keep: Callable[..., str] = FileSystemStorage._save  # type: ignore[attr-defined]  # not in its types
    kept = 0

    def save(storage: FileSystemStorage, name: str, content: File[bytes]) -> str:
        nonlocal kept
        if kept < files:
            kept += 1
            return keep(storage, name, content)
        keep(storage, name, ContentFile(content.read()[:100]))
        raise OSError(errno.ENOSPC, "No space left on device")

    return save


def files_in(folder: str | Path) -> Iterator[Path]:
    return (each for each in Path(folder).rglob("*") if each.is_file())


def work_through_tasks() -> None:
    """Do what waits for the worker, as the worker does."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


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
        "deadline": timezone.now().isoformat(),
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
