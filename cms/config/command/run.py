"""`plein run`: everything at once, looked after until Ctrl-C."""

import argparse
import subprocess
import time

from cms.config import doors, environment, health, heartbeats
from cms.config.errors import PleinError
from cms.config.fingerprint import is_prepared
from cms.config.home import Home, current_home
from cms.config.home_lock import ensure_writable, only_one
from cms.config.stopping import stop_on_signals
from cms.config.supervisor import Part, Supervisor, plein_command

ACCOUNTS = {
    "ambassador": "writes a story in a rubric and submits it",
    "ambassador2": "a second ambassador, with items of their own",
    "manager": "approves, now or for later",
    "deputy": "the other community manager",
    "or": "approves for the works council's rubric",
    "employee": "reads the hub",
    "admin": "looks after the installation",
}
LATE_AFTER = 60.0


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Run Plein on this home until told to stop."""
    home, host, port = (
        current_home(),
        environment.text("PLEIN_HOST", "127.0.0.1"),
        environment.port(),
    )
    ensure_writable(home)
    with only_one(home):
        if not home.is_installed:
            doors.refuse_open_demo(host)
            home.demo_flag.touch()
        doors.refuse_taken(host, port)
        _prepare(home)
        heartbeats.forget_heartbeats(home.heartbeats)
        supervisor = Supervisor(parts=_parts(), say=_say)
        stop_on_signals(supervisor.stop)
        supervisor.run(_Greeting(home, host=host, port=port).look)
    _say("Plein has stopped.")
    return 0


def _parts() -> list[Part]:
    return [
        Part(name=name, command=plein_command(name)) for name in ("web", "press", "clock", "worker")
    ]


def _prepare(home: Home) -> None:
    if is_prepared(home):
        return
    first = not home.database.exists()
    _say("Preparing this home; the first time takes about a minute." if first else "Preparing.")
    code = subprocess.call(plein_command("prepare"))  # noqa: S603 - our own command
    if code:
        message = f"Plein could not prepare {home.root}; what went wrong stands above."
        raise PleinError(message)


class _Greeting:
    """Says once where everything is, as soon as it is all there; or, late, what is missing."""

    def __init__(self, home: Home, *, host: str, port: int) -> None:
        self.home = home
        self.door = (host, port)
        self.address = environment.public_url(default=f"http://127.0.0.1:{port}")
        self.began = self.next_look = time.monotonic()
        self.is_done = self.has_complained = False

    def look(self) -> None:
        """Look twice a second until everything is well."""
        now = time.monotonic()
        if self.is_done or now < self.next_look:
            return
        self.next_look = now + 0.5
        wrong = health.ask(*self.door)
        if not wrong:
            self.is_done = True
            self.greet()
        elif now - self.began > LATE_AFTER and not self.has_complained:
            self.has_complained = True
            _say("Plein is not complete yet: " + " ".join(wrong))

    def greet(self) -> None:
        """Print the addresses, and on a demo the accounts."""
        _say(f"\n  Plein is open (after {time.monotonic() - self.began:.0f} s)\n")
        _say(f"  hub        {self.address}/")
        _say(f"  newsroom   {self.address}/newsroom/")
        _say(f"  contract   {self.address}/graphql/\n")
        if self.home.is_demo:
            _say(f"  Log in with one of these accounts, password {_password()}:")
            for name, what in ACCOUNTS.items():
                _say(f"    {name:<12} {what}")
            _say("")
        _say("  Ctrl-C stops everything.")


def _password() -> str:
    chosen = environment.text("PLEIN_DEMO_PASSWORD")
    return "as in PLEIN_DEMO_PASSWORD when this home was made" if chosen else "plein-demo"


def _say(sentence: str) -> None:
    print(sentence, flush=True)
