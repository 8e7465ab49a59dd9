"""Where a run of `make bench` leaves its figures, each beside its peer of the same run."""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from cms.config.home import CHECKOUT

FILE = CHECKOUT / "bench.json"
WARM_UP, RUNS = 2, 7


@dataclass(frozen=True)
class Figure:
    """A median and its peer's; `ratio` says how many times as fast we are."""

    name: str
    value: float
    unit: str
    peer: float
    ratio: float


def side_by_side(name: str, ours: Callable[[], object], peer: Callable[[], object]) -> Figure:
    """Measure two ways to the same thing in turns, in CPU time: other work matters least then."""
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(WARM_UP + RUNS):
        for measured, times in ((ours, mine), (peer, theirs)):
            spent = _milliseconds(measured)
            if turn >= WARM_UP:
                times.append(spent)
    value, against = statistics.median(mine), statistics.median(theirs)
    return keep(
        Figure(
            name=name,
            value=round(value, 2),
            unit="ms CPU",
            peer=round(against, 2),
            ratio=round(against / value, 2),
        )
    )


def keep(figure: Figure) -> Figure:
    """Write a figure in place of the one of an earlier run, and show it."""
    held = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
    held = [each for each in held if each["name"] != figure.name] + [asdict(figure)]
    FILE.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(
        f"{figure.name}: {figure.value} {figure.unit}, peer {figure.peer}: {figure.ratio} times\n"
    )
    return figure


def _milliseconds(measured: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    measured()
    return (time.process_time() - start) * 1000
