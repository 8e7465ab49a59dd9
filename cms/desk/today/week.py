"""This week, day by day: what went live and what will."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cms.publishing.models import Publication
from cms.workflow.moments import hub_zone


@dataclass
class Day:
    """One day and what is live on it or ready for it."""

    day: date
    is_today: bool
    publications: list[Publication] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    number: int
    days: list[Day]

    @property
    def to_come(self) -> int:
        return self._count(Publication.State.SCHEDULED)

    @property
    def live(self) -> int:
        return self._count(Publication.State.PUBLISHED)

    def _count(self, state: Publication.State) -> int:
        return sum(one.state == state for day in self.days for one in day.publications)


def this_week(*, now: datetime | None = None) -> Week:
    """Return the week of today on the hub's calendar, in one query."""
    zone = hub_zone()
    today = (now or timezone.now()).astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = {
        day: Day(day, is_today=day == today)
        for day in (monday + timedelta(days=number) for number in range(7))
    }
    start = datetime.combine(monday, time(), tzinfo=zone)
    end = datetime.combine(monday + timedelta(days=7), time(), tzinfo=zone)
    for publication in _on_hub(start, end):
        days[publication.due_at.astimezone(zone).date()].publications.append(publication)
    return Week(number=monday.isocalendar().week, days=list(days.values()))


def _on_hub(start: datetime, end: datetime) -> list[Publication]:
    """Return what is ready or still live; an item that went live twice counts once."""
    found = (
        Publication.objects.filter(due_at__gte=start, due_at__lt=end, page__isnull=False)
        .filter(state__in=[Publication.State.SCHEDULED, Publication.State.PUBLISHED])
        .select_related("page")
        .order_by("due_at", "pk")
    )
    newest: dict[tuple[int | None, str], Publication] = {}
    for one in found:
        is_live = one.page is not None and one.page.live
        if one.state == Publication.State.SCHEDULED or is_live:
            newest[one.page_id, one.state] = one
    return list(newest.values())
