"""The press's own database: one file, one connection, one writer."""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hub_site.errors import PressError

type Value = str | int | bytes | None


class Database:
    """SQLite in autocommit; what belongs together is written in a `transaction`.

    Attributes:
        times_undone: how many transactions came to nothing; whoever remembers what was written
            in one has to forget it then.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: sqlite3.Connection | None = None
        self.times_undone = 0

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            database = sqlite3.connect(
                self._file, timeout=20, autocommit=True, check_same_thread=False
            )
            # Whoever forgets to close it loses nothing: what was committed is on disk.
            weakref.finalize(self, database.close)
            database.execute("PRAGMA journal_mode=WAL")
            # Documents that fell back behind the live release would bring back what was withdrawn.
            database.execute("PRAGMA synchronous=FULL")
            # What was taken offline leaves no words behind in free pages of the file.
            database.execute("PRAGMA secure_delete=ON")
            database.execute("PRAGMA cache_size=-16000")  # KiB: what publications touch again
            # No publication waits until the log is copied into the file, unless it grows very long.
            database.execute("PRAGMA wal_autocheckpoint=20000")
            self._opened = database
        return self._opened

    def let_go(self) -> None:
        """Close the file until it is needed: a process may not be forked with it open."""
        if self._opened is not None:
            with self._told():
                self._opened.close()
            self._opened = None

    def run(self, script: str) -> None:
        with self._told():
            self._connection.executescript(script)

    def read(self, query: str, *values: Value) -> list[tuple[Value, ...]]:
        with self._told():
            return self._connection.execute(query, values).fetchall()

    def each(self, query: str, *values: Value) -> Iterator[tuple[Value, ...]]:
        """Read rows one by one: all of them at once may be much."""
        with self._told():
            yield from self._connection.execute(query, values)

    def write(self, statement: str, *values: Value) -> None:
        with self._told():
            self._connection.execute(statement, values)

    def write_all(self, statement: str, rows: Iterable[tuple[Value, ...]]) -> None:
        with self._told():
            self._connection.executemany(statement, rows)

    def write_back(self) -> None:
        """Copy the log into the file: for when nobody waits."""
        with self._told():
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def empty_log(self) -> None:
        """Write what the log holds into the file, and nothing of what was there before stays."""
        with self._told():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on disk when it ends."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self.times_undone += 1
                # Where the disk is full, SQLite may have undone it already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise PressError(
                f"The press can't keep its documents in {self._file}: {error}."
            ) from error
