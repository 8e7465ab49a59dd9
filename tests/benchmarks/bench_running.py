"""A whole Plein, running: from a yes to the hub, previews, pages, and what it takes meanwhile."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.benchmarks.conftest import Newsroom
from tests.benchmarks.figures import beside, percentile, told
from tests.benchmarks.installation import Running
from tests.benchmarks.processes import command_of, cpu_of_family, family, peak_memory
from tests.benchmarks.visitors import Approval, Visitor, first_visit, signed_in

MOST_APPROVAL_MS, MOST_PRESS_MIB = 1500.0, 300.0
APPROVALS, PREVIEWS, PAGES = 40, 20, 300
QUIET_SECONDS = 60.0
"""In which the sweep comes by once."""
SETTLED_WITHIN, SETTLED_SHARE = 600.0, 0.25
"""What was approved before is compressed and searched first; a quarter of a core is rest."""


@dataclass(frozen=True)
class Open:
    """A Plein that is open, and who is in it."""

    running: Running
    approver: Visitor
    reader: Visitor


@pytest.fixture(scope="module")
def plein(newsroom: Newsroom) -> Iterator[Open]:
    address = newsroom.installation.address
    with (
        newsroom.installation.running() as running,
        signed_in(address, "manager") as approver,
        signed_in(address, "employee") as reader,
    ):
        told("start_up_s", running.opened_after, "s")
        told("start_up_cpu_s", cpu_of_family(running.pid), "s CPU")
        yield Open(running, approver, reader)


@dataclass(frozen=True)
class Series:
    """How long each of several acts took, and what all of Plein spent on each, in milliseconds."""

    walls: list[float]
    cpu: float


def repeated(
    pid: int, times: int, act: Callable[[int], object], *, pause: Callable[[], float] = lambda: 0.0
) -> Series:
    walls = []
    before = cpu_of_family(pid)
    for number in range(times):
        begun = time.perf_counter()
        act(number)
        walls.append((time.perf_counter() - begun) * 1000)
        time.sleep(pause())
    return Series(walls, (cpu_of_family(pid) - before) * 1000 / times)


def test_from_a_yes_to_the_hub(newsroom: Newsroom, plein: Open) -> None:
    """Between approvals an uneven pause: else all would meet the press at the same point."""
    waiting = newsroom.waiting[-APPROVALS:]
    pages = [Approval(plein.approver, each.number) for each in waiting]
    chance = random.Random(1)  # noqa: S311 - the same pauses each time

    def approve(number: int) -> None:
        pages[number].say_yes()
        plein.reader.wait_for(waiting[number].path)

    series = repeated(plein.running.pid, APPROVALS, approve, pause=chance.random)

    told("approval_to_hub_p50_ms", percentile(series.walls, 50), "ms")
    p95 = percentile(series.walls, 95)
    beside("approval_to_hub_p95_ms", p95, "ms", peer=MOST_APPROVAL_MS)
    told("approval_to_hub_cpu_ms", series.cpu, "ms CPU, with all that comes after it")


def test_a_preview(newsroom: Newsroom, plein: Open) -> None:
    still_waiting = newsroom.waiting[-APPROVALS - 1]
    path = Approval(plein.approver, still_waiting.number).preview_path
    plein.approver.page(path)

    series = repeated(plein.running.pid, PREVIEWS, lambda _: plein.approver.page(path))

    told("preview_p50_ms", percentile(series.walls, 50), "ms")
    told("preview_p95_ms", percentile(series.walls, 95), "ms")
    told("preview_cpu_ms", series.cpu, "ms CPU")


def test_a_page_of_the_hub(plein: Open) -> None:
    paths = ["/", "/goed-geregeld/", "/collegas/"]

    series = repeated(
        plein.running.pid, PAGES, lambda number: plein.reader.page(paths[number % len(paths)])
    )

    told("hub_page_p50_ms", percentile(series.walls, 50), "ms")
    told("hub_page_p95_ms", percentile(series.walls, 95), "ms")
    told("hub_page_cpu_ms", series.cpu, "ms CPU")


def test_the_weight_of_pages(newsroom: Newsroom, plein: Open) -> None:
    story = next(
        str(entry.document["path"])
        for entry in newsroom.entries
        if entry.document and "verhaal-" in str(entry.document["path"])
    )
    for name, path in (("home", "/"), ("story", f"/{story}")):
        weights = first_visit(plein.reader, path)
        told(f"{name}_html_kib", weights["html"] / 1024, "KiB gzip")
        told(f"{name}_first_visit_kib", sum(weights.values()) / 1024, "KiB, pictures aside")


def wait_until_settled(plein: Open) -> None:
    """Wait until what was published is worked off, of which nobody is told."""
    limit, look = time.monotonic() + SETTLED_WITHIN, QUIET_SECONDS / 6
    while time.monotonic() < limit:
        before = cpu_of_family(plein.running.pid)
        time.sleep(look)
        if cpu_of_family(plein.running.pid) - before < SETTLED_SHARE * look:
            return
    pytest.fail("It never came to rest.")


def test_what_it_takes_while_nothing_happens(plein: Open) -> None:
    wait_until_settled(plein)
    before, begun = cpu_of_family(plein.running.pid), time.perf_counter()
    time.sleep(QUIET_SECONDS)
    spent = cpu_of_family(plein.running.pid) - before
    told("idle_cpu_percent", spent * 100 / (time.perf_counter() - begun), "% of one core")

    peaks = {part_of(pid): peak_memory(pid) for pid in family(plein.running.pid)}
    beside("press_peak_mib", peaks["press"], "MiB", peer=MOST_PRESS_MIB)
    told("all_parts_peak_mib", sum(peaks.values()), "MiB")


def part_of(pid: int) -> str:
    """The word after `plein`, and the process for what has none."""
    words = command_of(pid)
    return words[-2] if words[-2] in {"press", "clock", "worker", "web"} else str(pid)
