"""Moments and ages in the words of the newsroom; every clock time is the hub's."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.workflow.moments import hub_zone

SATURDAY, DAYS_OF_A_WEEK = 5, 7
TENTHS_UNTIL, MINUTES_FROM, HOURS_FROM = 10, 120, 7200
LATE_AFTER = 2
"""Working days after which something that waits is shown in red."""


def short_moment(moment: datetime) -> str:
    """Write `di 1 dec 09:00`, with the year where it is not this one."""
    local = moment.astimezone(hub_zone())
    this_year = timezone.now().astimezone(hub_zone()).year
    day = _day(local, is_this_year=local.year == this_year)
    return f"{date_format(local, 'D')} {day} {date_format(local, 'H:i')}"


def to_the_tenth(moment: datetime, *, now: datetime | None = None) -> str:
    """Write `09:00:00,6`, with the day where it is not today; cut off, so never a second ahead."""
    zone = hub_zone()
    local = moment.astimezone(zone)
    mark = get_format("DECIMAL_SEPARATOR")
    clock = f"{local:%H:%M:%S}{mark}{local.microsecond // 100_000}"
    if local.date() == (now or timezone.now()).astimezone(zone).date():
        return clock
    return f"{short_moment(moment).rpartition(' ')[0]} {clock}"


def chosen_moment(moment: datetime) -> str:
    """Write a moment as it was chosen: people choose minutes, and *now* is to the tenth."""
    is_minute = not (moment.second or moment.microsecond)
    return short_moment(moment) if is_minute else to_the_tenth(moment)


def seconds(passed: timedelta) -> str:
    """Write a length of time as people say it: `0,4 s`, `12 min`, `3 hours`."""
    whole = passed.total_seconds()
    if whole < TENTHS_UNTIL:
        places = 0 if whole.is_integer() else 1
        return _("%(n)s s") % {"n": number_format(round(whole, 1), decimal_pos=places)}
    if whole < MINUTES_FROM:
        return _("%(n)s s") % {"n": number_format(round(whole))}
    if whole < HOURS_FROM:
        return _("%(n)s min") % {"n": number_format(round(whole / 60))}
    hours = round(whole / 3600)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": number_format(hours)}


def short_day(moment: datetime) -> str:
    """Write `20 nov`, with the year where it is not this one."""
    local = moment.astimezone(hub_zone())
    this_year = timezone.now().astimezone(hub_zone()).year
    return _day(local, is_this_year=local.year == this_year)


def since_day(moment: datetime, *, now: datetime | None = None) -> str:
    """Write since when, as people say it: `today`, `yesterday`, `Tuesday`, `20 nov`."""
    zone = hub_zone()
    day = moment.astimezone(zone).date()
    passed = ((now or timezone.now()).astimezone(zone).date() - day).days
    if passed <= 0:
        return _("today")
    if passed == 1:
        return _("yesterday")
    return str(date_format(day, "l")) if passed < DAYS_OF_A_WEEK else short_day(moment)


def last_day(until: datetime) -> str:
    """Write the last day of what ends at a moment: `do 3 dec`; midnight ends the day before."""
    local = (until - timedelta(microseconds=1)).astimezone(hub_zone())
    return f"{date_format(local, 'D')} {short_day(local)}"


def calendar_day(day: date) -> str:
    """Write a day of the calendar as `vr 4 dec`, with the year where it is not this one."""
    this_year = timezone.now().astimezone(hub_zone()).year
    return f"{date_format(day, 'D')} {_day(day, is_this_year=day.year == this_year)}"


def _day(local: date, *, is_this_year: bool) -> str:
    """Months have a capital in English and none in Dutch, where Django gives the short ones one."""
    words = date_format(local, "j M" if is_this_year else "j M Y")
    return words.lower() if get_language() == "nl" else words


def age(since: datetime, *, now: datetime | None = None) -> str:
    """Write how long something waits, in the largest unit that says enough."""
    passed = max((now or timezone.now()) - since, timedelta())
    if passed.days:
        return ngettext("%(n)s day", "%(n)s days", passed.days) % {"n": passed.days}
    hours, minutes = passed.seconds // 3600, passed.seconds // 60
    if hours:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if minutes:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _("just now")


def is_late(since: datetime, *, now: datetime | None = None) -> bool:
    """Say whether two working days went by."""
    day = since.astimezone(hub_zone()).date()
    today = (now or timezone.now()).astimezone(hub_zone()).date()
    worked = 0
    while day < today and worked < LATE_AFTER:
        day += timedelta(days=1)
        worked += day.weekday() < SATURDAY
    return worked >= LATE_AFTER
