"""Colleagues who chose to have a page, and the list of them."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from hub_site.content.documents import Person
from hub_site.pages.dates import in_words
from hub_site.pages.front import PEOPLE_PATH, is_newcomer
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.shelf import Shelf
from hub_site.pages.titles import plain_letters
from hub_site.pages.views import Letter, Page, PeopleGroup, PersonView
from hub_site.words import WORDS

ON_ONE_PAGE = 60
ITEMS = 12
LONGEST_PREFIX = 8
_OTHER = "#"


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
        "items": sheet.teasers(sheet.shelf.items_of(person)[:ITEMS]),
        "newcomer": is_newcomer(sheet, person),
    }
    return sheet.finish(view, about=person, frame=Frame("person.html", "people", person.role))


def _since(person: Person, shelf: Shelf) -> str | None:
    if person.started is None:
        return None
    year, month = map(int, person.started.split("-"))
    return in_words(date(year, month, 1), "MMMM y", shelf.language)


def people_pages(new_sheet: Callable[[str], Sheet]) -> list[Page]:
    """One page for up to 60 colleagues; more get a page per letter, or per first letters."""
    sheet = new_sheet(PEOPLE_PATH)
    people = sheet.shelf.people
    if len(people) <= ON_ONE_PAGE:
        groups = _grouped(people, length=1)
        return [_people_page(sheet, groups=groups, letters=[], letter=None)]
    groups = _small_groups(people)
    letters = [Letter(letter=name, path=_letter_path(name)) for name, _ in groups]
    return [
        _people_page(sheet, groups=[], letters=letters, letter=None),
        *(
            _people_page(
                new_sheet(_letter_path(name)), groups=[(name, held)], letters=letters, letter=name
            )
            for name, held in groups
        ),
    ]


def _people_page(
    sheet: Sheet,
    *,
    groups: list[tuple[str, list[Person]]],
    letters: list[Letter],
    letter: str | None,
) -> Page:
    shelf = sheet.shelf
    words = WORDS[shelf.language]
    view = {
        "letters": letters,
        "letter": letter,
        "groups": [
            PeopleGroup(letter=name, people=[sheet.person_card(person) for person in people])
            for name, people in groups
        ],
        "total": len(shelf.people),
    }
    title = f"{words.colleagues}: {letter}" if letter else words.colleagues
    description = words.colleagues_at.format(organisation=shelf.hub.organisation)
    frame = Frame("people.html", "people", description, title)
    return sheet.finish(view, about=shelf.hub, frame=frame)


def _letters_of(person: Person, length: int) -> str:
    letters = "".join(letter for letter in plain_letters(person.title) if letter.isalnum())
    return letters[:length].capitalize() if letters.isascii() and letters else _OTHER


def _grouped(people: Iterable[Person], *, length: int) -> list[tuple[str, list[Person]]]:
    def key(person: Person) -> str:
        return _letters_of(person, length)

    return [(name, list(held)) for name, held in groupby(sorted(people, key=key), key)]


def _small_groups(people: Iterable[Person], length: int = 1) -> list[tuple[str, list[Person]]]:
    """Split by first letter, and by more letters where one group would be too long for a page."""
    small: list[tuple[str, list[Person]]] = []
    for name, held in _grouped(people, length=length):
        if len(held) > ON_ONE_PAGE and name != _OTHER and length < LONGEST_PREFIX:
            small += _small_groups(held, length + 1)
        else:
            small.append((name, held))
    return small


def _letter_path(name: str) -> str:
    return f"{PEOPLE_PATH}letter/{'overig' if name == _OTHER else name.lower()}/"
