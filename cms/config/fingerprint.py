"""Know without starting Django whether anything has to be prepared."""

import hashlib
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from cms.config import environment, keys
from cms.config.home import CHECKOUT, Home, current_home


def installation_fingerprint() -> str:
    """Return a digest that changes with our migrations, assets, packages, database and key."""
    return _digest(
        iter([environment.text("PLEIN_DATABASE_URL")]),
        iter(keys.read_keys(current_home().secret_key)[:1]),
        _packages(),
        _files("*/migrations/*.py"),
        _files("*/static/**/*"),
        _files("locale/**/*.po"),
    )


def migrations_fingerprint() -> str:
    """Return a digest that changes with the migrations, ours and those under us."""
    return _digest(_packages(), _files("*/migrations/*.py"))


def is_prepared(home: Home) -> bool:
    """Tell whether a start can skip the preparation."""
    try:
        return home.prepared.read_text(encoding="ascii") == installation_fingerprint()
    except FileNotFoundError:
        return False


@contextmanager
def remember_prepared(home: Home) -> Iterator[None]:
    """Note what a home was prepared for, if the preparation in this block succeeds."""
    fingerprint = installation_fingerprint()
    yield
    home.prepared.write_text(fingerprint, encoding="ascii")


def _packages() -> Iterator[str]:
    packages = Path(sysconfig.get_path("purelib"))
    yield from sorted(path.name for path in packages.glob("*.dist-info"))


def _files(pattern: str) -> Iterator[str]:
    for path in sorted((CHECKOUT / "cms").glob(pattern)):
        if path.is_file():
            state = path.stat()
            yield f"{path.relative_to(CHECKOUT)} {state.st_size} {state.st_mtime_ns}"


def _digest(*traces: Iterator[str]) -> str:
    digest = hashlib.sha256()
    for line in chain(*traces):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()
