"""What a film of 200 MB costs in memory, on its way through the press and out of the gate."""

import hashlib
import socket
import sys
from pathlib import Path

import pytest

from tests.benchmarks.figures import beside
from tests.benchmarks.press_home import ROOT
from tests.benchmarks.processes import family, measured, peak_memory
from tests.integration.press.gated import READER
from tests.integration.press.newsroom import TOKEN, FakeNewsroom, serving
from tests.serving import People, granian
from tests.unit.hub_site import samples

FILM = 200_000_000
SHORT = 2_000_000
WATCHING = 20
MOST_MORE = 30.0
"""MiB: pieces under way, and what counting them costs; a film held once is 190."""


def newsroom_with(size: int) -> tuple[FakeNewsroom, str]:
    """A small hub with a film of so many bytes, and where it lies on the hub."""
    fake = FakeNewsroom()
    fake.publish(*samples.sample_hub(stories=2))
    film = b"\0\0\0\x20ftypmp42" + bytes(size)
    digest = hashlib.sha256(film).hexdigest()
    title = "Truus krijgt een hoed"
    (told,) = (each for _, each in fake.changes.values() if each and each["title"] == title)
    fake.publish({**told, "hash": digest, "bytes": len(film)})
    fake.pictures[digest] = film
    return fake, f"assets/images/{digest}.mp4"


def press_peak(home: Path, size: int) -> float:
    home.mkdir()
    (home / "token").write_text(TOKEN)
    fake, path = newsroom_with(size)
    with serving(fake) as address:
        command = [sys.executable, "-m", "tests.benchmarks.film_press", home]
        spent = measured([*command, address.removesuffix("/graphql/")], cwd=ROOT)
    (home / "path").write_text(path)
    return float(spent.said)


def watch(port: int, path: str) -> socket.socket:
    """Ask for a film, and read no more of it than the start."""
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(f"GET /{path} HTTP/1.1\r\nHost: x\r\nCookie: {READER}\r\n\r\n".encode())
    assert line.recv(1000).startswith(b"HTTP/1.1 200")
    return line


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def test_a_film_goes_through_the_press_in_pieces(homes: Path) -> None:
    short = press_peak(homes / "short", SHORT)
    long = press_peak(homes / "long", FILM)

    beside("film_press_mb", long, "MB", peer=short)
    assert long - short < MOST_MORE


def test_who_watches_slowly_costs_the_gate_a_piece(homes: Path) -> None:
    home = homes / "long"
    people = People(homes / "people.json")
    people.let_in({READER: ["everyone"]})
    path = (home / "path").read_text()
    with granian(home / "releases", people) as gate:
        first = watch(gate.port, path)
        before = max(map(peak_memory, family(gate.process.pid)))
        lines = [watch(gate.port, path) for _each in range(WATCHING)]
        got = 0
        while piece := first.recv(1 << 20):
            got += len(piece)
            if got > FILM:
                break
        after = max(map(peak_memory, family(gate.process.pid)))
        for line in [first, *lines]:
            line.close()

    beside("film_gate_mb", after, "MB", peer=before)
    assert got > FILM
    assert after - before < MOST_MORE
