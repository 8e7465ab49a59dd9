"""The database a test stands on: migrated once per state of the migrations, then copied."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection

from cms.config import environment
from cms.config.fingerprint import migrations_fingerprint
from cms.config.home import CHECKOUT
from tests.postgresql import FAST, Cluster

TEMPLATES = CHECKOUT / "build" / "test-databases"
CHOICE = "PLEIN_TEST_DATABASE"
SERVER = "PLEIN_TEST_DATABASE_FOLDER"
"""Where the server of this run keeps its data and its socket; told to xdist's workers."""


class Copies(Protocol):
    """Hands out databases in which only the migrations have been."""

    def fresh(self) -> None:
        """Let the connection lead to a new copy."""


def is_postgresql() -> bool:
    return environment.text(CHOICE) == "postgresql"


class SqliteCopies:
    """Copies of a file."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "db.sqlite3"
        self.template = migrated_sqlite()
        _connect_to(NAME=str(self.database))

    def fresh(self) -> None:
        connection.close()
        draft = self.database.with_suffix(".draft")
        for left in self.database.parent.glob("db.sqlite3-*"):
            left.unlink()
        shutil.copyfile(self.template, draft)
        draft.replace(self.database)


class PostgresqlCopies:
    """Copies of a database within the one server of this run."""

    def __init__(self, worker: str) -> None:
        self.cluster = Cluster(folder=Path(os.environ[SERVER]))
        self.name = f"plein_{worker}"
        _connect_to(NAME=self.name, HOST=str(self.cluster.folder))

    def fresh(self) -> None:
        connection.close()
        for statement in (
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE plein",
        ):
            self.cluster.execute(statement, database="postgres")


@contextmanager
def server_of_this_run() -> Iterator[None]:
    """Keep a PostgreSQL going for all tests of this run, and tell where it is."""
    with migrated_server(FAST) as cluster:
        os.environ[SERVER] = str(cluster.folder)
        yield
    os.environ.pop(SERVER, None)


@contextmanager
def migrated_server(options: Mapping[str, str]) -> Iterator[Cluster]:
    """Keep a PostgreSQL going with a migrated database `plein` in it."""
    cluster = Cluster(options=options)
    try:
        cluster.copy_of(_template(*KINDS["postgresql"]))
        yield cluster
    finally:
        cluster.remove()


def migrated_sqlite() -> Path:
    """Return a SQLite file in which only the migrations have been; not to be written to."""
    return _template(*KINDS["sqlite"])


def _connect_to(**place: str) -> None:
    settings.DATABASES["default"].update(place)
    connection.settings_dict.update(place)


def _template(suffix: str, make: Callable[[Path], None]) -> Path:
    """Return what was made for this state of the migrations, or make it."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(migrations_fingerprint().encode()).hexdigest()[:20]
    template = TEMPLATES / f"{name}{suffix}"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for stale in TEMPLATES.glob(f"*{suffix}"):
                _remove(stale)
            draft = template.with_suffix(".draft")
            _remove(draft)
            make(draft)
            draft.replace(template)
    return template


def _make_sqlite(draft: Path) -> None:
    _migrate({CHOICE: "sqlite"}, NAME=str(draft))


def _make_postgresql(draft: Path) -> None:
    cluster = Cluster()
    try:
        cluster.make()
        _migrate({CHOICE: "postgresql"}, NAME="plein", HOST=str(cluster.folder))
        cluster.stop()
        shutil.copytree(cluster.data, draft)
    finally:
        cluster.remove()


def _migrate(choice: dict[str, str], **place: str) -> None:
    """Migrate in a process of its own: this one must not keep a connection to it."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.core.management import call_command\n"
        f"settings.DATABASES['default'].update({place!r})\n"
        "call_command('migrate', verbosity=0)\n"
    )
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    subprocess.run([sys.executable, "-c", code], check=True, env={**unmeasured, **choice})


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


KINDS = {"sqlite": (".sqlite3", _make_sqlite), "postgresql": (".postgresql", _make_postgresql)}

if __name__ == "__main__":
    for kind in sys.argv[1:]:
        _template(*KINDS[kind])
