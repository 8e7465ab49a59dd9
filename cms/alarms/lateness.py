"""How late publications were: from their moment to the release that readers got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.publishing.models import Publication

WEEKS = 4
PROMISED = timedelta(seconds=2)
MEANINGFUL = 100
"""From this many publications on it makes sense to speak of 99 in 100."""


@dataclass(frozen=True)
class Lateness:
    """The publications of the last weeks, in the order in which they went live.

    Attributes:
        since: Where the weeks begin.
        until: Where they end.
        measured: When each went live and how long after its moment; less than nothing is early.
    """

    since: datetime
    until: datetime
    measured: Sequence[tuple[datetime, timedelta]]

    @property
    def early(self) -> int:
        return sum(late < timedelta() for _at, late in self.measured)

    @property
    def slow(self) -> int:
        """Count those that readers had to wait for longer than was promised."""
        return sum(late > PROMISED for _at, late in self.measured)

    def within(self, share: float) -> timedelta:
        """Return the time within which this share of them was there.

        Args:
            share: Between 0 and 1; there must be something measured.
        """
        ordered = sorted(late for _at, late in self.measured)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def lateness(*, now: datetime) -> Lateness:
    """Measure the last four weeks, in one query."""
    since = now - timedelta(weeks=WEEKS)
    found = Publication.objects.on_time_or_late().filter(live_at__gte=since, live_at__lte=now)
    moments = found.order_by("live_at", "pk").values_list("due_at", "live_at")
    return Lateness(since, now, [(live, live - due) for due, live in moments if live])
