"""A real press, killed at any moment and refused any write; prints the ledger.

How long: `PLEIN_KILLS` (1000), `PLEIN_REFUSALS` (150), `PLEIN_STEPS` (10000); `PLEIN_SEED` (1).
"""

import asyncio
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from signal import SIGKILL
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from hub_site.build import open_releases
from hub_site.press import build_once
from hub_site.settings import PressSettings
from hub_site.shown import LiveRelease
from tests.integration.press.conftest import bare_press, newsroom, press
from tests.integration.press.newsroom import FakeNewsroom
from tests.torture.pressing import TOLD, quiet, to_text
from tests.unit.hub_site import samples
from tests.unit.hub_site.test_law import Law

__all__ = ["bare_press", "newsroom", "press"]

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = [sys.executable, "-m", "tests.torture.pressing"]
READERS = 8
CALLS = (
    "fsync",
    "fdatasync",
    "write",
    "pwrite64",
    "rename",
    "ftruncate",
    "unlink",
    "mkdir",
    "link",
)
OUTCOMES = {0: "went on", TOLD: "told"}
LONGEST_LIFE = 2.5
RECOVERED_WITHIN = 60.0


def asked(name: str, otherwise: int) -> int:
    return int(os.environ.get(name, otherwise))


@dataclass
class Reading:
    """What the readers saw, all together."""

    pages: int = 0
    torn: list[str] = field(default_factory=list)
    releases: set[int] = field(default_factory=set)


async def read_along(folder: Path, reading: Reading, stop: Event) -> None:
    """Fetch every page of whatever is live and hash it against the manifest, again and again."""
    live = LiveRelease(folder)
    while not stop.is_set():
        shown = await live.shown(is_fresh=True)
        for path, digest in shown.files.items() if shown else ():
            try:
                body = await live.body(digest, is_gzipped=False)
            except FileNotFoundError:
                now = await live.shown(is_fresh=True)
                if now is not None and now.files.get(path) == digest:
                    reading.torn.append(f"{path} has no bytes")
                break
            reading.pages += 1
            if hashlib.sha256(body).hexdigest() != digest:
                reading.torn.append(f"{path} is not what its hash says")
        if shown is not None:
            reading.releases.add(shown.view.number)
        await asyncio.sleep(0.05)


@contextmanager
def readers(folder: Path) -> Iterator[Reading]:
    reading, stop = Reading(), Event()

    async def read_together() -> None:
        await asyncio.gather(*(read_along(folder, reading, stop) for _ in range(READERS)))

    thread = Thread(target=lambda: asyncio.run(read_together()))
    thread.start()
    try:
        yield reading
    finally:
        stop.set()
        thread.join()


def some_change(newsroom: FakeNewsroom, choice: random.Random) -> None:
    """Publish, edit, move, withdraw."""
    number = choice.randrange(12)
    rubric = choice.choice(list(samples.RUBRICS))
    story = samples.item(
        "story",
        f"Stuk {number}",
        path=f"{samples.RUBRICS[rubric][0]}/stuk-{number}/",
        days=number + 1,
        rubric=samples.identity(f"rubric {rubric}"),
        body=samples.paragraphs(f"Dit is beurt {choice.random()} van een zin die nergens staat."),
    )
    story |= {"id": samples.identity(f"stuk {number}")}
    if choice.random() < 0.25:
        newsroom.remove(story["id"])
    else:
        newsroom.publish(story)


def live_of(press: PressSettings) -> dict[str, bytes]:
    releases = open_releases(press)
    return {path: releases.blobs.read(blob) for path, blob in releases.live_files().items()}


def pages_in(live: dict[str, bytes]) -> dict[str, bytes]:
    """All but search, which follows the pages in a release of its own."""
    return {path: body for path, body in live.items() if "assets/search/" not in path}


def as_from_nothing(press: PressSettings) -> dict[str, bytes]:
    fresh = replace(press, home=press.home.parent / "fresh")
    shutil.rmtree(fresh.home, ignore_errors=True)
    build_once(fresh, report=quiet)
    return live_of(fresh)


def wait_for(claim: Callable[[], bool], seconds: float) -> float:
    begun = time.monotonic()
    while not claim():
        assert time.monotonic() - begun < seconds, "it did not come true in time"
        time.sleep(0.05)
    return time.monotonic() - begun


