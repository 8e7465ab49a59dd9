"""Incremental equals full in bytes, also after a kill at any step."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from types import CodeType

import pytest

from hub_site.build import Build, Builder
from hub_site.client import Newsroom
from hub_site.releases import Releases
from hub_site.settings import PressSettings
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.plain import plain_build
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import NOW, Json

WATCHED = (
    "site/build.py",
    "edition.py",
    "printer.py",
    "ledger.py",
    "stage.py",
    "releases/archive.py",
)
KILLS = 12


class KilledError(BaseException):
    """As good as a kill: nothing of ours may catch it."""


def quiet(_sentence: str) -> None:
    pass


def print_changes(press: PressSettings, *, as_of: datetime = NOW) -> Build:
    """What a press does that starts on this home."""
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        builder.documents.apply(client.feed(builder.documents.position()))
        return builder.build(as_of=as_of)


def release_of(press: PressSettings) -> dict[str, bytes]:
    releases = Releases(press.releases_dir, keep=3)
    return {path: releases.blobs.read(blob) for path, blob in releases.live_files().items()}


def staged_of(press: PressSettings) -> dict[str, bytes]:
    docs = press.staged_dir / "docs"
    return {
        file.relative_to(docs).as_posix(): file.read_bytes()
        for file in docs.rglob("*")
        if file.is_file()
    }


def follow(press: PressSettings) -> None:
    """Bring search up to date, as a press does after each build."""
    with Newsroom(press) as client:
        Builder(press, client, report=quiet).search.follow()


def assert_as_from_nothing(press: PressSettings, *, as_of: datetime = NOW) -> None:
    fresh = replace(press, home=press.home.parent / "fresh")
    shutil.rmtree(fresh.home, ignore_errors=True)
    print_changes(fresh, as_of=as_of)
    follow(press)
    follow(fresh)
    assert release_of(press) == release_of(fresh)
    assert staged_of(press) == staged_of(fresh)


def some_changes() -> list[list[Json] | str]:
    """One step after the other through a hub's life; a text is the id of what goes."""
    story = samples.full_story()
    magda = next(each for each in samples.sample_hub(0) if each["title"] == "Magda Kowalczyk")
    rubric = samples.rubrics()[2]
    old_address = samples.document("redirect", "r", path=str(story["path"]), target=story["id"])
    return [
        [story | {"title": "Andere kop"}],
        [samples.item("story", "Straks", path="dagje-mee/straks/", days=-0.5)],
        [story | {"path": "goed-geregeld/verhuisd/"}, old_address],
        [story | {"tags": [], "lead_image": None, "path": "goed-geregeld/verhuisd/"}],
        [magda | {"title": "Magda de Vries", "portrait": None}],
        [rubric | {"colour": "violet"}],
        [samples.document("riddle", "raadsel")],
        str(samples.full_interview()["id"]),
        str(rubric["id"]),
    ]


def make_change(newsroom: FakeNewsroom, change: list[Json] | str) -> None:
    newsroom.remove(change) if isinstance(change, str) else newsroom.publish(*change)


