"""What the front page shows: no editor composes it, these rules do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from hub_site.content.documents import Announcement, Item, Person
from hub_site.pages.dates import midnight_after
from hub_site.pages.sheet import Sheet
from hub_site.pages.shelf import Shelf

PEOPLE_PATH = "collegas/"
ANNOUNCEMENTS = 3
FRESH = 8
PER_RUBRIC = 2
NEWCOMERS = 4
NEWCOMER_MONTHS = 3
_LEAD_AT_MOST = timedelta(days=7)
_LOOKED_AT = 60


def front_view(sheet: Sheet) -> Mapping[str, object]:
    shelf = sheet.shelf
    # The date in the nameplate and the words of validity are those of today.
    sheet.turns.add(midnight_after(shelf.as_of, shelf.zone))
    lead = _lead(sheet)
    section = next(iter(shelf.sections), None)
    return {
        "lead": sheet.teaser(lead) if lead else None,
        "announcements": sheet.teasers(_announcements(sheet)),
        "more_announcements": section.path if section and shelf.items_of(section) else None,
        "fresh": sheet.teasers(_fresh(shelf, lead)),
        "newcomers": _newcomers_view(sheet),
        "date": sheet.day(shelf.today),
    }


def _tales(shelf: Shelf) -> list[Item]:
    return [item for item in shelf.items if not isinstance(item, Announcement)]


def _lead(sheet: Sheet) -> Item | None:
    """The newest story with a picture, at most seven days old; else the newest."""
    tales = _tales(sheet.shelf)
    for item in tales:
        turns_old = item.published_at + _LEAD_AT_MOST
        if turns_old <= sheet.shelf.as_of:
            break
        if sheet.photo(item.lead_image) is not None:
            sheet.turns.add(turns_old)
            return item
    return tales[0] if tales else None


def _announcements(sheet: Sheet) -> list[Item]:
    """Those that asked for a prominent place and still hold; important ones first, then newest."""
    shelf = sheet.shelf
    prominent = []
    for item in shelf.items:
        if not isinstance(item, Announcement) or item.prominent_until is None:
            continue
        if item.prominent_until > shelf.as_of and not shelf.is_lapsed(item):
            sheet.uses([item])
            sheet.turns.add(item.prominent_until)
            prominent.append(item)
    prominent.sort(key=lambda item: item.importance != "important")
    return [*prominent[:ANNOUNCEMENTS]]


def _fresh(shelf: Shelf, lead: Item | None) -> list[Item]:
    """The newest, at most two of a rubric while other rubrics have something to show."""
    tales = [item for item in _tales(shelf)[:_LOOKED_AT] if item is not lead]
    seen: Counter[str | None] = Counter()
    mixed: list[Item] = []
    rest: list[Item] = []
    for item in tales:
        (mixed if seen[item.rubric] < PER_RUBRIC else rest).append(item)
        seen[item.rubric] += 1
    chosen = [*mixed, *rest][:FRESH]
    return sorted(chosen, key=lambda item: (item.published_at, item.id), reverse=True)


def _newcomers_view(sheet: Sheet) -> Mapping[str, object] | None:
    people = newcomers(sheet)
    if not people:
        return None
    return {
        "people": [sheet.person_card(person) for person in people[:NEWCOMERS]],
        "more": max(0, len(people) - NEWCOMERS),
        "path": PEOPLE_PATH,
    }


def newcomers(sheet: Sheet) -> Sequence[Person]:
    """Who started in the last three months and chose to be shown as new; the newest first."""
    people = [person for person in sheet.shelf.people if is_newcomer(sheet, person)]
    return sorted(people, key=lambda person: person.started or "", reverse=True)


def is_newcomer(sheet: Sheet, person: Person) -> bool:
    if not person.is_newcomer_shown or person.started is None:
        return False
    sheet.uses([person])
    begins, ends = _newcomer_period(person.started, sheet.shelf)
    sheet.turns.update([begins, ends])
    return begins <= sheet.shelf.as_of < ends


def _newcomer_period(started: str, shelf: Shelf) -> tuple[datetime, datetime]:
    year, month = map(int, started.split("-"))
    ends_year, ends_month = divmod(year * 12 + month - 1 + NEWCOMER_MONTHS + 1, 12)
    begins = datetime.combine(date(year, month, 1), time.min, tzinfo=shelf.zone)
    ends = datetime.combine(date(ends_year, ends_month + 1, 1), time.min, tzinfo=shelf.zone)
    return begins, ends
