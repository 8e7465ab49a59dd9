"""From the date and the time that somebody chose to one moment, on the hub's own clock."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core.wall_clock import (
    YEARS,
    Season,
    hub_zone,
    moment_in,
    moments_of,
    neighbours_of,
    season_of,
    zone_in_words,
)
from cms.workflow.errors import MomentComesTwice, MomentRefused

__all__ = [
    "Season",
    "hub_zone",
    "in_words",
    "in_words_elsewhere",
    "parse_moment",
    "refuse_past",
    "season_of",
]


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
        MomentRefused: The time does not exist that night, has passed, or lies centuries ahead.
    """
    if day.year not in YEARS:
        raise MomentRefused(_("Choose a day before %(year)s.") % {"year": YEARS.stop})
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    moments = moments_of(wall)
    if not moments:
        raise _no_such_time(wall)
    if len(moments) > 1 and season is None:
        raise MomentComesTwice(instead=moments)
    moment = moment_in(wall, season or Season.SUMMER)
    refuse_past(moment, now=now)
    return moment


def refuse_past(moment: datetime, *, now: datetime) -> None:
    """Refuse a moment that nothing can be on time for any more."""
    if moment <= now:
        raise MomentRefused(
            _("%(time)s has passed. Choose another time.") % {"time": in_words(moment)}
        )


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
    match season_of(moment):
        case Season.SUMMER:
            return f"{words} ({_('summer time')})"
        case Season.WINTER:
            return f"{words} ({_('winter time')})"
    return words


def in_words_elsewhere(moment: datetime) -> str:
    """Write a moment for who may read it far from the newsroom: with the place of the clock."""
    words = {"moment": in_words(moment), "place": zone_in_words()}
    return _("%(moment)s (time in %(place)s)") % words


def _no_such_time(wall: datetime) -> MomentRefused:
    """Say that the clock skips this time, and name the last moment before and the first after."""
    instead = neighbours_of(wall)
    before, after = (date_format(each.astimezone(hub_zone()), "H:i") for each in instead)
    return MomentRefused(
        _("The clock skips %(time)s that night. Choose %(before)s or %(after)s.")
        % {"time": date_format(wall, "H:i"), "before": before, "after": after},
        instead=instead,
    )
