import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from cms.config.supervisor import Part, Supervisor

FOREVER = "import time; print(flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time, pathlib, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"
)


def python(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", code, *words]


def wait_for(claim: Callable[[], object], seconds: float = 10) -> None:
    limit = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def run_aside(supervisor: Supervisor) -> threading.Thread:
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    return thread


def test_a_part_that_dies_is_started_again() -> None:
    said: list[str] = []
    part = Part(name="clock", command=python(FOREVER))
    supervisor = Supervisor(parts=[part], say=said.append)
    thread = run_aside(supervisor)
    wait_for(lambda: part.process)
    assert part.process is not None
    first = part.process.pid

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: part.process and part.process.pid != first)
    supervisor.stop.set()
    thread.join(15)
    assert said == ["The clock stopped (exit -9); it starts again in 0.5 s."]


def test_each_death_makes_the_pause_longer_until_a_steady_run() -> None:
    part = Part(name="clock", command=[])
    part.started = 1000.0
    pauses = [part.note_death(1001.0) for _ in range(9)]

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert part.note_death(1500.0) == 0.5


def test_stopping_ends_every_part() -> None:
    parts = [Part(name=name, command=python(FOREVER)) for name in ("web", "clock")]
    supervisor = Supervisor(parts=parts, say=print)
    thread = run_aside(supervisor)
    wait_for(lambda: all(part.process for part in parts))

    supervisor.stop.set()
    thread.join(15)

    assert not thread.is_alive()
    assert all(part.process and part.process.poll() is not None for part in parts)


def test_a_part_that_will_not_stop_is_ended(tmp_path: Path) -> None:
    said: list[str] = []
    is_deaf = tmp_path / "deaf"
    part = Part(name="worker", command=python(STUBBORN, str(is_deaf)))
    supervisor = Supervisor(parts=[part], say=said.append, grace=0.3)
    thread = run_aside(supervisor)
    wait_for(is_deaf.exists)

    supervisor.stop.set()
    thread.join(15)

    assert said == ["The worker did not stop in 0.3 s and was ended."]


def test_a_part_does_not_outlive_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    part = (
        "import os, pathlib, time; from cms.config.leash import follow_supervisor;"
        f"follow_supervisor(); pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()));"
        "time.sleep(600)"
    )
    supervising = (
        "import sys; from cms.config.supervisor import Part, Supervisor;"
        f"part = Part(name='part', command=[sys.executable, '-c', {part!r}]);"
        "Supervisor(parts=[part], say=print).run()"
    )
    supervisor = os.posix_spawn(sys.executable, python(supervising), os.environ)
    wait_for(lambda: pid_file.exists() and pid_file.read_text())
    orphan = int(pid_file.read_text())

    os.kill(supervisor, signal.SIGKILL)
    os.waitpid(supervisor, 0)

    wait_for(lambda: not is_running(orphan))


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
