"""Which lines and branches the tests walk: `-p tests.coverage`.

SlipCover asks the interpreter to be told of each line once, where tracing is told of every step:
the whole suite took two thirds longer with a tracer. Its own plugin changes how pytest reads the
tests, which pytest 9.2 does otherwise, so what measures is started here.

To be told, it reads every module anew in Python: seven seconds in each process. So whoever only
shares the tests out measures nothing itself.
"""

import json
import os
from collections.abc import Generator, Iterable, Sequence
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


def tool_for(
    source: Sequence[str] | None = None, *, known: Iterable[str] = ()
) -> slipcover.Slipcover:
    """Return what measures; of files under `source`, those that nobody imported count as well.

    Args:
        source: Folders.
        known: Files that were measured elsewhere.
    """
    return slipcover.Slipcover(
        branch=True,
        source=source,
        omit=[*SETTINGS["omit"], *known],
        exclude_also=SETTINGS["exclude-also"],
    )


@dataclass
class Measured:
    """What each process walked, and what all walked together."""

    tool: slipcover.Slipcover = field(default_factory=tool_for)
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
        self.add(tool_for(SETTINGS["source"], known=self.together["files"]).get_coverage())
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


MEASURED = Measured()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Have everything that is imported from now on tell where it goes, if tests run here."""
    is_shared_out = bool(early_config.known_args_namespace.numprocesses)
    if "PYTEST_XDIST_WORKER" in os.environ or not is_shared_out:
        files = slipcover.FileMatcher(sources=SETTINGS["source"], omit=SETTINGS["omit"])
        slipcover.ImportManager(MEASURED.tool, files).__enter__()
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(MEASURED)
