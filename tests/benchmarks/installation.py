"""A whole Plein in a home of its own, driven from outside as an administrator and a press do."""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub_site.client import Newsroom
from hub_site.content.feed import FeedPage
from hub_site.settings import PressSettings
from tests.benchmarks.press_home import ROOT, press_settings
from tests.benchmarks.processes import Spent, measured
from tests.end_to_end.conftest import (
    ask_health,
    free_port,
    start_plein,
    stop_plein,
    wait_until_open,
)

SETTINGS = "cms.config.settings.development"
"""What `plein` itself chooses for a home that holds the demo."""


@dataclass(frozen=True)
class Installation:
    """A home, and the port that is kept for it."""

    home: Path
    port: int

    @classmethod
    def new(cls, folder: Path) -> "Installation":
        return cls(folder / "home", free_port())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home.with_name("plein.log")

    def copied_to(self, folder: Path) -> "Installation":
        """The same newsroom once more, to do something to; without a printed hub."""
        copy = Installation.new(folder)
        shutil.copytree(self.home, copy.home, ignore=shutil.ignore_patterns("press", "run"))
        return copy

    def plein(self, *words: str) -> Spent:
        """Run a `plein` command to its end."""
        return self._measured("-m", "cms.config.command", *words)

    def script(self, module: str, *words: str) -> Any:
        """Run one of our scripts on the newsroom of this home; return the JSON that it prints."""
        spent = self._measured("-m", "tests.benchmarks.with_models", module, *words)
        return json.loads(spent.said.splitlines()[-1])

    def forget_hub(self) -> None:
        """Let the next build be the first."""
        shutil.rmtree(self.home / "press")

    def forget(self) -> None:
        """Give the disk back; a home of 10,000 stories takes gigabytes."""
        shutil.rmtree(self.home)

    def _measured(self, *words: str) -> Spent:
        return measured([sys.executable, *words], env=self._environment(), cwd=ROOT)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLEIN_")}
        own = {"PLEIN_HOME": str(self.home), "PLEIN_PORT": str(self.port)}
        return {**kept, **own, "DJANGO_SETTINGS_MODULE": SETTINGS}

    @contextmanager
    def running(self) -> Iterator["Running"]:
        """Run everything, as `plein run` does, until the block is left."""
        process = start_plein(self.home, self.port, self.log)
        opened_after = wait_until_open(process, self.port, self.log)
        try:
            yield Running(process.pid, opened_after)
        finally:
            stop_plein(process)

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Run the web server alone; gives its process."""
        process = start_plein(self.home, self.port, self.log, "web")
        try:
            while ask_health(self.port)[0] == 0:
                assert process.poll() is None, self.log.read_text()[-2000:]
                time.sleep(0.1)
            yield process.pid
        finally:
            stop_plein(process)

    def press_settings(self) -> PressSettings:
        return press_settings(self.home / "press", self.address, self.home / "keys/press_token")

    def feed(self) -> Iterator[FeedPage]:
        """Everything public, by the contract; the web server has to run."""
        with Newsroom(self.press_settings()) as newsroom:
            yield from newsroom.feed(None)


@dataclass(frozen=True)
class Running:
    """A Plein that is open: its supervisor's process, and how long it took to open."""

    pid: int
    opened_after: float
