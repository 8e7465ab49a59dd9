"""What processes spend, from outside: wall time, CPU time of all they start, memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LAST_LINES = 2000


@dataclass(frozen=True)
class Spent:
    """What one process cost, those that it started and waited for included."""

    wall: float  # seconds
    cpu: float  # seconds, of all cores
    said: str  # on standard output


def measured(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Spent:
    """Run a command to its end; one that fails fails the measurement, with what it said."""
    os.sync()  # what came before it may have left much to write, that is not its to wait for
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=env, cwd=cwd, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        for stream in (output, errors):
            stream.seek(0)
        said = output.read()
        assert process.returncode == 0, f"{command}: {(errors.read() + said)[-LAST_LINES:]}"
    return Spent(wall, usage.ru_utime + usage.ru_stime, said)


def family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def cpu_of_family(pid: int) -> float:
    """CPU seconds of a process and all that descend from it, so far; those that ended included."""
    return sum(_cpu(each) for each in family(pid))


def _cpu(pid: int) -> float:
    # The second field, the name, may hold anything; after it come numbers.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def peak_memory(pid: int | str) -> float:
    """The most that a running process, or `self`, ever held, in MiB.

    What `wait4` says of memory counts what the process was before it became this program.
    """
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"Process {pid} has no memory of its own.")


def command_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
