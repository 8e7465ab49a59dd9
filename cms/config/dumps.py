"""The database as one file, written while others work in it, and put back from that file."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from cms.config.errors import PleinError

PATIENCE_SECONDS = 6 * 3600
"""A dump of many years takes minutes; one that takes hours hangs."""
_OURS = {"pool", "options", "application_name"}


class Dumps(Protocol):
    """Writes a database to a file, and puts it back."""

    kind: str

    def write(self, target: Path) -> None:
        """Write all that was committed at one moment."""

    def is_empty(self) -> bool:
        """Say whether there is nothing to lose."""

    def set_aside(self, folder: Path) -> None:
        """Keep what is there now in a folder."""

    def put_back(self, source: Path) -> None:
        """Let the database be what a file says; all of it, or nothing changes."""


def dumps() -> Dumps:
    """Return what reads and writes the database of this home."""
    told = settings.DATABASES["default"]
    if told["ENGINE"].endswith("sqlite3"):
        return SqliteDumps(Path(told["NAME"]))
    return PostgresqlDumps(told)


class SqliteDumps:
    """SQLite's own way to copy a database that is in use; a copied file could be half a change."""

    kind = "sqlite"

    def __init__(self, database: Path) -> None:
        self.database = database

    def write(self, target: Path) -> None:
        try:
            with (
                closing(sqlite3.connect(self.database, timeout=60)) as live,
                closing(sqlite3.connect(target)) as copy,
            ):
                live.backup(copy)
                (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
        except sqlite3.Error as error:
            message = f"The database could not be copied: {error}."
            raise PleinError(message) from error
        if verdict != "ok":
            message = f"The database is damaged ({verdict}). Put a backup from before back."
            raise PleinError(message)

    def is_empty(self) -> bool:
        return not self.database.exists()

    def set_aside(self, folder: Path) -> None:
        for path in self.database.parent.glob(f"{self.database.name}*"):
            path.rename(folder / path.name)

    def put_back(self, source: Path) -> None:
        draft = self.database.with_name(self.database.name + ".restoring")
        shutil.copyfile(source, draft)
        # What a database of before left behind would be taken for changes to this one.
        for left in ("-wal", "-shm"):
            self.database.with_name(self.database.name + left).unlink(missing_ok=True)
        draft.replace(self.database)


class PostgresqlDumps:
    """`pg_dump` and `pg_restore`, which come with PostgreSQL."""

    kind = "postgresql"

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.place = {
            "dbname": told["NAME"],
            "user": told["USER"],
            "host": told["HOST"],
            "port": str(told["PORT"]),
            **{name: str(value) for name, value in told["OPTIONS"].items() if name not in _OURS},
        }
        self.password = str(told["PASSWORD"])

    def write(self, target: Path) -> None:
        self._run("pg_dump", ["--format=custom", "--lock-wait-timeout=20s", f"--file={target}"])

    def is_empty(self) -> bool:
        tables = self._run("psql", ["--tuples-only", "--command=\\dt"])
        return not tables.strip()

    def set_aside(self, folder: Path) -> None:
        self.write(folder / "database")

    def put_back(self, source: Path) -> None:
        ways = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
        self._run("pg_restore", [*ways, str(source)])

    def _run(self, program: str, words: Sequence[str]) -> str:
        """Run a program of PostgreSQL; the password is not among what others on the machine see."""
        path = shutil.which(program)
        if path is None:
            message = f"{program} is not on this machine: install PostgreSQL's client programs."
            raise PleinError(message)
        owner = [] if program == "psql" else ["--no-owner", "--no-privileges"]
        done = subprocess.run(  # noqa: S603 - our own words, and a path from this machine
            [path, *owner, f"--dbname={_conninfo(self.place)}", "--no-password", *words],
            env={**os.environ, "PGPASSWORD": self.password},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        if done.returncode:
            message = f"{program} could not do it: {' '.join(done.stderr.split())}"
            raise PleinError(message)
        return done.stdout


def _conninfo(place: Mapping[str, str]) -> str:
    """Write where a database is as libpq reads it."""
    quoted = {
        name: value.replace("\\", "\\\\").replace("'", "\\'")
        for name, value in place.items()
        if value
    }
    return " ".join(f"{name}='{value}'" for name, value in quoted.items())
