import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cms.config import health
from cms.core import heartbeats
from cms.core.heartbeats import Pulse


@pytest.fixture
def all_alive(tmp_path: Path) -> Path:
    for part in heartbeats.SILENCE:
        heartbeats.write_heartbeat(tmp_path, part)
    return tmp_path


def test_nothing_is_wrong_when_all_live_and_a_release_is_out(all_alive: Path) -> None:
    assert health.what_is_wrong(all_alive, is_release_live=True) == []


def test_a_hub_without_release_says_so_first(all_alive: Path) -> None:
    assert health.what_is_wrong(all_alive, is_release_live=False) == [
        "No release of the hub is live yet."
    ]


def test_a_part_that_never_started_is_named(tmp_path: Path) -> None:
    wrong = health.silent_parts(tmp_path, now=time.time())

    assert "The clock has not started yet." in wrong


def test_a_part_that_fell_silent_is_named_with_how_long(all_alive: Path) -> None:
    wrong = health.silent_parts(all_alive, now=time.time() + 20)

    assert "The clock has been silent for 20 s." in wrong
    assert not any("worker" in sentence for sentence in wrong)


def test_a_part_that_lives_but_can_t_work_says_why_until_it_can(all_alive: Path) -> None:
    pulse = Pulse(all_alive, "clock")

    pulse.note("The database can't be reached.")
    pulse.beat()
    wrong = health.silent_parts(all_alive, now=time.time())
    assert wrong == ["The clock can't do its work. The database can't be reached."]

    pulse.note("")
    heartbeats.write_heartbeat(all_alive, "clock", trouble=pulse.trouble)
    assert health.silent_parts(all_alive, now=time.time()) == []


def fill_the_disk(*files: Path) -> None:
    """Let these files refuse every byte for want of room, as the kernel itself does it."""
    for file in files:
        file.unlink(missing_ok=True)
        file.symlink_to("/dev/full")


def test_a_part_goes_on_when_the_disk_is_full_and_says_why_it_can_t_work(all_alive: Path) -> None:
    draft = all_alive / f".clock.{os.getpid()}"
    now = time.time()
    fill_the_disk(draft)

    assert not Pulse(all_alive, "clock").is_set()

    assert health.silent_parts(all_alive, now=now) == [
        "The clock can't do its work. There is no room left on the disk."
    ]
    beat = heartbeats.read_heartbeat(all_alive, "clock")
    assert beat is not None
    assert beat.at >= now
    assert not draft.exists()
    heartbeats.write_heartbeat(all_alive, "clock")
    assert health.silent_parts(all_alive, now=now) == []


def test_a_part_that_can_show_no_life_for_want_of_room_goes_on_all_the_same(
    all_alive: Path,
) -> None:
    fill_the_disk(all_alive / f".clock.{os.getpid()}", all_alive / "clock.json")

    assert not Pulse(all_alive, "clock").is_set()


def test_what_else_is_wrong_with_the_home_ends_a_part(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Pulse(tmp_path / "gone", "clock").beat()


@pytest.mark.parametrize("held", ["", "{}", "[]", '{"pid": "x", "at": 1}'])
def test_a_heartbeat_that_makes_no_sense_is_none(tmp_path: Path, held: str) -> None:
    (tmp_path / "clock.json").write_text(held)

    assert heartbeats.read_heartbeat(tmp_path, "clock") is None


def test_heartbeats_of_an_earlier_run_are_forgotten(all_alive: Path) -> None:
    heartbeats.forget_heartbeats(all_alive)

    assert len(health.silent_parts(all_alive, now=time.time())) == 3


def test_asking_to_stop_is_a_sign_of_life(tmp_path: Path) -> None:
    pulse = Pulse(tmp_path, "clock")

    assert not pulse.is_set()

    beat = heartbeats.read_heartbeat(tmp_path, "clock")
    assert beat is not None
    assert time.time() - beat.at < 5


def test_a_pulse_beats_at_most_once_a_second(tmp_path: Path) -> None:
    pulse = Pulse(tmp_path, "clock")
    pulse.wait(0)
    (tmp_path / "clock.json").unlink()

    pulse.wait(0)

    assert heartbeats.read_heartbeat(tmp_path, "clock") is None


def test_nobody_at_the_door_is_said_plainly() -> None:
    assert health.ask("127.0.0.1", 1) == ["The web server does not answer yet."]


def test_a_process_that_ended_is_missed_before_its_limit(all_alive: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    beat = {"pid": ended.pid, "at": time.time(), "host": socket.gethostname()}
    (all_alive / "worker.json").write_text(json.dumps(beat))

    assert heartbeats.silences(all_alive, now=time.time()) == []
    (silence,) = heartbeats.silences(all_alive, now=time.time() + 12)
    assert silence.part == "worker"


def test_a_process_of_another_container_is_not_taken_for_dead(all_alive: Path) -> None:
    beat = {"pid": 4_194_303, "at": time.time(), "host": "elsewhere"}
    (all_alive / "worker.json").write_text(json.dumps(beat))

    assert heartbeats.silences(all_alive, now=time.time() + 12) == []
