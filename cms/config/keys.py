"""Secrets of an installation: made once, readable by its owner only."""

import os
import secrets
from pathlib import Path

from cms.config.errors import HomeUnusableError

OWNER_ONLY = 0o600


def make_secret() -> str:
    """Return 64 characters nobody can guess."""
    return secrets.token_urlsafe(48)


def write_key(path: Path, value: str) -> None:
    """Write a secret so that no other account on the machine can ever read it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{value}\n")
        draft.replace(path)
    except OSError as error:
        message = f"The key {path} can't be written: {error.strerror}."
        raise HomeUnusableError(message) from error


def read_key(path: Path) -> str | None:
    """Return the secret kept at `path`, or None where there is none yet."""
    try:
        return path.read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def read_keys(path: Path) -> list[str]:
    """Return the keys kept at `path`, a line each: the one in use, then the one before it."""
    return (read_key(path) or "").split()


def renew_key(path: Path) -> None:
    """Put a new key in use; the one until now still opens what it sealed, older ones nothing."""
    write_key(path, "\n".join([make_secret(), *read_keys(path)[:1]]))


def read_or_make_key(path: Path) -> str:
    """Return the secret kept at `path`; the first caller makes it."""
    value = read_key(path)
    if value is None:
        value = make_secret()
        write_key(path, value)
    return value