def test_after_each_change_the_hub_is_as_one_from_nothing(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    print_changes(press)

    for number, change in enumerate(some_changes()):
        make_change(newsroom, change)
        print_changes(press)
        if number % 2:  # what went wrong in one change is still wrong after the next
            assert_as_from_nothing(press)
    later = NOW + timedelta(days=1)
    print_changes(press, as_of=later)
    assert_as_from_nothing(press, as_of=later)


def test_the_staged_tree_prints_the_same_with_plain_mkdocs_after_changes(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    print_changes(press)
    for change in some_changes():
        make_change(newsroom, change)
        print_changes(press)

    assert release_of(press) == plain_build(press.staged_dir, theme=press.theme_dir)


def test_a_publication_prints_few_pages_and_hands_over_no_others(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    newsroom.publish(*samples.sample_hub(stories=80))
    first = print_changes(press)
    newsroom.publish(
        samples.item(
            "story",
            "Nieuw",
            path="dagje-mee/nieuw/",
            days=0,
            rubric=samples.identity("rubric Dagje mee"),
        )
    )

    second = print_changes(press)

    assert first.release.pages > 150
    assert second.release.pages == first.release.pages + 1
    # Itself, the front page, its rubric with this month and this year, the list of rubrics, the two
    # feeds of the hub and of its rubric, and at most four older ones that have it beside them.
    assert 10 <= second.release.changed <= 14


def test_what_no_page_shows_makes_no_release(press: PressSettings, newsroom: FakeNewsroom) -> None:
    before = print_changes(press)
    newsroom.publish(samples.document("department", "Nergens genoemd", order=9))

    after = print_changes(press)

    assert not after.is_new
    assert after.release.number == before.release.number


def test_another_theme_prints_every_page_again(press: PressSettings) -> None:
    print_changes(press)
    story = press.theme_dir / "story.html"
    story.write_text(story.read_text().replace("<h1>", "<h1 class='new'>"))
    (press.theme_dir / "assets" / "more.css").write_text("p {}")

    build = print_changes(press)

    assert build.is_new
    assert "assets/more.css" in release_of(press)
    assert_as_from_nothing(press)


def test_what_an_earlier_press_wrote_is_read_anew(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    """It kept the slips of documents in another form, and ended before it printed a change."""
    print_changes(press)
    make_change(newsroom, some_changes()[0])
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        assert builder.documents.apply(client.feed(builder.documents.position()))
    with closing(sqlite3.connect(press.documents_file)) as database, database:
        slip = '{"of": "another form"}'
        for table in ("slip", "changed"):
            statement = f"UPDATE {table} SET slip = ? WHERE slip IS NOT NULL"  # noqa: S608
            assert database.execute(statement, (slip,)).rowcount
        database.execute("UPDATE mark SET value = 'an earlier one' WHERE name = 'code'")

    assert print_changes(press).is_new

    assert_as_from_nothing(press)


def test_a_page_that_failed_is_tried_again_with_the_next_build(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    interview = press.theme_dir / "interview.html"
    good = interview.read_text()
    interview.write_text("{{ page.meta.view.nothing.at.all }}")
    assert len(print_changes(press).set_aside) == 1

    interview.write_text(good)
    build = print_changes(press)

    assert build.set_aside == ()
    assert_as_from_nothing(press)


def test_a_clock_that_goes_back_takes_the_hub_with_it(press: PressSettings) -> None:
    print_changes(press, as_of=NOW + timedelta(days=40))

    print_changes(press)

    assert_as_from_nothing(press)


@contextmanager
def killed_at(call: int) -> Iterator[list[int]]:
    """Break off at the n-th call of a function of ours, wherever that is; give the calls made."""
    calls, watching = [0], sys.monitoring
    tool, starts = watching.DEBUGGER_ID, watching.events.PY_START

    def watch(code: CodeType, _offset: int) -> object:
        if not code.co_filename.endswith(WATCHED):
            return watching.DISABLE
        calls[0] += 1
        if calls[0] == call:
            raise KilledError
        return None

    watching.use_tool_id(tool, "kill")
    watching.register_callback(tool, starts, watch)
    watching.restart_events()
    watching.set_events(tool, starts)
    try:
        yield calls
    finally:
        watching.set_events(tool, watching.events.NO_EVENTS)
        watching.free_tool_id(tool)


@pytest.fixture
def changed_home(press: PressSettings, newsroom: FakeNewsroom) -> PressSettings:
    """A home with a release, and a newsroom in which much has changed since."""
    print_changes(press)
    for change in some_changes():
        make_change(newsroom, change)
    return press


def copy_of(press: PressSettings, name: str) -> PressSettings:
    home = press.home.parent / name
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(press.home, home)
    return replace(press, home=home)


def test_a_press_killed_at_any_step_loses_and_doubles_nothing(changed_home: PressSettings) -> None:
    whole = copy_of(changed_home, "whole")
    before = release_of(changed_home)
    with killed_at(0) as calls:
        print_changes(whole)
    wanted, staged = release_of(whole), staged_of(whole)

    for kill in range(KILLS):
        press = copy_of(changed_home, "killed")
        with pytest.raises(KilledError), killed_at(1 + calls[0] * kill // KILLS):
            print_changes(press)
        assert release_of(press) in (before, wanted)

        build = print_changes(press)

        assert build.release.number == 2
        assert release_of(press) == wanted
        assert staged_of(press) == staged
