"""Colleagues who chose to have a page, and the list of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from hub_site.content.documents import Person
from hub_site.content.slips import Slip
from hub_site.pages.dates import in_words
from hub_site.pages.front import PEOPLE_PATH
from hub_site.pages.places import item_list, newcomer_period
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.titles import plain_letters
from hub_site.pages.views import Letter, Page, PeopleGroup, PersonView
from hub_site.words import WORDS

ON_ONE_PAGE = 60
ITEMS = 12
LONGEST_PREFIX = 8
_OTHER = "#"

type Group = tuple[str, Sequence[str]]  # the letter and the ids of those under it


def person_page(sheet: Sheet, person: Person) -> Page:
    view = {
        "person": PersonView(
            **sheet.person_card(person),
            pronouns=person.pronouns,
            about_html=sheet.markup(person.about_html),
            ask_me_about=list(person.ask_me_about),
            email=person.email,
            since=_since(person, sheet.shelf),
        ),
        "items": sheet.teasers(sheet.last(item_list(person), ITEMS)),
        "newcomer": _is_newcomer(sheet, person),
    }
    return sheet.finish(view, about=person, frame=Frame("person.html", "people", person.role))


def _is_newcomer(sheet: Sheet, person: Person) -> bool:
    if not person.is_newcomer_shown or person.started is None:
        return False
    begins, ends = newcomer_period(person.started, sheet.shelf.zone)
    sheet.turns.update([begins, ends])
    return begins <= sheet.shelf.as_of < ends


def _since(person: Person, shelf: Shelf) -> str | None:
    if person.started is None:
        return None
    year, month = map(int, person.started.split("-"))
    return in_words(date(year, month, 1), "MMMM y", shelf.language)


def people_page(sheet: Sheet) -> Page:
    """All of up to 60 colleagues; of more, the letters under which they stand."""
    groups, letters = people_groups(sheet.shelf), people_letters(sheet.shelf)
    return _people_page(sheet, groups=[] if letters else groups, letter=None)


def letter_page(sheet: Sheet, letter: str) -> Page | None:
    """The colleagues of one letter; None when that letter has no page."""
    if letter not in people_letters(sheet.shelf):
        return None
    groups = [group for group in people_groups(sheet.shelf) if group[0] == letter]
    return _people_page(sheet, groups=groups, letter=letter)


def people_letters(shelf: Shelf) -> list[str]:
    """The letters, or first letters, that have a page of their own; none up to 60 colleagues."""
    is_long = shelf.lists.count("people") > ON_ONE_PAGE
    return [name for name, _ in people_groups(shelf)] if is_long else []


def people_groups(shelf: Shelf) -> list[Group]:
    return shelf.memo("people", lambda: _groups(shelf))


def _groups(shelf: Shelf) -> list[Group]:
    slips = [slip for each in shelf.lists.first("people") if (slip := shelf.slip(each))]
    is_long = len(slips) > ON_ONE_PAGE
    groups = _small_groups(slips) if is_long else _grouped(slips, length=1)
    return [(name, [slip.id for slip in held]) for name, held in groups]


def _people_page(sheet: Sheet, *, groups: Sequence[Group], letter: str | None) -> Page:
    shelf = sheet.shelf
    words = WORDS[shelf.language]
    view = {
        "letters": [Letter(letter=name, path=letter_path(name)) for name in people_letters(shelf)],
        "letter": letter,
        "groups": [
            PeopleGroup(
                letter=name,
                people=[sheet.person_card(person) for person in sheet.find_all(Person, held)],
            )
            for name, held in groups
        ],
        "total": sheet.count("people"),
    }
    hub = sheet.hub
    title = f"{words.colleagues}: {letter}" if letter else words.colleagues
    description = words.colleagues_at.format(organisation=hub.organisation)
    return sheet.finish(view, about=hub, frame=Frame("people.html", "people", description, title))


def _letters_of(person: Slip, length: int) -> str:
    letters = "".join(letter for letter in plain_letters(person.title) if letter.isalnum())
    return letters[:length].capitalize() if letters.isascii() and letters else _OTHER


def _grouped(people: Iterable[Slip], *, length: int) -> list[tuple[str, list[Slip]]]:
    def key(person: Slip) -> str:
        return _letters_of(person, length)

    return [(name, list(held)) for name, held in groupby(sorted(people, key=key), key)]


def _small_groups(people: Iterable[Slip], length: int = 1) -> list[tuple[str, list[Slip]]]:
    """Split by first letter, and by more letters where one group would be too long for a page."""
    small: list[tuple[str, list[Slip]]] = []
    for name, held in _grouped(people, length=length):
        if len(held) > ON_ONE_PAGE and name != _OTHER and length < LONGEST_PREFIX:
            small += _small_groups(held, length + 1)
        else:
            small.append((name, held))
    return small


def letter_path(name: str) -> str:
    return f"{PEOPLE_PATH}letter/{'overig' if name == _OTHER else name.lower()}/"
