"""Whom the gate let in lately, kept through a restart: for the hours that nobody can be asked.

A row says that whoever sends some Cookie header was in some audiences, until some quarter of a day.
The header is not in it, only a keyed hash whose key lies elsewhere; of pages and moments of
reading there is nothing, because a row is written at most once in a quarter.
"""

import hashlib
import hmac
import json
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

type Audiences = frozenset[str] | None

QUARTER_SECONDS = 6 * 3600
_TABLE = """
CREATE TABLE IF NOT EXISTS reader (
    hash BLOB PRIMARY KEY, audiences TEXT NOT NULL, quarter INTEGER NOT NULL
) WITHOUT ROWID
"""
COLUMNS = ("hash", "audiences", "quarter")
_KEEP = "INSERT OR REPLACE INTO reader VALUES (?, ?, ?)"
_LOG = logging.getLogger(__name__)


class ReadersOnDisk:
    """A file beside the gate. Without it the gate does as well, until it is started anew."""

    def __init__(
        self, file: Path, secret: bytes, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._file = file
        self._secret = secret
        self._clock = clock
        self._has_failed = False

    def quarter(self) -> int:
        """Which quarter of a day it is, counted since 1970."""
        return int(self._clock() // QUARTER_SECONDS)

    def keep(self, told: Mapping[bytes, Audiences]) -> None:
        """Write what was told of these readers; who may not read any more goes out at once.

        Args:
            told: audiences by the plain hash of a Cookie header.
        """
        quarter = self.quarter()
        kept = [
            (self._hash(key), json.dumps(sorted(audiences)), quarter)
            for key, audiences in told.items()
            if audiences is not None
        ]
        gone = [(self._hash(key),) for key, audiences in told.items() if audiences is None]
        with self._told(), self._open() as database, database:
            database.executemany(_KEEP, kept)
            database.executemany("DELETE FROM reader WHERE hash = ?", gone)
            # Of this quarter and the one before: six to twelve hours.
            database.execute("DELETE FROM reader WHERE quarter < ?", (quarter - 1,))

    def recall(self, key: bytes) -> tuple[frozenset[str], float] | None:
        """The audiences of a reader, and for how many seconds they still count."""
        with self._told(), self._open() as database:
            row = database.execute(
                "SELECT audiences, quarter FROM reader WHERE hash = ?", (self._hash(key),)
            ).fetchone()
            left = (row[1] + 2) * QUARTER_SECONDS - self._clock() if row else 0.0
            return (frozenset(json.loads(row[0])), left) if left > 0 else None
        return None

    def _hash(self, key: bytes) -> bytes:
        return hmac.digest(self._secret, key, hashlib.sha256)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # Made before SQLite can, which would let others on the machine read it.
        os.close(os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        with closing(sqlite3.connect(self._file, timeout=2)) as database:
            database.execute("PRAGMA synchronous=OFF")
            database.execute("PRAGMA secure_delete=ON")
            database.execute(_TABLE)
            yield database

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say once what is wrong with the file, and go on without; a broken one is made anew."""
        try:
            yield
            self._has_failed = False
        except (OSError, sqlite3.Error, ValueError, TypeError) as error:
            if not self._has_failed:
                _LOG.warning(
                    "Whom the gate let in can't be kept in %s (%s); after a restart, nobody reads"
                    " while sessions can't be checked.",
                    self._file,
                    error,
                )
            self._has_failed = True
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(
                error, sqlite3.OperationalError
            ):
                self._file.unlink(missing_ok=True)
