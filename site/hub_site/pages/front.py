"""What the front page shows: no editor composes it, these rules do."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from hub_site.content.documents import Item, Person, Section
from hub_site.pages.dates import midnight_after
from hub_site.pages.places import item_list
from hub_site.pages.sheet import Sheet

PEOPLE_PATH = "collegas/"
ANNOUNCEMENTS = 3
FRESH = 8
PER_RUBRIC = 2
NEWCOMERS = 4
_LEAD_AT_MOST = timedelta(days=7)
_LOOKED_AT = 60


def front_view(sheet: Sheet) -> Mapping[str, object]:
    shelf = sheet.shelf
    # The date in the nameplate and the words of validity are those of today.
    sheet.turns.add(midnight_after(shelf.as_of, shelf.zone))
    lead = _lead(sheet)
    section = next(iter(sheet.first(Section, "sections", 1)), None)
    return {
        "lead": sheet.teaser(lead) if lead else None,
        # Those that asked for a prominent place and still hold; important ones first, then newest.
        "announcements": sheet.teasers(sheet.last("prominent", ANNOUNCEMENTS)),
        "more_announcements": section.path if section and sheet.count(item_list(section)) else None,
        "fresh": sheet.teasers(_fresh(sheet, lead)),
        "newcomers": _newcomers_view(sheet),
        "date": sheet.day(shelf.today),
    }


def _lead(sheet: Sheet) -> Item | None:
    """The newest story with a picture, at most seven days old; else the newest."""
    shelf = sheet.shelf
    for identity in sheet.backwards("tales"):
        item = sheet.find(Item, identity)
        turns_old = item.published_at + _LEAD_AT_MOST if item else shelf.as_of
        if turns_old <= shelf.as_of:
            break
        if item is not None and sheet.photo(item.lead_image) is not None:
            sheet.turns.add(turns_old)
            return item
    return next(iter(sheet.last("tales", 1)), None)


def _fresh(sheet: Sheet, lead: Item | None) -> list[Item]:
    """The newest, at most two of a rubric while other rubrics have something to show."""
    newest = list(sheet.backwards("tales", _LOOKED_AT))
    slips = [slip for identity in newest if (slip := sheet.shelf.slip(identity))]
    seen: Counter[str | None] = Counter()
    mixed: list[str] = []
    rest: list[str] = []
    for slip in slips:
        if lead is not None and slip.id == lead.id:
            continue
        # A story that moves to another rubric moves in no list of tales.
        sheet.inputs.add(slip.id)
        (mixed if seen[slip.rubric] < PER_RUBRIC else rest).append(slip.id)
        seen[slip.rubric] += 1
    chosen = {*[*mixed, *rest][:FRESH]}
    return sheet.find_all(Item, [identity for identity in newest if identity in chosen])


def _newcomers_view(sheet: Sheet) -> Mapping[str, object] | None:
    """Who started in the last three months and chose to be shown as new; the newest first."""
    people = sheet.first(Person, "newcomers", NEWCOMERS)
    if not people:
        return None
    return {
        "people": [sheet.person_card(person) for person in people],
        "more": max(0, sheet.count("newcomers") - NEWCOMERS),
        "path": PEOPLE_PATH,
    }
