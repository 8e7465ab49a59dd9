"""One newsroom of the wanted size for all that needs a whole Plein, made once per run."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from hub_site.content.feed import FeedEntry
from tests.benchmarks.figures import told
from tests.benchmarks.installation import Installation
from tests.benchmarks.processes import Spent
from tests.benchmarks.sizes import STORIES
from tests.end_to_end.conftest import chromium

WAITING = 60
"""Stories for the benchmarks to say yes to."""


@dataclass(frozen=True)
class Waiting:
    """A story that waits for a yes: its number in the newsroom, its address on the hub."""

    number: int
    path: str


@dataclass(frozen=True)
class Newsroom:
    """A newsroom of the wanted size, what was measured on the way, and its whole feed.

    Nothing runs on it; whoever runs something ends it.
    """

    installation: Installation
    first_opened_after: float  # seconds, on a home that was empty
    first_build: Spent  # `plein build` of everything, from nothing
    entries: tuple[FeedEntry, ...]
    waiting: tuple[Waiting, ...]  # what is approved here goes from the front


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """Start on nothing, seed, and print the whole hub once."""
    plein = Installation.new(tmp_path_factory.mktemp("plein"))
    told("stories", STORIES, "stories")
    told("cores", len(os.sched_getaffinity(0)), "cores")
    with plein.running() as running:
        opened_after = running.opened_after
    plein.forget_hub()
    seeded = plein.plein("seed", "--stories", str(STORIES))
    told("seed_cpu_ms_per_story", seeded.cpu * 1000 / STORIES, "ms CPU")
    waiting = plein.script("tests.benchmarks.waiting", str(WAITING))
    with plein.serving():
        first_build = plein.plein("build")
        entries = tuple(entry for page in plein.feed() for entry in page.entries)
    yield Newsroom(
        plein, opened_after, first_build, entries, tuple(Waiting(**each) for each in waiting)
    )
    plein.forget()


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Path]:
    """A folder that is cleared away at once: pytest keeps those of three runs, and hubs are big."""
    yield tmp_path
    shutil.rmtree(tmp_path)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()
