"""Every search box of the newsroom takes whatever is typed or pasted into it."""

import re

import pytest
from django.test import Client
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Not, Or, Phrase, PlainText
from wagtail.search.utils import parse_query_string

from cms.accounts.models import Person
from cms.core.search import MOST_WORDS
from tests import factories
from tests.integration.desk.admin_addresses import Address, addresses

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("indexes"),
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

TYPED = (
    *('"', '""', '"""', '" "', "'", "''", "`", "\\", "*", "(", ")", "()", "-", "+", "^", ":", "%"),
    *("%s", "{", "{title} : x", "NEAR", "NEAR(", "AND", "OR NOT", "NOT", "a AND", '"a', 'a"b"c'),
    *(
        "a*",
        "(a",
        "a)",
        "-a",
        "title:a",
        "a'b",
        "a''b",
        "a\\",
        "a\x00b",
        "\x00",
        "🎉",
        "a 🎉",
        "　",
    ),
    *("é", "ﬁ", "İ", "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace")),
    *("a " * 2000, '"a" ' * 500, "a" * 5000, "((((" * 500),
)
NASTY = "wies\" * ( NEAR -🎉 \\ AND OR % '"
"""All of it at once; what is left to look for is the beginning of a name, and two words."""
SEARCHED = re.compile(
    r"[:_](?:index|list|listing|choose|chooser|explore|explore_root|search|find|autocomplete|child)"
    r"(?:_results)?$"
)


@pytest.mark.both_databases
def test_whatever_is_typed_is_looked_for_or_nothing_is() -> None:
    factories.person(name="Wies 'd Hoek-Land")
    backend = get_search_backend()

    for typed in TYPED:
        list(backend.autocomplete(typed, Person))
        list(backend.search(parse_query_string(typed, operator="and")[1], Person))

    for typed in ('"wies', 'wie"', "(wies)", "wies 🎉", "'hoek", "wies *", "hoek-", "WIES\x00"):
        assert [str(found) for found in backend.autocomplete(typed, Person)] == [
            "Wies 'd Hoek-Land"
        ], typed
    for typed in ('"', "🎉", "* (", "nergens", 'wies "nergens"'):
        assert not list(backend.autocomplete(typed, Person)), typed


def test_what_is_asked_for_by_its_parts_keeps_its_meaning() -> None:
    one, other = factories.person(name="Wies Hoek"), factories.person(name="Ties Land")
    backend = get_search_backend()

    def found(query: object) -> set[object]:
        return set(backend.search(query, Person))

    assert found(Or([PlainText("wies"), PlainText('"'), PlainText("ties")])) == {one, other}
    assert found(And([PlainText("wies"), Phrase('"hoek')])) == {one}
    assert found(And([PlainText('"'), Phrase("*")])) == set()
    assert found(And([Phrase("wies hoek"), Not(PlainText("land"))])) == {one}
    assert found(PlainText("wies ties", operator="or")) == {one, other}
    assert found(" ".join(["hoek"] * MOST_WORDS + ["land"])) == {one}


def search_doors() -> list[Address]:
    """Return every address of the newsroom that looks for something: of two alike, the lighter."""
    doors = {one.name: one for one in addresses()}
    return [
        one
        for name, one in doors.items()
        if SEARCHED.search(name) and f"{name}_results" not in doors
    ]


def test_no_search_box_fails_on_what_is_typed(client: Client) -> None:
    client.force_login(factories.user(is_superuser=True))
    section = factories.story(live=True).get_parent().pk
    values = {"page_id": section, "parent_page_id": section}
    values = {**values, "app_label": "stories", "model_name": "story", "app_name": "stories"}

    seen = {}
    for door in search_doors():
        asked = {"search": NASTY} if "api:" in door.name else {"q": NASTY, "term": NASTY}
        seen[door.name] = client.get(door.filled(values), asked).status_code

    assert {name: code for name, code in seen.items() if code not in {200, 302, 404}} == {}
    assert sum(code == 200 for code in seen.values()) > 30
