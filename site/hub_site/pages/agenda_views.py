"""The shapes that templates of events and community actions read."""

from typing import TypedDict

from hub_site.pages.views import ItemView, Link, PersonCard, Teaser


class Leaf(TypedDict):
    """A day as a calendar to tear off shows it."""

    iso: str
    weekday: str
    day: str
    month: str


class EventRow(Teaser):
    """`state` is `coming`, `now`, `over` or `cancelled`; `state_words` say the last three."""

    leaf: Leaf
    when: str
    starts: str
    place: str
    state: str
    state_words: str | None
    cancellation: str


class EventView(ItemView):
    leaf: Leaf
    when: str
    zone: str
    clock_note: str | None
    starts: str
    ends: str | None
    place: str
    link: str | None
    organiser: PersonCard | None
    meant_for: str
    state: str
    state_words: str | None
    cancellation: str
    calendar: str | None


class ActionView(ItemView):
    asked: str
    effort: str
    is_open: bool
    result: Link | None


class DayEvent(Link):
    """`anchor` is that of its line in the list below the calendar."""

    anchor: str
    colour: str
    time: str
    is_cancelled: bool


class CalendarDay(TypedDict):
    iso: str
    number: int
    text: str
    is_other_month: bool
    is_weekend: bool
    is_today: bool
    events: list[DayEvent]
    more: int


class Week(TypedDict):
    number: int
    days: list[CalendarDay]


class Weekday(TypedDict):
    short: str
    long: str
