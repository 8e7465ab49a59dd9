"""A PostgreSQL of the tests' own: in a temporary folder, on a socket of its own, gone with them."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
ADMINISTRATOR = "plein"
STARTS_WITHIN = 60.0
FAST: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
DURABLE: Mapping[str, str] = {}
"""As the server comes: what it has said yes to survives the server's own sudden death."""

# Its standard input is ours: when the tests die, however they die, so does the server.
LEASH = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'


class NoPostgresqlError(RuntimeError):
    """There is no PostgreSQL on this machine."""


def programs() -> Path:
    """Return the folder of the newest server that is installed.

    Raises:
        NoPostgresqlError: None is.
    """
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found and (named := shutil.which("initdb")):
        found.append(Path(named).resolve())
    if not found:
        raise NoPostgresqlError
    return found[-1].parent


@dataclass
class Cluster:
    """One server with its data; `start` may follow `stop` or `kill`, as after a crash."""

    options: Mapping[str, str] = field(default_factory=lambda: FAST)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="plein-pg-")))
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        """Return the address of the database `plein`, as `PLEIN_DATABASE_URL` takes it."""
        return f"postgresql://{ADMINISTRATOR}@/plein?host={self.folder}"

    def make(self) -> None:
        """Make the data folder, with nothing in it yet but a database `plein`."""
        self._give_away()
        words = ["--no-sync", "--auth=trust", f"--username={ADMINISTRATOR}"]
        words += ["--encoding=UTF8", "--locale=C.UTF-8"]
        self._run([str(programs() / "initdb"), *words, str(self.data)])
        self.start()
        self.execute("CREATE DATABASE plein", database="postgres")

    def copy_of(self, data: Path) -> None:
        """Begin with the data folder of a server that was stopped."""
        shutil.copytree(data, self.data)
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._give_away()
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        settings |= {"max_connections": "150", **self.options}
        words = [word for pair in settings.items() for word in ("-c", "=".join(pair))]
        command = [str(programs() / "postgres"), "-D", str(self.data), *words]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", LEASH, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._unprivileged(),
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """Let the server die as by a power cut that spares the disk's own cache."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGQUIT)
        self.stop()

    def stop(self) -> None:
        """Stop the server in an orderly way."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait(STARTS_WITHIN)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str, *, database: str = "plein") -> list[tuple[Any, ...]]:
        """Carry out one statement outside any transaction; return its rows, if it has any."""
        with psycopg.connect(
            host=str(self.folder), user=ADMINISTRATOR, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _wait_until_it_answers(self) -> None:
        limit = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < limit:
            try:
                self.execute("SELECT 1", database="postgres")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        message = f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()[-2000:]}"
        raise TimeoutError(message)

    def _give_away(self) -> None:
        """Let the folder be the server's: it refuses to run as the administrator of a machine."""
        if user := self._unprivileged().get("user"):
            account = pwd.getpwnam(user)
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, account.pw_uid, account.pw_gid)

    def _run(self, command: Sequence[str]) -> None:
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, cwd="/", **self._unprivileged()
        )

    @staticmethod
    def _unprivileged() -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": "postgres", "group": "postgres", "extra_groups": []}
