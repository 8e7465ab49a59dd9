"""What time it is, for whatever must never be early."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.utils import timezone

type Reading = Callable[[], datetime]
"""Tells the time; another one than `both_clocks` is how a clock that jumps is tried out."""


def both_clocks() -> datetime:
    """Return the moment that this machine's clock and the database's have both reached."""
    return min(timezone.now(), database_clock())


def database_clock() -> datetime:
    """Return the time on the clock of the database's machine; SQLite has none of its own."""
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        # Not CURRENT_TIMESTAMP: that one stands still from the beginning of a transaction, and
        # this is asked after waiting for a lock.
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
