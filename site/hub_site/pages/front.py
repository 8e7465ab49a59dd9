"""What the front page shows: what the newsroom chose, and where it chose nothing these rules."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from hub_site.content.documents import Call, Document, Front, Item, Person, Rubric, Section
from hub_site.pages.agenda import coming_at_home
from hub_site.pages.alerts import alert_views
from hub_site.pages.dates import in_words, last_day_before, midnight_after
from hub_site.pages.places import item_list, section_list
from hub_site.pages.sheet import Sheet
from hub_site.pages.taking_part import newest_call
from hub_site.pages.views import CallView, PartView, RecentLink
from hub_site.words import WORDS

PEOPLE_PATH = "collegas/"
ANNOUNCEMENTS = 3
FRESH = 8
PINNED = 3
PARTS = 3
OF_PART = 3
RECENT = 20
PER_RUBRIC = 2
NEWCOMERS = 4
_LEAD_AT_MOST = timedelta(days=7)
_LOOKED_AT = 60
_NO_TILE = "diamond"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands where; nothing of it stands twice."""

    lead: Item | None
    announcements: Sequence[Item]
    fresh: Sequence[Item]
    parts: Sequence[PartView]


def front_view(sheet: Sheet) -> Mapping[str, object]:
    shelf = sheet.shelf
    # The date in the nameplate and the words of validity are those of today.
    sheet.turns.add(midnight_after(shelf.as_of, shelf.zone))
    front = next(iter(sheet.first(Front, "fronts", 1)), None)
    chosen = _chosen(sheet, front)
    section = next(iter(sheet.first(Section, section_list("announcement"), 1)), None)
    return {
        "alerts": alert_views(sheet),
        "lead": sheet.teaser(chosen.lead) if chosen.lead else None,
        "announcements": sheet.teasers(chosen.announcements),
        "more_announcements": section.path if section and sheet.count(item_list(section)) else None,
        "fresh": sheet.teasers(chosen.fresh),
        "parts": chosen.parts,
        "newcomers": _newcomers_view(sheet) if front is None or front.shows_newcomers else None,
        "coming": coming_at_home(sheet),
        "call": _call_view(sheet, front.call) if front and front.call else newest_call(sheet),
        "recent": _recent(sheet),
        "date": sheet.day(shelf.today),
    }


def _chosen(sheet: Sheet, front: Front | None) -> Chosen:
    lead = next(iter(sheet.last("lead", 1)), None) or _lead(sheet)
    pinned = sheet.last("pinned", PINNED)
    taken = {each.id for each in (lead, *pinned) if each}
    # Those that asked for a prominent place and still hold; important ones first, then newest.
    prominent = sheet.last("prominent", ANNOUNCEMENTS + PINNED + 1)
    announcements = [each for each in prominent if each.id not in taken][:ANNOUNCEMENTS]
    first = [each for each in pinned if lead is None or each.id != lead.id]
    fresh = [*first, *_fresh(sheet, taken, FRESH - len(first))]
    taken |= {each.id for each in fresh}
    parts = [_part(sheet, each, taken) for each in (front.rubrics if front else ())[:PARTS]]
    shown = [part for part in parts if part is not None]
    return Chosen(lead=lead, announcements=announcements, fresh=fresh, parts=shown)


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


def _fresh(sheet: Sheet, taken: set[str], wanted: int) -> list[Item]:
    """The newest, at most two of a rubric while other rubrics have something to show."""
    newest = list(sheet.backwards("tales", _LOOKED_AT))
    slips = [slip for identity in newest if (slip := sheet.shelf.slip(identity))]
    seen: Counter[str | None] = Counter()
    mixed: list[str] = []
    rest: list[str] = []
    for slip in slips:
        if slip.id in taken:
            continue
        # A story that moves to another rubric moves in no list of tales.
        sheet.inputs.add(slip.id)
        (mixed if seen[slip.rubric] < PER_RUBRIC else rest).append(slip.id)
        seen[slip.rubric] += 1
    chosen = {*[*mixed, *rest][:wanted]}
    return sheet.find_all(Item, [identity for identity in newest if identity in chosen])


def _part(sheet: Sheet, identity: str, taken: set[str]) -> PartView | None:
    """The newest of a rubric that stand nowhere above; None when all of them do."""
    rubric = sheet.find(Rubric, identity)
    if rubric is None:
        return None
    name = item_list(rubric)
    newest = list(sheet.backwards(name, OF_PART + len(taken)))
    items = sheet.find_all(Item, [each for each in newest if each not in taken][:OF_PART])
    if not items:
        return None
    taken |= {each.id for each in items}
    return PartView(**sheet.rubric_tag(rubric), items=sheet.teasers(items), total=sheet.count(name))


def _call_view(sheet: Sheet, call: Call) -> CallView | None:
    """What colleagues are asked to take part in, for as long as they can."""
    shelf = sheet.shelf
    until = None
    if call.until is not None:
        sheet.turns.add(call.until)
        if call.until <= shelf.as_of:
            return None
        day = in_words(last_day_before(call.until, shelf.zone), "EEEE d MMMM", shelf.language)
        until = WORDS[shelf.language].valid_through.format(day=day)
    target = sheet.find(Document, call.target)
    path = shelf.address(target) if target else None
    return CallView(title=call.title, text=call.text, button=call.button, path=path, until=until)


def _recent(sheet: Sheet) -> list[RecentLink]:
    """What a reader's own device can compare with her last visit; it is told nobody."""
    return [_recent_link(sheet, item) for item in sheet.last("tales", RECENT)]


def _recent_link(sheet: Sheet, item: Item) -> RecentLink:
    rubric = sheet.find(Rubric, item.rubric)
    return RecentLink(
        **sheet.link(item),
        language=item.language,
        colour=rubric.colour if rubric else "none",
        tile=rubric.tile if rubric else _NO_TILE,
        at=item.published_at.astimezone(UTC).isoformat(),
    )


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
