"""From the date and the time that somebody chose to one moment, on the hub's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.workflow.errors import MomentComesTwice, MomentRefused


class Season(StrEnum):
    """Which of the two, when a time comes twice."""

    SUMMER = "summer"
    WINTER = "winter"


def hub_zone() -> ZoneInfo:
    """Return the one time zone in which the hub tells the time."""
    return ZoneInfo(settings.TIME_ZONE)


def parse_moment(
    day: date, at: time, *, now: datetime, season: Season | str | None = None
) -> datetime:
    """Return the moment in UTC of a wall-clock time in the hub's zone.

    Args:
        day: The date on the hub's calendar.
        at: The time on the hub's clock; seconds and smaller are kept.
        now: What lies before it is refused.
        season: Which of the two, for a time in the night the clock goes back.

    Raises:
        MomentComesTwice: The clock shows this time twice and `season` does not say which.
        MomentRefused: The time does not exist that night, or has passed.
    """
    moments = _moments_of(datetime.combine(day, at.replace(tzinfo=None, fold=0)))
    if not moments:
        raise _no_such_time(day, at)
    if len(moments) > 1 and season is None:
        raise MomentComesTwice(instead=moments)
    moment = moments[-1] if season == Season.WINTER else moments[0]
    refuse_past(moment, now=now)
    return moment


def refuse_past(moment: datetime, *, now: datetime) -> None:
    """Refuse a moment that nothing can be on time for any more."""
    if moment <= now:
        raise MomentRefused(
            _("%(time)s has passed. Choose another time.") % {"time": in_words(moment)}
        )


def _moments_of(wall: datetime) -> list[datetime]:
    """Return the moments at which the hub's clock shows this: none, one, or two."""
    zone = hub_zone()
    moments = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall and moment not in moments:
            moments.append(moment)
    return moments


def _no_such_time(day: date, at: time) -> MomentRefused:
    """Say that the clock skips this time, and name the last moment before and the first after."""
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    zone = hub_zone()
    # Read with the offset of before the change, a skipped time lands behind it, and the reverse.
    behind = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    change = _change_between(before, behind)
    instead = [change - timedelta(minutes=1), change]
    return MomentRefused(
        _("The clock skips %(time)s that night. Choose %(before)s or %(after)s.")
        % {
            "time": date_format(wall, "H:i"),
            "before": date_format(instead[0].astimezone(zone), "H:i"),
            "after": date_format(instead[1].astimezone(zone), "H:i"),
        },
        instead=instead,
    )


def _change_between(early: datetime, late: datetime) -> datetime:
    """Return the moment between two others at which the hub's clock changes, to the minute."""
    zone = hub_zone()
    start = early.replace(second=0, microsecond=0)
    offset = start.astimezone(zone).utcoffset()
    minutes = int((late - start) / timedelta(minutes=1)) + 1
    candidates = (start + timedelta(minutes=step) for step in range(minutes + 1))
    return next(moment for moment in candidates if moment.astimezone(zone).utcoffset() != offset)


def in_words(moment: datetime) -> str:
    """Write a moment as the newsroom does: `di 1 december 2026 om 09:00`.

    A time that the clock shows twice that night says which of the two it is.
    """
    local = moment.astimezone(hub_zone())
    words = _("%(weekday)s %(date)s at %(time)s") % {
        "weekday": date_format(local, "D"),
        "date": date_format(local, "j F Y"),
        "time": date_format(local, "H:i"),
    }
    if len(_moments_of(local.replace(tzinfo=None, fold=0))) < 2:  # noqa: PLR2004 - twice
        return words
    return f"{words} ({_('winter time') if local.fold else _('summer time')})"
