"""Keeps the parts of Plein going: starts them, starts them again, stops them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cms.config import leash

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_AFTER = 20.0
TICK = 0.1


@dataclass
class Part:
    """One child process and how it has been doing."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, handle: int) -> None:
        """Start the part in a process group of its own, tied to this process by the leash."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command, no words of others in it
            list(self.command),
            env={**os.environ, leash.VARIABLE: str(handle)},
            pass_fds=(handle,),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the part and to whatever it started itself."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def note_death(self, now: float) -> float:
        """Plan the restart of a part that died; return the pause before it."""
        self.signal_group(signal.SIGKILL)
        self.process = None
        if now - self.started > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause = self.pause
        self.restart_at = now + pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return pause


@dataclass
class Supervisor:
    """Runs parts until told to stop."""

    parts: list[Part]
    say: Callable[[str], None]
    stop: threading.Event = field(default_factory=threading.Event)
    grace: float = 10.0

    def run(self, each_tick: Callable[[], None] = lambda: None) -> None:
        """Start every part and keep them going until `stop` is set; then end them all."""
        reading, writing = os.pipe()
        try:
            for part in self.parts:
                part.start(reading)
            while not self.stop.wait(TICK):
                self.look_after(reading)
                each_tick()
        finally:
            self.end()
            os.close(writing)
            os.close(reading)

    def look_after(self, handle: int) -> None:
        """Start again what died, each after its own, growing, pause."""
        now = time.monotonic()
        for part in self.parts:
            if part.process is None:
                if now >= part.restart_at:
                    part.start(handle)
            elif (code := part.process.poll()) is not None:
                pause = part.note_death(now)
                self.say(f"The {part.name} stopped (exit {code}); it starts again in {pause:g} s.")

    def end(self) -> None:
        """Ask every part to stop; end by force what has not done so in time."""
        for part in self.parts:
            part.signal_group(signal.SIGTERM)
        limit = time.monotonic() + self.grace
        for part in self.parts:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.0, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"The {part.name} did not stop in {self.grace:g} s and was ended.")
            part.signal_group(signal.SIGKILL)
            part.process.wait()


def plein_command(*words: str) -> list[str]:
    """Return the command line that runs a part of Plein with this very interpreter."""
    return [sys.executable, "-m", "cms.config.command", *words]
