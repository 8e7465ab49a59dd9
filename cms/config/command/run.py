"""`plein run`: everything at once, looked after until Ctrl-C."""

import argparse
import subprocess
import threading

from cms.config import doors, environment
from cms.config.errors import PleinError
from cms.config.fingerprint import is_prepared
from cms.config.greeting import Greeting
from cms.config.home import Home, current_home
from cms.config.home_lock import ensure_writable, only_one
from cms.config.stopping import stop_on_signals
from cms.config.supervisor import Part, Supervisor, plein_command
from cms.core import heartbeats

PARTS = ("web", "press", "clock", "worker")


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Run Plein on this home until told to stop."""
    home = current_home()
    greeting = Greeting(home, _say)
    for sentence in environment.unknown():
        _say(sentence)
    ensure_writable(home)
    with only_one(home):
        _refuse_half_restored(home)
        if not home.is_installed:
            doors.refuse_open_demo(environment.host())
            home.demo_flag.touch()
        doors.refuse_taken(environment.host(), environment.port())
        parts = [Part(name=name, command=plein_command(name)) for name in PARTS]
        supervisor = Supervisor(parts=parts, say=_say)
        stop_on_signals(supervisor.stop)
        if _prepare(home, supervisor.stop):
            heartbeats.forget_heartbeats(home.heartbeats)
            supervisor.run(greeting.look)
    _say("Plein has stopped.")
    return 0


def _refuse_half_restored(home: Home) -> None:
    if home.restoring_flag.exists():
        message = (
            f"A backup was being put back in {home.root}, and that did not end. Put it back once"
            " more, with `plein restore --replace`."
        )
        raise PleinError(message)


def _prepare(home: Home, stop: threading.Event) -> bool:
    """Prepare the home where that is needed; return False when told to stop meanwhile."""
    if is_prepared(home):
        return True
    first = not home.prepared.exists()
    _say("Preparing this home; the first time takes about a minute." if first else "Preparing.")
    preparing = subprocess.Popen(plein_command("prepare"))  # noqa: S603 - our own command
    while preparing.poll() is None:
        if stop.wait(0.1):
            preparing.terminate()
            preparing.wait()
            return False
    if preparing.returncode:
        message = f"Plein could not prepare {home.root}; what went wrong stands above."
        raise PleinError(message)
    return True


def _say(sentence: str) -> None:
    print(sentence, flush=True)
