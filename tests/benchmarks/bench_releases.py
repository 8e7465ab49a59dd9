"""What a release costs by itself: 25 changed pages on hubs of different sizes."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hub_site.releases import Draft, Releases
from tests.benchmarks.figures import beside

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CHANGED, RUNS = 25, 15
MOST = 2.0
"""Ten times the hub may cost so many times as much: only the depth of the indexes grows."""
SMALL, LARGE = 1_500, 15_000
FILLER = "<p>" + "woord en nog een woord, met een <em>klemtoon</em> hier. " * 12 + "</p>\n"


def page(number: int, total: int, *, edition: int) -> bytes:
    """About 30 kB that lead to twenty others, as a story with its listings does."""
    choice = random.Random(number)  # noqa: S311 - the same hub each time
    links = "".join(f'<a href="../../r/{choice.randrange(total)}/">x</a>' for _ in range(20))
    nav = "".join(f'<a href="../../rubriek-{each}/">x</a>' for each in range(12))
    return f"<!doctype html><title>{edition}</title>{nav}{links}{FILLER * 40}{number}".encode()


def draft(changes: dict[str, str], *, is_whole: bool) -> Draft:
    return Draft(
        changes=changes,
        is_whole=is_whole,
        epoch="e",
        cursor="c",
        as_of=NOW,
        started_at=NOW,
        pages=len(changes),
        set_aside="[]",
        sources=changes,
    )


def hub(folder: Path, total: int) -> Releases:
    releases = Releases(folder, keep=3)
    nav = "".join(f'<a href="/rubriek-{each}/">x</a>' for each in range(12)).encode()
    files = {name: releases.blobs.put(nav + name.encode()) for name in ("index.html", "404.html")}
    files |= {f"rubriek-{n}/index.html": releases.blobs.put(b"rubriek") for n in range(12)}
    for number in range(total):
        body = page(number, total, edition=0)
        files[f"r/{number}/index.html"] = releases.blobs.put(body)
    releases.activate(draft(files, is_whole=True))
    return releases


def milliseconds(releases: Releases, total: int) -> float:
    """CPU time of checking and switching; the bytes are durable before it begins."""
    spent = []
    for edition in range(1, RUNS + 1):
        numbers = random.Random(edition).sample(range(total), CHANGED)  # noqa: S311
        changes = {
            f"r/{number}/index.html": releases.blobs.put(page(number, total, edition=edition))
            for number in numbers
        }
        releases.blobs.sync(changes.values())
        spent.append(cpu_of(lambda: releases.activate(draft(changes, is_whole=False))))  # noqa: B023
        releases.tend(0.05)
    return statistics.median(spent)


def cpu_of(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def test_release_costs_what_changed_whatever_the_size_of_the_hub(tmp_path: Path) -> None:
    small = milliseconds(hub(tmp_path / "small", SMALL), SMALL)
    large = milliseconds(hub(tmp_path / "large", LARGE), LARGE)

    beside("release_switch_25_of_15000_ms", large, "ms CPU", peer=MOST * small)
    assert large < MOST * small, "a release should cost what changed"
