"""Until when something holds, or when it is, in words true until the page's next change."""

from datetime import date, datetime, timedelta

from hub_site.content.documents import Announcement, CommunityAction, Event, Item
from hub_site.pages.dates import (
    in_words,
    last_day_before,
    midnight_after,
    new_year_after,
    time_in_words,
)
from hub_site.pages.occasions import (
    action_in_words,
    action_turns,
    event_in_words,
    event_turns,
)
from hub_site.pages.shelf import Shelf
from hub_site.words import WORDS

_WEEKDAY_WITHIN = timedelta(days=14)
_NEAR = _WEEKDAY_WITHIN + timedelta(days=2)  # from here on the words may differ each day


def validity_in_words(item: Item, shelf: Shelf) -> str | None:
    """Say when it lapsed, starts or ends; None for what simply holds."""
    match item:
        case Announcement():
            return _announcement_in_words(item, shelf)
        case Event():
            return event_in_words(item, shelf)
        case CommunityAction():
            return action_in_words(item, shelf)
    return None


def validity_turns(item: Item, shelf: Shelf) -> list[datetime]:
    """When these words, or the mark that it is over, stop being true."""
    match item:
        case Announcement():
            return _announcement_turns(item, shelf)
        case Event():
            return event_turns(item, shelf)
        case CommunityAction():
            return action_turns(item, shelf)
    return []


def _announcement_in_words(announcement: Announcement, shelf: Shelf) -> str | None:
    words = WORDS[shelf.language]
    start, end = announcement.valid_from, announcement.valid_until
    if end is not None and end <= shelf.as_of:
        return words.lapsed_on.format(day=_day_in_words(last_day_before(end, shelf.zone), shelf))
    if start is not None and start > shelf.as_of:
        first_day = start.astimezone(shelf.zone).date()
        return words.valid_from.format(day=_day_in_words(first_day, shelf))
    return None if end is None else _until_in_words(end, shelf)


def _until_in_words(end: datetime, shelf: Shelf) -> str:
    words = WORDS[shelf.language]
    day = last_day_before(end, shelf.zone)
    time = time_in_words(end, shelf.zone, shelf.language)
    if day == shelf.today:
        sentence = words.valid_today_until if time else words.valid_today
    elif day == shelf.today + timedelta(days=1):
        sentence = words.valid_tomorrow_until if time else words.valid_tomorrow
    else:
        sentence = words.valid_until if time else words.valid_through
    return sentence.format(day=_day_in_words(day, shelf), time=time)


def _day_in_words(day: date, shelf: Shelf) -> str:
    if abs(day - shelf.today) <= _WEEKDAY_WITHIN:
        return in_words(day, "EEEE d MMMM", shelf.language)
    pattern = "d MMMM" if day.year == shelf.today.year else "d MMMM y"
    return in_words(day, pattern, shelf.language)


def _announcement_turns(announcement: Announcement, shelf: Shelf) -> list[datetime]:
    zone = shelf.zone
    turns: list[datetime] = []
    for bound in (announcement.valid_from, announcement.valid_until):
        if bound is None:
            continue
        is_near = abs(bound - shelf.as_of) <= _NEAR
        turns.append(midnight_after(shelf.as_of if is_near else bound - _NEAR, zone))
        turns += [bound, new_year_after(shelf.as_of, zone)]
    return turns
