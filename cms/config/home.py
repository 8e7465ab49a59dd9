"""Where one installation keeps everything that is not code."""

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Home:
    """The folder that holds all state: move it and the whole installation moves."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "db.sqlite3"

    @property
    def media(self) -> Path:
        return self.root / "media"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def secret_key(self) -> Path:
        return self.keys / "secret_key"

    @property
    def press_token(self) -> Path:
        return self.keys / "press_token"

    @property
    def metrics_token(self) -> Path:
        return self.keys / "metrics_token"

    @property
    def press(self) -> Path:
        return self.root / "press"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def heartbeats(self) -> Path:
        return self.root / "run"

    @property
    def readers(self) -> Path:
        return self.heartbeats / "readers.sqlite3"

    @property
    def lock(self) -> Path:
        return self.root / "run.lock"

    @property
    def prepared(self) -> Path:
        return self.heartbeats / "prepared"

    @property
    def demo_flag(self) -> Path:
        return self.root / "demo"

    @property
    def installed_flag(self) -> Path:
        return self.root / "installed"

    @property
    def restoring_flag(self) -> Path:
        """Is there from before a backup is put back until it is fit to be used."""
        return self.root / "restoring"

    @property
    def is_demo(self) -> bool:
        """Holds the demo organisation, with a password anybody can read."""
        return self.demo_flag.exists()

    @property
    def is_installed(self) -> bool:
        """Was set up for colleagues by `plein init`."""
        return self.installed_flag.exists()


def current_home() -> Home:
    """Return the home this process works in: `PLEIN_HOME`, else `var/` in the checkout."""
    named = os.environ.get("PLEIN_HOME", "").strip()
    return Home(root=Path(named).expanduser().resolve() if named else CHECKOUT / "var")
