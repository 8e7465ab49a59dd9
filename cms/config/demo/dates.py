"""Moves the dates of the demo so that it is always now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Shift:
    """How far the demo's own calendar stands from today's.

    Weekdays keep their place, so everything moves by whole weeks; what hangs on a day of the year
    (Christmas, the fourth of May) goes to the nearest such day on the same side of now; the month
    somebody started moves by whole months, so that jubilees stay jubilees.
    """

    reference_day: date
    now: datetime
    zone: ZoneInfo

    @property
    def weeks(self) -> int:
        today = self.now.astimezone(self.zone).date()
        return (today - self.reference_day).days // DAYS_OF_A_WEEK

    def moment(self, written: str, *, anchored: bool = False) -> datetime:
        """Return the moment in today's calendar of one written in the demo's own, in local time."""
        local = datetime.fromisoformat(written)
        if anchored:
            return self._same_day_of_year(local)
        return self._in_zone(local + timedelta(weeks=self.weeks))

    def day(self, written: str, *, anchored: bool = False) -> date:
        return self.moment(written, anchored=anchored).astimezone(self.zone).date()

    def month(self, written: str) -> str:
        """Return `2019-03` moved by the months between the reference day and now."""
        year, month = (int(part) for part in written.split("-"))
        today = self.now.astimezone(self.zone).date()
        passed = (
            (today.year - self.reference_day.year) * 12 + today.month - self.reference_day.month
        )
        index = year * 12 + month - 1 + passed
        return f"{index // 12:04d}-{index % 12 + 1:02d}"

    def _same_day_of_year(self, local: datetime) -> datetime:
        """Keep the side of now that the moment was on, as many years away as it was."""
        reference = datetime.combine(self.reference_day, datetime.min.time())
        today = self.now.astimezone(self.zone).replace(tzinfo=None)
        years = today.year - reference.year
        candidates = [local.replace(year=local.year + years + step) for step in (-1, 0, 1)]
        was_ahead = local > reference
        same_side = [moment for moment in candidates if (moment > today) == was_ahead]
        distance = local - reference
        return self._in_zone(min(same_side, key=lambda moment: abs((moment - today) - distance)))

    def _in_zone(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone)
