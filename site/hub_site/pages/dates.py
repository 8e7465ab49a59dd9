"""Dates in words, in the hub's language and zone."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from hub_site.content.documents import Language
from hub_site.pages.views import Day

_INSTANT = timedelta(microseconds=1)
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}


@lru_cache(maxsize=8192)
def in_words(day: date, pattern: str, language: Language) -> str:
    return format_date(day, pattern, locale=_LOCALES[language])


def day_view(day: date, *, today: date, language: Language) -> Day:
    short = "d MMMM" if day.year == today.year else "d MMMM y"
    return Day(
        iso=day.isoformat(),
        text=in_words(day, "EEEE d MMMM y", language),
        short=in_words(day, short, language),
        month=in_words(day, "MMMM y", language),
    )


def last_day_before(end: datetime, zone: ZoneInfo) -> date:
    """The last day on which something that ends at `end` holds: midnight ends the day before."""
    return (end - _INSTANT).astimezone(zone).date()


def time_in_words(moment: datetime, zone: ZoneInfo, language: Language) -> str | None:
    """'17.00' or '17:00'; None at midnight, when the day alone says it."""
    clock = moment.astimezone(zone).time()
    if clock == time.min:
        return None
    return f"{clock:%H.%M}" if language == "nl" else f"{clock:%H:%M}"


def midnight_after(moment: datetime, zone: ZoneInfo) -> datetime:
    tomorrow = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone)


def new_year_after(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime(moment.astimezone(zone).year + 1, 1, 1, tzinfo=zone)
