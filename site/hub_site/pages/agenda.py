"""The agenda: what is coming, each month as a calendar and a list, and the page of an event."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from hub_site.content.documents import Event, Language, Rubric, Section
from hub_site.pages.agenda_views import CalendarDay, DayEvent, EventRow, Leaf, Week, Weekday
from hub_site.pages.archive import archive_of, month_link, month_title
from hub_site.pages.dates import in_words, midnight_after
from hub_site.pages.occasions import (
    clock_note,
    short_time,
    state_of,
    when,
    zone_in_words,
)
from hub_site.pages.places import COMING, EVENT, Month, item_list, month_list, section_list
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.titles import with_soft_hyphens
from hub_site.pages.views import ItemView, Link, Page
from hub_site.words import AGENDA_WORDS

TAB = "agenda"
EVENT_CALENDAR = "event.ics"
CALENDAR = "agenda.ics"
ON_AGENDA = 40
OVER = 6
AT_HOME = 3
ON_A_DAY = 3
"""In a calendar's cell; the list below it has all."""
_WEEK = 7
_SATURDAY = 5
_INSTANT = timedelta(microseconds=1)


def event_row(sheet: Sheet, event: Event) -> EventRow:
    """An event as a line of an agenda."""
    shelf = sheet.shelf
    state = state_of(event, shelf)
    return EventRow(
        **sheet.teaser(event),
        leaf=_leaf(event, shelf),
        when=when(event, shelf),
        starts=event.starts_at.astimezone(UTC).isoformat(),
        place=event.place,
        state=state,
        state_words=_state_words(state, shelf.language),
        cancellation=event.cancellation,
    )


def event_rows(sheet: Sheet, name: str, limit: int | None = None) -> list[EventRow]:
    """The events from the start of a list that stands by when they start."""
    return [event_row(sheet, event) for event in sheet.first(Event, name, limit)]


def event_details(sheet: Sheet, event: Event) -> Mapping[str, object]:
    """What the page of an event says beside what every item's page does."""
    shelf = sheet.shelf
    state = state_of(event, shelf)
    has_calendar = bool(sheet.hub.address) and sheet.picture_address is None
    return {
        "leaf": _leaf(event, shelf),
        "when": when(event, shelf),
        "zone": zone_in_words(shelf),
        "clock_note": clock_note(event, shelf),
        "starts": event.starts_at.astimezone(UTC).isoformat(),
        "ends": event.ends_at.astimezone(UTC).isoformat() if event.ends_at else None,
        "place": event.place,
        "link": event.link,
        "organiser": sheet.card(event.organiser),
        "meant_for": event.meant_for,
        "state": state,
        "state_words": _state_words(state, shelf.language),
        "cancellation": event.cancellation,
        "calendar": f"{shelf.address(event)}{EVENT_CALENDAR}" if has_calendar else None,
    }


def event_view(sheet: Sheet, event: Event, base: ItemView) -> Mapping[str, object]:
    return {**base, **event_details(sheet, event)}


def coming_at_home(sheet: Sheet) -> Mapping[str, object] | None:
    """The next few events, and the way to all; None when nothing is coming."""
    rows = event_rows(sheet, COMING, AT_HOME)
    if not rows:
        return None
    agenda = next(iter(sheet.first(Section, section_list(EVENT), 1)), None)
    return {"items": rows, "more": sheet.shelf.address(agenda) if agenda else None}


def agenda_page(sheet: Sheet, section: Section) -> Page:
    """What is coming, soonest first; what was, and every month with something in it."""
    current = f"current {section.id}"
    archive = archive_of(sheet, section)
    months = _months_from_now(sheet, section)
    has_calendar = bool(sheet.hub.address) and bool(sheet.count(item_list(section)))
    view = {
        "title": with_soft_hyphens(section.title, section.language),
        "introduction": section.introduction,
        "coming": event_rows(sheet, current, ON_AGENDA),
        "total_coming": sheet.count(current),
        "months": months,
        "month": _month_to_show(sheet, section, months),
        "over": [
            event_row(sheet, event)
            for event in sheet.last(f"lapsed {section.id}", OVER)
            if isinstance(event, Event)
        ],
        "total": sum(year["total"] for year in archive),
        "archive": archive,
        "zone": zone_in_words(sheet.shelf),
        "calendar": f"{sheet.shelf.root}{CALENDAR}" if has_calendar else None,
    }
    frame = Frame("agenda.html", TAB, section.introduction)
    return sheet.finish(view, about=section, frame=frame)


