"""When an event is and until when one can take part, in words on the hub's own clock."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from hub_site.content.documents import CommunityAction, Event, Language
from hub_site.pages.dates import in_words, last_day_before, new_year_after
from hub_site.pages.shelf import Shelf
from hub_site.words import AGENDA_WORDS, AgendaWords

_DASH = "\N{EN DASH}"
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_NOT_A_NIGHT = timedelta(days=2)
"""What lasts longer is not told in hours."""


def event_in_words(event: Event, shelf: Shelf) -> str:
    """Say in a line of a list when and where it is, and first whether it is at all."""
    words = AGENDA_WORDS[shelf.language]
    line = " · ".join(part for part in (when(event, shelf), event.place) if part)
    state = state_of(event, shelf)
    if state in {"cancelled", "over"}:
        return f"{getattr(words, state)}: {line}"
    return line


def event_turns(event: Event, shelf: Shelf) -> list[datetime]:
    """When such words stop being true: the year goes without saying while it lasts."""
    turns = [event.starts_at, event.over_at]
    if max(event.starts_at, event.over_at).astimezone(shelf.zone).year >= shelf.today.year:
        turns.append(new_year_after(shelf.as_of, shelf.zone))
    return turns


def state_of(event: Event, shelf: Shelf) -> str:
    """Whether it is `coming`, going on `now`, `over` or `cancelled`."""
    if event.is_cancelled:
        return "cancelled"
    if event.over_at <= shelf.as_of:
        return "over"
    return "now" if event.starts_at <= shelf.as_of else "coming"


def when(event: Event, shelf: Shelf) -> str:
    """'vrijdag 4 december, 15.00–17.00 uur'; of a night both days are said."""
    words = AGENDA_WORDS[shelf.language]
    first, clock = day_of(event.starts_at, shelf), clock_of(event.starts_at, shelf)
    if event.ends_at is None:
        return words.starting.format(day=first, time=clock)
    last_day, last_clock = _end_of(event.ends_at, shelf)
    if last_day == _local(event.starts_at, shelf).date():
        return words.between.format(day=first, time=f"{clock}{_DASH}{last_clock}")
    last = _day_in_words(last_day, shelf)
    return words.over_days.format(day=first, time=clock, last_day=last, last_time=last_clock)


def short_time(event: Event, shelf: Shelf) -> str:
    """'15.00 uur', for who sees the day already."""
    return AGENDA_WORDS[shelf.language].at.format(time=clock_of(event.starts_at, shelf))


def clock_note(event: Event, shelf: Shelf) -> str | None:
    """Say how long it really lasts, when the clock changes meanwhile."""
    if event.ends_at is None or event.ends_at - event.starts_at > _NOT_A_NIGHT:
        return None
    real = event.ends_at - event.starts_at
    shown = _bare(event.ends_at, shelf) - _bare(event.starts_at, shelf)
    if real == shown:
        return None
    words = AGENDA_WORDS[shelf.language]
    sentence = words.clock_back if real > shown else words.clock_forward
    return sentence.format(length=_length(real, words))


def zone_in_words(shelf: Shelf) -> str:
    """Say whose clock it is: 'Tijden zijn in Midden-Europese tijd'."""
    return AGENDA_WORDS[shelf.language].zone.format(zone=_zone_name(shelf.zone, shelf.language))


@lru_cache(maxsize=8)
def _zone_name(zone: ZoneInfo, language: Language) -> str:
    locale = _LOCALES[language]
    return str(get_timezone_name(zone, width="long", zone_variant="generic", locale=locale))


def action_in_words(action: CommunityAction, shelf: Shelf) -> str | None:
    """Say until when one can take part; None where nobody said."""
    words = AGENDA_WORDS[shelf.language]
    if action.until is None:
        return None
    day = _day_in_words(last_day_before(action.until, shelf.zone), shelf)
    if action.until <= shelf.as_of:
        return words.closed.format(day=day)
    clock = _local(action.until, shelf).time()
    if clock == time.min:
        return words.open_through.format(day=day)
    return words.open_until.format(day=day, time=clock_of(action.until, shelf))


def action_turns(action: CommunityAction, shelf: Shelf) -> list[datetime]:
    if action.until is None:
        return []
    if action.until.astimezone(shelf.zone).year < shelf.today.year:
        return [action.until]
    return [action.until, new_year_after(shelf.as_of, shelf.zone)]


def day_of(moment: datetime, shelf: Shelf) -> str:
    return _day_in_words(_local(moment, shelf).date(), shelf)


def clock_of(moment: datetime, shelf: Shelf) -> str:
    """'15.00' or '15:00'; of a time that comes twice also which of the two it is."""
    local = _local(moment, shelf)
    words = AGENDA_WORDS[shelf.language]
    clock = f"{local:%H.%M}" if shelf.language == "nl" else f"{local:%H:%M}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return clock
    return f"{clock} ({words.winter_time if local.fold else words.summer_time})"


def _end_of(end: datetime, shelf: Shelf) -> tuple[date, str]:
    """The last day of it, and the time: midnight is the end of a day and not the start of one."""
    if _local(end, shelf).time() == time.min:
        midnight = "24.00" if shelf.language == "nl" else "24:00"
        return last_day_before(end, shelf.zone), midnight
    return _local(end, shelf).date(), clock_of(end, shelf)


def _day_in_words(day: date, shelf: Shelf) -> str:
    pattern = "EEEE d MMMM" if day.year == shelf.today.year else "EEEE d MMMM y"
    return in_words(day, pattern, shelf.language)


def _length(real: timedelta, words: AgendaWords) -> str:
    hours, minutes = divmod(int(real.total_seconds()) // 60, 60)
    told = (words.hour if hours == 1 else words.hours).format(n=hours)
    return words.and_minutes.format(hours=told, n=minutes) if minutes else told


def _local(moment: datetime, shelf: Shelf) -> datetime:
    return moment.astimezone(shelf.zone)


def _bare(moment: datetime, shelf: Shelf) -> datetime:
    return _local(moment, shelf).replace(tzinfo=None)
