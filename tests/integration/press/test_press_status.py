"""What a running press says of itself, in the file that the newsroom's status page reads."""

import json
import time

import pytest

from hub_site.build import Builder
from hub_site.client import Newsroom
from hub_site.press import Press, build_once, list_releases
from hub_site.settings import PressSettings
from hub_site.status import StatusFile
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.test_press import (
    CANARY,
    eventually,
    everything_readable,
    quiet,
    read_status,
    running,
)
from tests.unit.hub_site import samples


def test_press_that_is_up_before_the_newsroom_says_only_that(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    newsroom.is_down = True
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        started = Press(client, builder, StatusFile(press.status_file), quiet)
        started.turn()
        before = read_status(press.status_file)
        newsroom.is_down = False
        started.turn()

    assert before is not None
    assert list(before["problems"]) == ["feed"]  # type: ignore[call-overload]
    after = read_status(press.status_file)
    assert after is not None
    assert (after["problems"], after["release"]) == ({}, 1)


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_newsroom_that_starts_beside_the_press_is_not_missed_during_a_long_build(
    press: PressSettings, newsroom: FakeNewsroom, *, comes_back: bool
) -> None:
    build_once(press, report=quiet)
    said: list[object] = []

    def told(_sentence: str) -> None:
        newsroom.is_down = not comes_back
        status = read_status(press.status_file)
        said.append(status and (status["state"], status["problems"]))

    newsroom.is_down = True
    with Newsroom(press) as client:
        builder = Builder(press, client, report=told)
        started = Press(client, builder, StatusFile(press.status_file), told)
        started.turn()
        during = [each for each in said if each is not None]
        started.turn()
        after = read_status(press.status_file)

    assert during
    assert all(each == ("building", {}) for each in during)
    assert after is not None
    assert list(after["problems"]) == ([] if comes_back else ["feed"])  # type: ignore[call-overload]


def test_failed_build_leaves_the_last_good_release_and_says_why(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    def has_problem() -> bool:
        status = read_status(press.status_file)
        return bool(status and status["problem"])

    with running(press):
        eventually(lambda: newsroom.releases)
        newsroom.remove(samples.sample_hub(0)[0]["id"])
        eventually(has_problem)
        status = read_status(press.status_file)

    assert [release.number for release in list_releases(press)] == [2, 1]
    assert status is not None
    assert "has not sent the hub" in str(status["problem"])
    assert status["state"] == "failed"


def test_press_prints_what_is_due_while_the_newsroom_is_down(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    soon = time.time() + 4 - samples.NOW.timestamp()
    newsroom.publish(
        samples.item(
            "story",
            CANARY,
            path="dagje-mee/even/",
            days=300,
            expires_at=samples.moment(hours=soon / 3600),
        )
    )
    with running(press):
        eventually(lambda: newsroom.releases)
        assert CANARY.encode() in everything_readable(press)
        newsroom.is_down = True
        eventually(lambda: CANARY.encode() not in everything_readable(press))
        status = read_status(press.status_file)

    assert status is not None


def test_status_is_json_with_moments(press: PressSettings, newsroom: FakeNewsroom) -> None:
    with running(press):
        eventually(lambda: newsroom.releases)

    status = json.loads(press.status_file.read_text())
    assert status["state"] == "stopped"
    assert status["changes_at"]
