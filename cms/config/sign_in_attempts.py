"""Slow down whoever guesses passwords, without shutting out whoever mistypes one."""

import hashlib

from django.core.cache import cache

MOST = 8
WITHIN_SECONDS = 5 * 60


def _key(username: str, address: str) -> str:
    name = hashlib.sha256(f"{username.casefold()}\n{address}".encode()).hexdigest()
    return f"sign-in:{name}"


def has_tried_too_often(*, username: str, address: str) -> bool:
    """Tell whether this address must wait before it tries this account again."""
    return int(cache.get(_key(username, address), 0)) >= MOST


def note_failure(*, username: str, address: str) -> None:
    """Count one wrong password."""
    key = _key(username, address)
    cache.add(key, 0, WITHIN_SECONDS)
    cache.incr(key)


def forget_failures(*, username: str, address: str) -> None:
    """Start counting afresh after the right password."""
    cache.delete(_key(username, address))
