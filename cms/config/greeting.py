"""What somebody who starts Plein is told."""

import time
from collections.abc import Callable

from cms.config import environment, health
from cms.config.home import Home

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
LOOK_EVERY = 0.25


class Greeting:
    """Says once where everything is, as soon as it is all there; or, late, what is missing."""

    def __init__(self, home: Home, say: Callable[[str], None]) -> None:
        self.home = home
        self.say = say
        self.door = (environment.host(), environment.port())
        self.address = environment.public_url(default=f"http://127.0.0.1:{environment.port()}")
        self.began = time.monotonic()
        self.next_look = 0.0
        self.is_done = self.has_complained = False

    def look(self) -> None:
        """Look now and then, until everything is well."""
        now = time.monotonic()
        if self.is_done or now < self.next_look:
            return
        self.next_look = now + LOOK_EVERY
        wrong = health.ask(*self.door)
        if not wrong:
            self.is_done = True
            self.greet()
        elif now - self.began > LATE_AFTER and not self.has_complained:
            self.has_complained = True
            self.say("Plein is not complete yet: " + " ".join(wrong))

    def greet(self) -> None:
        """Print the addresses, and on a demo the accounts."""
        self.say(
            f"\n  Plein is open, {time.monotonic() - self.began:.0f} s after it was asked to.\n"
        )
        self.say(f"  hub        {self.address}/")
        self.say(f"  newsroom   {self.address}/newsroom/")
        self.say(f"  contract   {self.address}/graphql/\n")
        if self.home.is_demo:
            self.say(f"  Sign in with one of these accounts; the password is {_password()}.")
            for name, what in ACCOUNTS.items():
                self.say(f"    {name:<12} {what}")
            self.say("")
        self.say("  Ctrl-C stops everything.")


def _password() -> str:
    chosen = environment.text("PLEIN_DEMO_PASSWORD")
    return "the one PLEIN_DEMO_PASSWORD held when this home was made" if chosen else "plein-demo"