def test_random_kills_lose_and_tear_nothing(press: PressSettings, newsroom: FakeNewsroom) -> None:
    press = replace(press, poll_seconds=0.05, keep_releases=3, keep_days=0)
    choice = random.Random(asked("PLEIN_SEED", 1))  # noqa: S311 - to be repeated
    kills, recovered, ends = asked("PLEIN_KILLS", 1000), [0.0], Counter[int]()
    mother = subprocess.Popen(
        [*SCRIPT, to_text(press)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert mother.stdin is not None
    assert mother.stdout is not None

    def is_told() -> bool:
        return bool(newsroom.releases) and newsroom.releases[-1]["cursor"] == head(newsroom)

    with readers(press.releases_dir) as reading, mother:
        for life in range(kills + 1):
            mother.stdin.write("\n")
            mother.stdin.flush()
            child = int(mother.stdout.readline())
            for _ in range(choice.randrange(3)):
                some_change(newsroom, choice)
            if life % 25 == 0 or life == kills:
                recovered.append(wait_for(is_told, RECOVERED_WITHIN))
            else:
                time.sleep(choice.uniform(0, LONGEST_LIFE) ** 2 / LONGEST_LIFE)
            os.kill(child, SIGKILL)
            ends[int(mother.stdout.readline())] += 1
            if life % 50 == 0:
                sys.stdout.write(f"{life} kills, {len(newsroom.releases)} receipts\n")
        mother.stdin.close()

    ledger = ledger_of(press, newsroom, reading)
    spent = {"kills": ends[-SIGKILL], "longest recovery, s": round(max(recovered), 1)}
    sys.stdout.write(f"{json.dumps(spent | ledger)}\n")
    assert ends == {-SIGKILL: kills + 1}
    assert {ledger[each] for each in ("torn", "lost", "unfound", "doubled", "faults")} == {0}
    assert ledger["read"] > kills


def ledger_of(press: PressSettings, newsroom: FakeNewsroom, reading: Reading) -> dict[str, int]:
    """What was lost, doubled or torn, beside what there was to lose."""
    told = [(int(str(each["number"])), each["activatedAt"]) for each in newsroom.releases]
    numbers = [number for number, _ in told]
    assert numbers == sorted(numbers)
    ours, wanted = live_of(press), as_from_nothing(press)
    lost = others_than(pages_in(wanted), pages_in(ours))
    build_once(press, report=quiet)  # search follows the pages; the last kill may come between
    unfound = others_than(wanted, live_of(press))
    sys.stdout.write("".join(f"not as from nothing: {path}\n" for path in sorted(lost | unfound)))
    return {
        "releases": max(numbers),
        "read": reading.pages,
        "torn": len(reading.torn),
        "lost": len(lost),
        "unfound": len(unfound),
        "doubled": len(set(told)) - len(set(numbers)),
        "faults": len(open_releases(press).inspect().faults),
    }


def others_than(wanted: dict[str, bytes], ours: dict[str, bytes]) -> set[str]:
    """The paths at which ours is something else, or only one of them has anything."""
    return {path for path in ours.keys() | wanted.keys() if ours.get(path) != wanted.get(path)}


def head(newsroom: FakeNewsroom) -> str:
    return f"{newsroom.epoch}:{max(seq for seq, _ in newsroom.changes.values())}"


def test_a_refused_call_is_told_and_leaves_the_live_release_whole(
    press: PressSettings, newsroom: FakeNewsroom, tmp_path: Path
) -> None:
    """Disk full, or broken: one call of the system after the other fails, once or for good."""
    if shutil.which("strace") is None:
        pytest.skip("This needs strace.")
    choice = random.Random(asked("PLEIN_SEED", 1))  # noqa: S311 - to be repeated
    build_once(press, report=quiet)
    before = live_of(press)
    for _ in range(6):
        some_change(newsroom, choice)
    newsroom.remove(samples.full_story()["id"])
    start = shutil.copytree(press.home, tmp_path / "start", symlinks=True)
    calls = _calls_of(press, tmp_path / "counted")
    after = live_of(press)
    outcomes: Counter[str] = Counter()
    faults: list[str] = []

    for turn in range(asked("PLEIN_REFUSALS", 150)):
        call, error = [*calls][turn % len(calls)], choice.choice(["ENOSPC", "EIO"])
        # Each thread counts for itself, so the first calls are looked at more than the last.
        times = round(calls[call] ** choice.random())
        place = f"{call}:error={error}:when={times}{choice.choice(['', '+'])}"
        shutil.rmtree(press.home)
        shutil.copytree(start, press.home, symlinks=True)
        done = _strace(press, "-e", f"inject={place}", "-o", "/dev/null")
        left = live_of(press)
        outcomes[OUTCOMES.get(done.returncode, "failed loudly")] += 1
        is_whole = pages_in(left) in (pages_in(before), pages_in(after))
        if not is_whole or open_releases(press).inspect().faults:
            faults.append(f"{place}: the live release is not whole")
        if done.returncode == 0 and left != after:
            faults.append(f"{place}: nobody was told")
        build_once(press, report=quiet)
        if live_of(press) != after:
            faults.append(f"{place}: it does not heal")

    sys.stdout.write(f"{json.dumps({'calls': calls, **outcomes, 'faults': faults})}\n")
    assert outcomes["told"] > 0
    assert faults == []


def _strace(press: PressSettings, *options: str) -> "subprocess.CompletedProcess[str]":
    """Let a press build once while its system calls are looked at, or refused."""
    return subprocess.run(
        ["strace", "-f", "-qq", *options, *SCRIPT, to_text(press), "once"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=300,
    )


def _calls_of(press: PressSettings, report: Path) -> dict[str, int]:
    """How many times each call is made in a build without trouble."""
    done = _strace(press, "-e", f"trace={','.join(CALLS)}", "-o", str(report))
    assert done.returncode == 0, done.stderr
    found = Counter(re.findall(r"^\d+\s+(\w+)\(", report.read_text(), re.MULTILINE))
    return {call: found[call] for call in CALLS if found[call]}


def test_the_law_holds_for_a_long_life() -> None:
    """Composed pages, incremental and from nothing, through so many steps."""
    steps, number = asked("PLEIN_STEPS", 10_000), asked("PLEIN_SEED", 1)
    taken: Counter[str] = Counter()

    class Counted(Law):
        def teardown(self) -> None:
            super().teardown()
            taken["lives"] += 1

    examples = max(1, steps // 50)
    long = settings(
        max_examples=examples,
        stateful_step_count=50,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    begun = time.process_time()
    run_state_machine_as_test(seed(number)(Counted), settings=long)
    spent = time.process_time() - begun
    ledger = {"seed": number, "steps": taken["lives"] * 50, **taken}
    sys.stdout.write(f"{json.dumps({**ledger, 'cpu s': round(spent)})}\n")
    assert taken["lives"] >= examples
