"""One command runs everything, and keeps it running."""

import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.end_to_end.conftest import (
    FirstStart,
    OpenPage,
    RunningPlein,
    ask_health,
    free_port,
    start_plein,
)

PARTS = ("press", "clock", "worker")


def wait_for(claim: Callable[[], object], *, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.1)


def refused(home: Path, port: int, log: Path, *words: str) -> tuple[int, str]:
    """Return the exit code and the words of a command that is refused."""
    code = start_plein(home, port, log, *words).wait(60)
    return code, log.read_text()


def pid_of(plein: RunningPlein, part: str) -> int:
    held = json.loads((plein.home / "run" / f"{part}.json").read_text())
    return int(held["pid"])


def test_a_first_start_says_how_far_it_is(first_start: FirstStart) -> None:
    said = first_start.log.read_text()

    assert said.startswith("Preparing this home; the first time takes about a minute.\n")
    assert "items and 6 requests are in, each in its own state." in said
    assert said.endswith("Plein has stopped.\n")


def test_it_says_where_everything_is_and_how_to_get_in(running_plein: RunningPlein) -> None:
    # It looks by itself whether it is open, a little later than we did.
    wait_for(
        lambda: f"{running_plein.address}/graphql/" in running_plein.log.read_text(), seconds=10
    )
    said = running_plein.log.read_text()

    assert f"hub        {running_plein.address}/" in said
    assert f"newsroom   {running_plein.address}/newsroom/" in said
    for account in ("ambassador", "ambassador2", "manager", "deputy", "or", "employee", "admin"):
        assert f"    {account} " in said


def test_it_says_nothing_that_looks_like_trouble(running_plein: RunningPlein) -> None:
    said = running_plein.log.read_text()

    assert "Traceback" not in said
    assert "Warning" not in said


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_killed_comes_back(running_plein: RunningPlein, part: str) -> None:
    first = pid_of(running_plein, part)

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: pid_of(running_plein, part) != first, seconds=60)
    wait_for(lambda: running_plein.health() == (200, []), seconds=30)


def test_a_second_start_on_the_same_home_is_refused(
    running_plein: RunningPlein, tmp_path: Path
) -> None:
    code, said = refused(running_plein.home, free_port(), tmp_path / "log")

    assert code == 4
    assert said.startswith("plein: Plein already runs on")
    assert said.count("\n") == 1


def test_a_taken_port_is_refused_before_anything_is_made(
    running_plein: RunningPlein, tmp_path: Path
) -> None:
    code, said = refused(tmp_path / "home", running_plein.port, tmp_path / "log")

    assert code == 5
    assert f"Port {running_plein.port} is taken" in said
    assert not (tmp_path / "home" / "db.sqlite3").exists()


def test_a_home_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")

    code, said = refused(tmp_path / "home", free_port(), tmp_path / "log")

    assert code == 3
    assert "can't write" in said


def test_a_demo_is_never_set_up_as_a_real_hub(running_plein: RunningPlein, tmp_path: Path) -> None:
    code, said = refused(running_plein.home, free_port(), tmp_path / "log", "init")

    assert code == 2
    assert "already holds the demo" in said


def test_a_stranger_gets_the_door_for_every_page(running_plein: RunningPlein, page: Page) -> None:
    for path in ("/", "/mededelingen/", "/no-such-page/", "/assets/hub.css"):
        response = page.request.get(path, max_redirects=0)

        assert response.status == 302
        assert response.headers["location"].startswith("/login/?next=")
    assert ask_health(running_plein.port) == (200, [])


def test_an_employee_reads_the_hub_and_asks_nobody_else_for_anything(open_page: OpenPage) -> None:
    window = open_page("employee", "/login/")
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    answers: list[Response] = []
    window.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks it

    window.goto("/", wait_until="networkidle")

    assert window.locator("h1").count() == 1
    assert not wrong
    assert not [answer.url for answer in answers if answer.status >= 400]
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in asked)


def test_the_newsroom_sends_an_employee_to_the_hub(open_page: OpenPage) -> None:
    window = open_page("employee", "/newsroom/")

    assert window.url.endswith("/")
    assert "/newsroom/" not in window.url


def test_a_backup_of_a_running_hub_is_a_hub_again_in_another_home(
    running_plein: RunningPlein, tmp_path: Path
) -> None:
    backups, home = tmp_path / "backups", tmp_path / "home"
    copied = start_plein(running_plein.home, free_port(), tmp_path / "log", "backup", str(backups))
    assert copied.wait(60) == 0
    (backup,) = backups.iterdir()

    restored = start_plein(home, free_port(), tmp_path / "log", "restore", str(backup))
    assert restored.wait(240) == 0, (tmp_path / "log").read_text()
    again, said = refused(home, free_port(), tmp_path / "again", "restore", str(backup))

    held = "SELECT title FROM wagtailcore_page WHERE live ORDER BY path"
    epoch = "SELECT epoch FROM documents_feedhead"
    assert asked(home, held) == asked(running_plein.home, held) != []
    assert asked(home, epoch) != asked(running_plein.home, epoch)
    assert asked(home, "SELECT 1 FROM django_session") == []
    uploads = {path.name for path in (running_plein.home / "media").rglob("*.*")}
    assert {path.name for path in (home / "media").rglob("*.*")} == uploads
    assert (again, said.count("\n")) == (2, 1)
    assert "--replace" in said
    assert not (home / "restoring").exists()


def test_a_home_in_which_a_backup_was_half_put_back_is_not_opened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "restoring").touch()

    code, said = refused(home, free_port(), tmp_path / "log")

    assert code == 1
    assert "plein restore --replace" in said
    assert {path.name for path in home.iterdir()} == {"restoring", "run", "run.lock"}


def asked(home: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "db.sqlite3")) as database:
        return database.execute(question).fetchall()
