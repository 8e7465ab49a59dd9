"""Clocks in processes of their own, on a database that survives their sudden end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from cms.config.database import sqlite
from cms.config.home import Home

PROCESS = Path(__file__).with_name("clock_process.py")
ENDS_WITHIN = 60.0


@contextmanager
def durable_database() -> Iterator[None]:
    """Keep the journal as an installation does: what tests use instead does not survive a kill."""
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    if connection.vendor == "sqlite":
        options.update(sqlite(Home(Path()))["OPTIONS"])
    yield
    connection.close()
    options.update(before)


class ClockProcess:
    """The process in whose children the clock's work is done."""

    def __init__(self) -> None:
        shown = ("ENGINE", "NAME", "HOST", "PORT", "USER", "OPTIONS")
        database = {name: connection.settings_dict[name] for name in shown}
        self.running: list[int] = []
        self.process = subprocess.Popen(
            [sys.executable, str(PROCESS), json.dumps(database, default=str)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")},
        )

    def ask(self, act: str, **wish: int) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"act": act, **wish}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def start_clock(self) -> int:
        pid: int = self.ask("run")["pid"]
        self.running.append(pid)
        return pid

    def kill_clock(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.running.remove(pid)

    def end(self) -> None:
        for pid in [*self.running]:
            self.kill_clock(pid)
        self.process.communicate(timeout=ENDS_WITHIN)
