"""The chart of lateness: where each dot goes. Its words stand beside it, and its table below."""

from dataclasses import dataclass
from datetime import timedelta

from cms.alarms.lateness import PROMISED, Lateness

SLOTS = 120
"""More dots than this can't be told apart; of those that fall together the slowest is shown."""
HEIGHT, FLOOR, CEILING = 172, 132, 28
"""In pixels from above; across, everything is in per cent, so that a phone has it all as well."""
LEFT, RIGHT = 9.0, 98.5
TOP = timedelta(seconds=3)


@dataclass(frozen=True)
class Dot:
    """One publication, or the slowest of some that went live close together."""

    x: str
    y: str
    is_slow: bool
    is_off: bool


@dataclass(frozen=True)
class Chart:
    """Everything that the drawing needs, in the units that it draws in."""

    dots: list[Dot]
    lines: list[tuple[int, str]]
    promised: str
    height: int = HEIGHT
    floor: int = FLOOR
    left: str = f"{LEFT}%"
    right: str = f"{RIGHT}%"
    width: str = f"{RIGHT - LEFT}%"


def chart_of(lateness: Lateness) -> Chart:
    """Lay out the dots of some weeks."""
    slowest: dict[int, timedelta] = {}
    span = lateness.until - lateness.since
    for at, late in lateness.measured:
        slot = min(int((at - lateness.since) / span * SLOTS), SLOTS - 1)
        slowest[slot] = max(late, slowest.get(slot, late))
    return Chart(
        dots=[_dot(slot, late) for slot, late in sorted(slowest.items())],
        lines=[(second, _y(timedelta(seconds=second))) for second in (0, 1, 3)],
        promised=_y(PROMISED),
    )


def _dot(slot: int, late: timedelta) -> Dot:
    x = LEFT + (RIGHT - LEFT) * (slot + 0.5) / SLOTS
    return Dot(x=f"{x:.2f}%", y=_y(late), is_slow=late > PROMISED, is_off=late > TOP)


def _y(late: timedelta) -> str:
    """Return how far from above; what is off the scale stays on its edge."""
    share = min(max(late / TOP, -0.1), 1.0)
    return f"{FLOOR - (FLOOR - CEILING) * share:.1f}"
