"""What a page costs to serve, beside a plain nginx in the same run, and how many there can be.

The load comes from `wrk` (on Debian: apt-get install wrk). Everybody is on one machine, so the
figures are CPU seconds of the servers' own processes; requests a second only say what is left.
"""

import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub_site.releases import Releases
from tests.benchmarks.figures import beside, told
from tests.integration.press import gated
from tests.serving import People, Served, free_port, granian, nginx, nginx_in_front

PAGES = 400
ROUNDS, SECONDS = 5, 3
CONNECTIONS = 32
MOST_P99_MS = 20.0
MOST_GATE_COSTS, MOST_FRONT_COSTS = 4.5, 2.0
"""Times what a page costs a plain nginx, in CPU time."""
TICKS = 100
"""Of a second, as Linux counts CPU time for others to read."""
PLAIN = """
server {{
    listen 127.0.0.1:{port};
    root {root}/live;
    access_log off;
    gzip_static on;
    gzip_vary on;
    index index.html;
    types {{ text/html html; }}
}}
"""
ASK_LIKE_A_BROWSER = """
local count = 0
request = function()
    count = (count + 7) % {pages}
    return wrk.format("GET", "/verhaal/" .. count .. "/")
end
"""


@dataclass(frozen=True)
class Load:
    """What one run of wrk came to."""

    requests: int
    per_second: float
    p99_ms: float
    errors: int
    cpu_us: float


@dataclass(frozen=True)
class Servers:
    folder: Path
    plain: Served
    gate: Served
    front: Served


def hub_of(folder: Path) -> Releases:
    """Pages of about 28 kB, 7 kB compressed, as stories on a real hub are."""
    releases = gated.gated_hub(folder)
    files = gated.files()
    for number in range(PAGES):
        words = " ".join(f"woord{(number * 37 + each * 101) % 4001}" for each in range(2_600))
        files[f"verhaal/{number}/index.html"] = f"<!doctype html><p>{words}</p>".encode()
    gated.activate(releases, files)
    gated.tend(releases)
    return releases


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    if shutil.which("wrk") is None:
        pytest.fail("There is no wrk to make load with: apt-get install wrk", pytrace=False)
    folder = tmp_path_factory.mktemp("bench")
    releases = hub_of(folder)
    gated.web_root(folder, releases).follow()
    people = People(folder / "people.json")
    people.let_in(gated.PEOPLE)
    (folder / "ask.lua").write_text(ASK_LIKE_A_BROWSER.format(pages=PAGES))
    port = free_port()
    with ExitStack() as running:
        text = PLAIN.format(port=port, root=folder / "web")
        plain = running.enter_context(nginx(text, folder / "plain", port=port))
        gate = running.enter_context(granian(gated.releases_in(folder), people))
        front = running.enter_context(nginx_in_front(gate.port, folder / "web", folder / "front"))
        yield Servers(folder, plain, gate, front)


def family(pid: int) -> Iterator[int]:
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in children:
        yield from family(int(child))


def cpu_seconds(*served: Served) -> float:
    ticks = 0
    for each in served:
        for pid in family(each.process.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def memory_mb(served: Served) -> float:
    pages = sum(
        int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in family(served.process.pid)
    )
    return pages * 4096 / 1024 / 1024


def load(servers: Servers, served: Served, *others: Served, seconds: int = SECONDS) -> Load:
    begun = cpu_seconds(served, *others)
    said = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"),
            *("-H", f"Cookie: {gated.READER}", "-H", "Accept-Encoding: gzip, deflate, br"),
            *("-s", str(servers.folder / "ask.lua"), f"http://127.0.0.1:{served.port}/"),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    spent = cpu_seconds(served, *others) - begun
    requests = int(found(r"(\d+) requests in", said))
    errors = sum(int(each) for each in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    errors += sum(int(each) for each in re.findall(r"(?:read|connect|timeout) (\d+)", said))
    return Load(
        requests=requests,
        per_second=float(found(r"Requests/sec:\s+([\d.]+)", said)),
        p99_ms=milliseconds(found(r"99%\s+([\d.]+\w+)", said)),
        errors=errors,
        cpu_us=spent / requests * 1e6,
    )


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def in_turns(servers: Servers) -> dict[str, list[Load]]:
    """Each in turn, several times over: what else the machine does meets all of them."""
    ways = {
        "plain": (servers.plain,),
        "gate": (servers.gate,),
        "front": (servers.front, servers.gate),
    }
    for served in ways.values():
        load(servers, *served, seconds=1)  # fills what each of them keeps in memory
    runs: dict[str, list[Load]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, served in ways.items():
            runs[name].append(load(servers, *served))
    return runs


def test_page_costs_little_more_than_from_a_plain_nginx(servers: Servers) -> None:
    runs = in_turns(servers)
    cost = {name: statistics.median(each.cpu_us for each in runs[name]) for name in runs}
    best = max(each.per_second for each in runs["gate"])

    gate = beside("gate_cpu_us", cost["gate"], "us CPU", peer=cost["plain"])
    front = beside("nginx_cpu_us", cost["front"], "us CPU", peer=cost["plain"])
    told("gate_requests_s", best, "requests/s")
    told("plain_nginx_requests_s", max(each.per_second for each in runs["plain"]), "requests/s")
    assert not any(each.errors for several in runs.values() for each in several)
    assert gate >= 1 / MOST_GATE_COSTS
    assert front >= 1 / MOST_FRONT_COSTS


def test_memory_stays_flat_however_many_pages_are_served(servers: Servers) -> None:
    load(servers, servers.gate, seconds=SECONDS)
    before = memory_mb(servers.gate)
    run = load(servers, servers.gate, seconds=SECONDS * 4)
    after = memory_mb(servers.gate)

    beside("gate_memory_mb", after, "MB", peer=before)
    sys.stdout.write(f"after {run.requests} more requests\n")
    assert after - before < 8


def test_half_of_what_can_be_served_comes_quickly(servers: Servers) -> None:
    most = max(load(servers, servers.gate).per_second for _ in range(2))
    pause = CONNECTIONS / (most / 2) * 1000
    script = ASK_LIKE_A_BROWSER.format(pages=PAGES) + f"delay = function() return {pause:.0f} end"
    (servers.folder / "ask.lua").write_text(script)

    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(load(servers, servers.gate))
        theirs.append(load(servers, servers.plain))

    p99, plain = (statistics.median(run.p99_ms for run in runs) for runs in (ours, theirs))
    half = statistics.median(run.per_second for run in ours)
    beside("gate_p99_half_load_ms", p99, "ms", peer=plain)
    sys.stdout.write(f"at {half:.0f} requests/s of {most:.0f}\n")
    assert not any(run.errors for run in ours)
    # A machine that is busy with other things makes even a plain nginx wait.
    assert p99 <= max(MOST_P99_MS, 2 * plain)
