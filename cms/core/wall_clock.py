"""What the hub's own clock shows, its two odd nights included."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings

MINUTE = timedelta(minutes=1)
YEARS = range(1900, 2200)
"""The hub's calendar, which the press shares; a year outside of it is a slip of the hand."""


class Season(StrEnum):
    """Which of the two, when a time comes twice."""

    SUMMER = "summer"
    WINTER = "winter"


def hub_zone() -> ZoneInfo:
    """Return the one time zone in which the hub tells the time."""
    return ZoneInfo(settings.TIME_ZONE)


def zone_in_words() -> str:
    """Name the hub's zone by its city, as people do."""
    return str(hub_zone()).rpartition("/")[2].replace("_", " ")


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
    is_doubled = is_twice(wall)
    # All of the time that is shown twice lies around the change, half of it on either side.
    doubled = late - early if is_doubled else timedelta()
    return [change - doubled - MINUTE, change + doubled]


def is_twice(wall: datetime) -> bool:
    """Say whether the hub's clock shows this at two moments."""
    return len(moments_of(wall)) > 1


def moment_in(wall: datetime, season: Season | str) -> datetime:
    """Return the moment in UTC of a time that comes twice, by which of the two it is."""
    moments = moments_of(wall)
    return moments[-1] if season == Season.WINTER else moments[0]


def season_of(moment: datetime) -> Season | None:
    """Return which of the two it is, of a moment whose time comes twice; None of any other."""
    local = moment.astimezone(hub_zone())
    if not is_twice(local.replace(tzinfo=None, fold=0)):
        return None
    return Season.WINTER if local.fold else Season.SUMMER


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
