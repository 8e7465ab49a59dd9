"""What the hub's own clock shows, its two odd nights included."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

MINUTE = timedelta(minutes=1)


def hub_zone() -> ZoneInfo:
    """Return the one time zone in which the hub tells the time."""
    return ZoneInfo(settings.TIME_ZONE)


def moments_of(wall: datetime) -> list[datetime]:
    """Return the moments in UTC at which the hub's clock shows this: none, one, or two.

    Args:
        wall: A date and a time without a zone.
    """
    moments = []
    for moment in _both_readings(wall):
        if moment.astimezone(hub_zone()).replace(tzinfo=None) == wall and moment not in moments:
            moments.append(moment)
    return moments


def neighbours_of(wall: datetime) -> list[datetime]:
    """Return the moments in UTC nearest to a time that the clock skips, or shows twice.

    They are the last minute before and the first one after at which the clock shows what it shows
    only once.

    Args:
        wall: A date and a time without a zone, for which `moments_of` does not return one.
    """
    early, late = sorted(_both_readings(wall))
    change = _change_between(early, late)
    is_doubled = len(moments_of(wall)) > 1
    # All of the time that is shown twice lies around the change, half of it on either side.
    doubled = late - early if is_doubled else timedelta()
    return [change - doubled - MINUTE, change + doubled]


def _both_readings(wall: datetime) -> list[datetime]:
    """Return the moments by the offset of before and of after a change; mostly the same."""
    zone = hub_zone()
    return [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]


def _change_between(early: datetime, late: datetime) -> datetime:
    """Return the moment between two others at which the hub's clock changes, to the minute."""
    zone = hub_zone()
    start = early.replace(second=0, microsecond=0)
    offset = start.astimezone(zone).utcoffset()
    minutes = int((late - start) / MINUTE) + 1
    candidates = (start + timedelta(minutes=step) for step in range(minutes + 1))
    return next(moment for moment in candidates if moment.astimezone(zone).utcoffset() != offset)