def _months_from_now(sheet: Sheet, section: Section) -> list[Link]:
    """This month and those after it, as far as something is in them."""
    shelf = sheet.shelf
    now = (shelf.today.year, shelf.today.month)
    year, month = divmod(now[0] * 12 + now[1], 12)
    sheet.turns.add(datetime.combine(date(year, month + 1, 1), time.min, tzinfo=shelf.zone))
    months = [month for month in shelf.lists.months(section.id) if month >= now]
    links = (month_link(shelf, section, month) for month in months[:12])
    return [link for link in links if link is not None]


def _month_to_show(sheet: Sheet, section: Section, months: list[Link]) -> str | None:
    """The calendar that one sees first: of this month or the next with something in it."""
    if months:
        return months[0]["path"]
    last = month_link(
        sheet.shelf, section, next(iter(sheet.shelf.lists.months(section.id)[-1:]), None)
    )
    return last["path"] if last else None


def agenda_month_page(sheet: Sheet, section: Section, month: Month) -> Page:
    """One month as a calendar, with all that is in it as a list below."""
    shelf = sheet.shelf
    name = month_title(month, shelf.language)
    events = sheet.first(Event, month_list(section.id, month))
    earlier, later = shelf.lists.months_beside(section.id, month)
    view = {
        "of": sheet.link(section),
        "month": name,
        "weekdays": _weekdays(shelf.language),
        "weeks": _weeks(sheet, events, month),
        "items": [event_row(sheet, event) for event in events],
        "zone": zone_in_words(shelf),
        "earlier": month_link(shelf, section, earlier),
        "later": month_link(shelf, section, later),
    }
    title = f"{section.title}: {name}"
    frame = Frame("agenda-month.html", TAB, title, title)
    return sheet.finish(view, about=section, frame=frame)


def _weeks(sheet: Sheet, events: list[Event], month: Month) -> list[Week]:
    """Whole weeks, Monday first, so that the days beside the month are there too."""
    shelf = sheet.shelf
    first = date(*month, 1)
    start = first - timedelta(days=first.weekday())
    weeks: list[Week] = []
    while (day := start + timedelta(weeks=len(weeks))) <= _last_of(first):
        days = [_day(sheet, day + timedelta(days=step), events, month) for step in range(_WEEK)]
        weeks.append(Week(number=day.isocalendar().week, days=days))
    end = start + timedelta(weeks=len(weeks))
    if shelf.today < start:
        sheet.turns.add(datetime.combine(start, time.min, tzinfo=shelf.zone))
    elif shelf.today < end:
        sheet.turns.add(midnight_after(shelf.as_of, shelf.zone))
    return weeks


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _day(sheet: Sheet, day: date, events: list[Event], month: Month) -> CalendarDay:
    shelf = sheet.shelf
    on_it = [event for event in events if _touches(event, day, shelf)]
    is_other = (day.year, day.month) != month
    shown = [] if is_other else on_it
    return CalendarDay(
        iso=day.isoformat(),
        number=day.day,
        text=in_words(day, "EEEE d MMMM", shelf.language),
        is_other_month=is_other,
        is_weekend=day.weekday() >= _SATURDAY,
        is_today=day == shelf.today,
        events=[_chip(sheet, event, day) for event in shown[:ON_A_DAY]],
        more=max(0, len(shown) - ON_A_DAY),
    )


def _touches(event: Event, day: date, shelf: Shelf) -> bool:
    start = event.starts_at.astimezone(shelf.zone).date()
    return start <= day <= max(start, (event.over_at - _INSTANT).astimezone(shelf.zone).date())


def _chip(sheet: Sheet, event: Event, day: date) -> DayEvent:
    has_begun = event.starts_at.astimezone(sheet.shelf.zone).date() < day
    rubric = sheet.find(Rubric, event.rubric)
    return DayEvent(
        **sheet.link(event),
        anchor=event.id,
        colour=rubric.colour if rubric else "none",
        time="" if has_begun else short_time(event, sheet.shelf),
        is_cancelled=event.is_cancelled,
    )


def _weekdays(language: Language) -> list[Weekday]:
    monday = date(2024, 1, 1)
    days = (monday + timedelta(days=step) for step in range(_WEEK))
    return [
        Weekday(short=in_words(day, "EEEEEE", language), long=in_words(day, "EEEE", language))
        for day in days
    ]


def _leaf(event: Event, shelf: Shelf) -> Leaf:
    day = event.starts_at.astimezone(shelf.zone).date()
    return Leaf(
        iso=day.isoformat(),
        weekday=in_words(day, "EEEEEE", shelf.language),
        day=str(day.day),
        month=in_words(day, "MMM", shelf.language).removesuffix("."),
    )


def _state_words(state: str, language: Language) -> str | None:
    words = AGENDA_WORDS[language]
    return {"cancelled": words.cancelled, "over": words.over, "now": words.now}.get(state)
