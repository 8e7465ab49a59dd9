"""What is read outside of the hub: feeds for feed readers, calendars for calendars.

They are files of the release like its pages: of everyone's tree and of each gated one, with what
stands there. Their addresses are whole, so where the newsroom did not say where the hub is,
there are none.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from hub_site.content.documents import Document, Event, Hub, Item, Rubric, Section
from hub_site.pages.agenda import CALENDAR, EVENT_CALENDAR
from hub_site.pages.places import (
    ATOM,
    COMING,
    ICAL,
    OF_A_TREE,
    PAST,
    PUBLISHED,
    events_of,
    item_list,
)
from hub_site.pages.sheet import Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.writing import Entry, Feed, Occasion, atom, calendar, json_feed
from hub_site.words import AGENDA_WORDS, WORDS

ATOM_FILE, JSON_FILE = "feed.atom", "feed.json"
ENTRIES = 20
COMING_MOST, PAST_MOST = 200, 50
FILES = (f"*{ATOM_FILE}", f"*{JSON_FILE}", "*.ics")
"""As patterns of paths, in every tree."""


@dataclass(frozen=True, slots=True)
class OutwardFile:
    """One such file, and what it depends on: nothing in it changes by itself but with a list."""

    path: str
    text: str
    inputs: frozenset[str]
    source: str | None = None
    changes_at: datetime | None = None


def feed_file(shelf: Shelf, kind: str, identity: str) -> OutwardFile | None:
    """A feed of a whole tree, or of one rubric in it; None where nothing is."""
    sheet = Sheet(shelf, "")
    rubric = sheet.find(Rubric, identity or None)
    is_there = bool(sheet.hub.address) and (rubric is not None or not identity)
    if not is_there or (rubric is not None and shelf.slip(rubric.id) is None):
        return None
    name = item_list(rubric) if rubric else PUBLISHED
    items = sheet.last(name, ENTRIES)
    if not items and shelf.root:
        return None
    folder = shelf.address(rubric) if rubric else shelf.root
    feed = Feed(
        identity=_identity(sheet.hub, shelf, identity),
        title=_title(sheet, rubric),
        home=f"{sheet.hub.address}/{folder}",
        language=sheet.hub.language,
        entries=[_entry(sheet, item) for item in items],
    )
    text = atom(feed) if kind == ATOM else json_feed(feed)
    file = ATOM_FILE if kind == ATOM else JSON_FILE
    return OutwardFile(f"{folder}{file}", text, frozenset(sheet.inputs))


def calendar_file(shelf: Shelf, identity: str) -> OutwardFile | None:
    """The events of a tree, of one rubric in it, or one event; None where there is none."""
    sheet = Sheet(shelf, "")
    if not sheet.hub.address:
        return None
    if not identity:
        events = [*sheet.first(Event, COMING, COMING_MOST), *_events(sheet.last(PAST, PAST_MOST))]
        return _calendar(sheet, events, path=f"{shelf.root}{CALENDAR}", title=_title(sheet, None))
    about = sheet.find(Document, identity) if shelf.slip(identity) else None
    path = shelf.address(about) if about else None
    if isinstance(about, Rubric):
        events = _events(sheet.last(events_of(about.id), COMING_MOST))
        return _calendar(sheet, events, path=f"{path}{CALENDAR}", title=_title(sheet, about))
    if isinstance(about, Event):
        return _calendar(sheet, [about], path=f"{path}{EVENT_CALENDAR}", title=about.title)
    return None


def _events(items: list[Item]) -> list[Event]:
    return [item for item in items if isinstance(item, Event)]


def _calendar(sheet: Sheet, events: list[Event], *, path: str, title: str) -> OutwardFile | None:
    if not events:
        return None
    ordered = sorted(events, key=lambda event: (event.starts_at, event.id))
    text = calendar(title, [_occasion(sheet, event) for event in ordered])
    return OutwardFile(path, text, frozenset(sheet.inputs))


def _title(sheet: Sheet, rubric: Rubric | None) -> str:
    """'De Zandbak: Dagje mee', and for whom where it is not for all."""
    audience = sheet.shelf.audience
    names = [sheet.hub.title]
    if audience is not None:
        sheet.find(Document, audience.id)
        names.append(WORDS[sheet.shelf.language].for_whom.format(name=audience.title))
    return ": ".join([*names, rubric.title] if rubric else names)


def _identity(hub: Hub, shelf: Shelf, identity: str) -> str:
    """The same for as long as the hub is the same one, wherever it moves."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{hub.id} {shelf.root}{identity}')}"


def _entry(sheet: Sheet, item: Item) -> Entry:
    place = sheet.find(Document, item.rubric or item.section)
    is_named = isinstance(place, Rubric | Section)
    return Entry(
        identity=f"urn:uuid:{item.id}",
        address=_address(sheet, item),
        title=item.title,
        summary=item.summary,
        language=item.language,
        published=item.published_at,
        updated=item.updated_at or item.published_at,
        authors=tuple(name for ref in item.authors if (name := sheet.name(ref))),
        category=place.title if place is not None and is_named else "",
    )


def _occasion(sheet: Sheet, event: Event) -> Occasion:
    words = AGENDA_WORDS[sheet.shelf.language]
    organiser = sheet.name(event.organiser) if event.organiser else ""
    changed = event.updated_at or event.published_at
    told = [
        event.cancellation if event.is_cancelled else "",
        event.summary,
        event.meant_for,
        words.organised_by.format(name=organiser) if organiser else "",
        event.link or "",
    ]
    return Occasion(
        identity=event.id,
        address=_address(sheet, event),
        title=event.title,
        text="\n".join(part for part in told if part),
        place=event.place or event.link or "",
        starts=event.starts_at,
        ends=event.ends_at,
        created=event.published_at,
        changed=changed,
        # It rises with each publication, whoever prints it and from whatever backup.
        sequence=max(0, int((changed - event.published_at).total_seconds())),
        is_cancelled=event.is_cancelled,
    )


def _address(sheet: Sheet, item: Item) -> str:
    return f"{sheet.hub.address}/{sheet.shelf.address(item) or ''}"


def outward_subjects(shelf: Shelf, identity: str) -> tuple[str, ...]:
    """The files of this kind that are about one document alone."""
    slip = shelf.slip(identity)
    if slip is not None and slip.kind == "rubric":
        return tuple(f"{kind} {identity}" for kind in OF_A_TREE)
    if slip is not None and slip.starts_at is not None:
        return (f"{ICAL} {identity}",)
    return ()
