"""What a page is found by, and the files that a browser searches in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub_site.content.parsing import parse_all
from hub_site.pages import Page, compose
from hub_site.search.entries import PERSON, TEXT, TEXT_TWICE, TITLE, Found, found_from, found_in
from hub_site.search.memory import period_of
from hub_site.search.shards import Shard, shard_of
from hub_site.search.words import words_of
from hub_site.stage import stage_page
from tests.unit.hub_site import samples

BLANK = Found(
    tree="everyone",
    kind="story",
    path="dagje-mee/een/",
    day="2026-11-19",
    language="nl",
    title="Een",
    note="",
    rubric="",
    words=("",) * 8,
)
words = st.text("abcdefgh#é", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Foto’s van collega's", ["fotos", "van", "collegas"]),
        ("De C.A.O. en een b.v.", ["de", "cao", "en", "een", "bv"]),
        ("Yıldırım, Łukasz & Søren", ["yildirim", "lukasz", "soren"]),
        ("C# of C++", ["c#", "of", "c++"]),
        ("CNC-operator, 05.40 uur", ["cnc", "operator", "05", "40", "uur"]),
        ("bouw\u00advak\u00addagen", ["bouwvakdagen"]),
        ("🙂 — …", []),
        ("مرحبا", ["مرحبا"]),
    ],
)
def test_words_are_as_people_search_for_them(text: str, wanted: list[str]) -> None:
    assert words_of(text) == wanted


def pages_of(*documents: samples.Json) -> Mapping[str, Page]:
    site = compose(parse_all(samples.by_id(documents)).documents, as_of=samples.NOW)
    return {page.path: page for page in site.pages}


def found_on(page: Page) -> Found | None:
    return found_in(stage_page(page).text, f"{page.path}index.html")


def test_a_story_is_found_by_its_subjects_and_by_all_that_its_blocks_say() -> None:
    pages = pages_of(*samples.sample_hub(0))
    story = found_on(pages["dagje-mee/vijf-uur-veertig/"])
    theme = found_on(pages["thema/veilig-werken/"])

    assert story is not None
    said = {word for place in story.words for word in place.split(" ")}
    asked = "staal vinger veilig haar zakken kolom reünie bouwvak truus aantal"
    assert {word for each in asked.split() for word in words_of(each)} <= said
    assert theme is not None
    assert (theme.kind, theme.title) == ("tag", "Veilig werken")


def test_an_item_is_found_by_all_that_its_page_says() -> None:
    page = pages_of(*samples.sample_hub(0))[str(samples.full_story()["path"])]
    found = found_on(page)

    assert found is not None
    assert (found.kind, found.path, found.language) == ("story", page.path, page.language)
    placed = {word: place for place, some in enumerate(found.words) for word in some.split()}
    assert {placed[word] for word in words_of(found.title)} == {TITLE}
    assert {placed[word] for word in words_of("Magda Kowalczyk, Ingrid, Tijn")} == {PERSON}
    assert {TEXT, TEXT_TWICE} <= set(placed.values())


def test_pages_that_only_lead_to_others_are_not_found() -> None:
    kinds = {
        page.template: found_on(page) for page in pages_of(*samples.sample_hub(stories=6)).values()
    }

    assert {kind for kind, found in kinds.items() if found is None} >= {
        *("home.html", "rubrics.html", "people.html", "search.html", "month.html", "yours.html")
    }
    assert kinds["person.html"] is not None
    assert kinds["rubric.html"] is not None


def test_an_entry_is_read_as_it_was_written() -> None:
    found = replace(BLANK, title='‘Aan’ "en" \\ uit', words=("a b", *[""] * 7))

    assert found_from(found.to_text()) == found


def read_back(shard: Shard) -> dict[str, dict[str, int]]:
    """What stands where, read as a browser does: by the path of an entry, words and places."""
    head = json.loads(shard.files[shard.head])
    known = list(accumulate(head["words"].split("\n"), _uncoded, initial=""))[1:]
    if "postings" in head:
        lines, cards = head["postings"].split("\n"), head["cards"]
    else:
        lines = "\n".join(shard.files[name].decode() for name in head["portions"]).split("\n")
        cards = [card for name in head["card_files"] for card in json.loads(shard.files[name])]
    found: dict[str, dict[str, int]] = {card[1]: {} for card in cards}
    for word, line in zip(known, lines, strict=True):
        number = 0
        for mark in line.split(","):
            gap, place = divmod(int(mark, 36), 8)
            number += gap
            found[cards[number][1]][word] = place
    return found


def _uncoded(before: str, line: str) -> str:
    return before[: int(line[0], 36)] + line[1:]


def written(said: Mapping[str, Mapping[str, int]]) -> list[Found]:
    """Entries in which these words stand in these places, by the path of each."""
    return [
        replace(
            BLANK,
            path=path,
            day=f"2026-11-{1 + number % 9:02}",
            words=tuple(
                " ".join(sorted(word for word, at in places.items() if at == place))
                for place in range(8)
            ),
        )
        for number, (path, places) in enumerate(said.items())
    ]


@settings(max_examples=40)
@given(
    st.dictionaries(
        words.map(lambda word: f"{word}/"),
        st.dictionaries(words, st.integers(0, 7), min_size=1, max_size=9),
        min_size=1,
        max_size=9,
    )
)
def test_a_shard_says_what_was_put_in_it(said: dict[str, dict[str, int]]) -> None:
    entries = written(said)

    assert read_back(shard_of(entries)) == said
    assert shard_of(reversed(entries)) == shard_of(entries), "the same entries, other bytes"


def many(count: int) -> Iterable[Found]:
    for number in range(count):
        spoken = " ".join(sorted({f"w{number * step % 4999:04}" for step in range(1, 200)}))
        yield replace(BLANK, path=f"p/{number:04}/", words=(spoken, *[""] * 7))


def test_a_large_shard_is_read_a_little_at_a_time() -> None:
    entries = list(many(400))
    shard = shard_of(entries)

    said = {found.path: dict.fromkeys(found.words[0].split(), TEXT) for found in entries}
    assert read_back(shard) == said
    assert len(shard.files) > 20
    assert max(map(len, shard.files.values())) < 80_000


def test_the_newest_month_is_by_itself() -> None:
    assert period_of("2026-11", newest="2026-11") == "2026-11"
    assert period_of("2026-10", newest="2026-11") == period_of("2026-07", newest="2026-11")
    assert period_of("2026-06", newest="2026-11") != period_of("2026-07", newest="2026-11")
    assert period_of("", newest="2026-11") == "always"
