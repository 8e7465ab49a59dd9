"""Which lines and branches the tests walk: `-p tests.coverage`.

SlipCover asks the interpreter to be told of each line once, where tracing is told of every step:
the whole suite took two thirds longer with a tracer. Its own plugin changes how pytest reads the
tests, which pytest 9.2 does otherwise, so what measures is started here.
"""

import json
import os
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
import slipcover
from slipcover.config import read_config

SETTINGS = read_config()
WITHIN = 100
"""Characters of the list of what was missed, per file."""


class Node(Protocol):
    """A worker of xdist that has ended."""

    workeroutput: dict[str, str]


@dataclass
class Measured:
    """What each process walked, and what all walked together."""

    tool: slipcover.Slipcover
    together: dict[str, Any] = field(default_factory=dict)

    def add(self, walked: dict[str, Any]) -> None:
        if self.together:
            slipcover.merge_coverage(self.together, walked)
        else:
            self.together = walked

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand what a worker walked to whoever shared the tests out, and judge the whole there."""
        walked = self.tool.get_coverage()
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["walked"] = json.dumps(walked)
            return
        self.add(walked)
        if self.share() < SETTINGS["fail-under"] and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Node) -> None:
        """Take what a worker walked; one that broke down has failed the run already."""
        if walked := getattr(node, "workeroutput", {}).get("walked"):
            self.add(json.loads(walked))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        slipcover.print_coverage(self.together, skip_covered=True, missing_width=WITHIN)
        terminalreporter.write_line(
            f"{self.share():.2f} % of lines and branches were walked, "
            f"of which {SETTINGS['fail-under']} % are asked."
        )

    def share(self) -> float:
        """Return how many lines and branches of a hundred were walked."""
        return float(self.together["summary"]["percent_covered"])


def start() -> Measured:
    """Have everything that is imported from now on tell where it goes."""
    source, omit = SETTINGS["source"], SETTINGS["omit"]
    tool = slipcover.Slipcover(
        branch=True,
        source=None if "PYTEST_XDIST_WORKER" in os.environ else source,  # what nobody imports, once
        omit=omit,
        exclude_also=SETTINGS["exclude-also"],
    )
    files = slipcover.FileMatcher(sources=source, omit=omit)
    slipcover.ImportManager(tool, files).__enter__()
    return Measured(tool)


MEASURED = start()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(MEASURED)
