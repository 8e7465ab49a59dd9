"""Where a run of `make bench` leaves its figures: `bench.json`, one object for each."""

import gc
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from cms.config.home import CHECKOUT

FILE = CHECKOUT / "bench.json"
WARM_UP, RUNS = 2, 7
DIGITS = 3


@dataclass(frozen=True)
class Figure:
    """One measured value, and what it stands beside.

    `peer` is what another tool needed in the same run, or the most that we allow ourselves, in the
    same unit; `ratio` says how many times better than that we are. Both are None for what is only
    told.
    """

    name: str
    value: float
    unit: str
    peer: float | None = None
    ratio: float | None = None


def beside(name: str, value: float, unit: str, *, peer: float) -> float:
    """Keep a figure beside a peer's, or beside the most that it may be; give the ratio."""
    ratio = peer / value
    keep(Figure(name, value, unit, peer=peer, ratio=ratio))
    return ratio


def told(name: str, value: float, unit: str) -> None:
    """Keep a figure that stands by itself."""
    keep(Figure(name, value, unit))


def side_by_side(name: str, ours: Callable[[], object], peer: Callable[[], object]) -> float:
    """Measure two ways to the same thing in turns; give how many times as fast ours is.

    In CPU time, because what else the machine does matters least to that.
    """
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(WARM_UP + RUNS):
        for measured, times in ((ours, mine), (peer, theirs)):
            spent = _milliseconds(measured)
            if turn >= WARM_UP:
                times.append(spent)
    return beside(name, statistics.median(mine), "ms CPU", peer=statistics.median(theirs))


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the least value that so many percent are not above; of ten, p95 is the highest."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def keep(figure: Figure) -> None:
    """Write a figure in place of the one of an earlier run, and show it."""
    rounded = {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in asdict(figure).items()
    }
    held = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
    held = [each for each in held if each["name"] != figure.name] + [rounded]
    FILE.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    stands_beside = "" if figure.peer is None else f", beside {figure.peer:.5g}"
    times = "" if figure.ratio is None else f": {figure.ratio:.3g} times"
    sys.stdout.write(f"{figure.name}: {figure.value:.5g} {figure.unit}{stands_beside}{times}\n")


def _milliseconds(measured: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    measured()
    return (time.process_time() - start) * 1000
