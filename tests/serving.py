"""Starts what serves the hub for real: the gate under granian, and Debian's nginx in front."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cms.config.nginx import Front, configuration

OPEN_WITHIN = 60.0
MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/hub.conf;
}}
"""
UNMEASURED = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}


@dataclass(frozen=True)
class Served:
    """A server that answers, and its process."""

    port: int
    process: "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class People:
    """Who may read what, in a file that the gate's process looks into each time it asks."""

    file: Path

    def let_in(self, cookies: Mapping[str, list[str]]) -> None:
        half = self.file.with_suffix(".half")
        half.write_text(json.dumps(cookies))
        half.replace(self.file)

    def lose(self) -> None:
        """Nobody can be asked any more."""
        self.file.unlink()

    def audiences_of(self, cookie: str) -> frozenset[str] | None:
        held: dict[str, list[str]] = json.loads(self.file.read_text())
        return frozenset(held[cookie]) if cookie in held else None


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def granian(
    releases: Path, people: People, *, application: str = "tests.gate_process:application"
) -> Iterator[Served]:
    """Run the gate in processes of its own, as `plein web` does."""
    port = free_port()
    words = ["--interface", "asgi", "--no-ws", "--no-log", "--host", "127.0.0.1"]
    told = {"PLEIN_TEST_RELEASES": str(releases), "PLEIN_TEST_PEOPLE": str(people.file)}
    command = [sys.executable, "-m", "granian", *words, "--port", str(port), application]
    with running(command, port, env={**UNMEASURED, **told}) as served:
        yield served


@contextmanager
def nginx(text: str, folder: Path, *, port: int) -> Iterator[Served]:
    """Run nginx with this configuration as an administrator's would include it."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.fail("There is no nginx to test with: run .ci/nginx", pytrace=False)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hub.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    main = MAIN.format(folder=folder, user=user)
    (folder / "nginx.conf").write_text(main)
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with running(command, port, env=UNMEASURED) as served:
        yield served


@contextmanager
def nginx_in_front(
    plein: int, root: Path, folder: Path, *, remembered: int = 5
) -> Iterator[Served]:
    """Run nginx with what `plein nginx` writes, before a Plein on this port."""
    port = free_port()
    front = Front(
        public_url=f"http://127.0.0.1:{port}",
        hosts=("localhost",),
        upstream=f"127.0.0.1:{plein}",
        root=root,
        listen=f"127.0.0.1:{port}",
        certificate=None,
        cache=folder / "cache",
        log=folder / "plein.log",
        error_log=folder / "faults.log",
        always={},
        remembered=remembered,
    )
    with nginx(configuration(front), folder, port=port) as served:
        yield served


@contextmanager
def running(command: list[str], port: int, *, env: Mapping[str, str]) -> Iterator[Served]:
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    try:
        _wait_until_open(process, port)
        yield Served(port, process)
    finally:
        stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End it and what it started; again does no harm."""
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=20)


def _wait_until_open(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + OPEN_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            said = process.stdout.read().decode() if process.stdout else ""
            pytest.fail(f"It ended at once: {said}", pytrace=False)
        with socket.socket() as door:
            door.settimeout(1)
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"Nothing listens on {port}.", pytrace=False)
