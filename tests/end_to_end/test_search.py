"""Somebody searches as people do, in a real browser, and nobody else hears of it."""

from pathlib import Path

import yaml
from playwright.sync_api import expect

from hub_site.search.words import words_of
from tests.end_to_end.conftest import PHONE, OpenPage
from tests.end_to_end.test_accessibility import faults

QUESTIONS = Path(__file__).parents[1] / "benchmarks" / "questions.yaml"
LEAST_OF_100 = 95
FIRST_THREE = """async (questions) => {
  const { Search } = await import("/assets/js/search-index.js");
  const search = new Search("/");
  await search.open();
  const answers = [];
  for (const question of questions) {
    const found = (await search.find(question)).slice(0, 3);
    const cards = await Promise.all(found.map((hit) => hit.shard.card(hit.number)));
    answers.push(cards.map((card) => card[1]));
  }
  return answers;
}"""
WORDS_OF = """async (texts) => {
  const { wordsOf } = await import("/assets/js/search-language.js");
  return texts.map(wordsOf);
}"""
ODD = [
    *("Foto’s van collega's", "De C.A.O. en een b.v. ", "Yıldırım, Łukasz & Søren", "C# of C++"),
    *(
        "CNC-operator, 05.40 uur",
        "bouw\u00advakdagen",
        "🙂 — …",
        "مرحبا بالعالم",
        "\ufb01ets ½ \uff21\uff22",
    ),
    *(
        "a.b.c.de a.b. x.y",
        "'t Is 's avonds",
        "\u01c4ungla Straße \u1e9e",
        "日本語 テスト",
        "x" * 50,
    ),
]


def test_what_people_type_finds_what_they_mean(open_page: OpenPage) -> None:
    page = open_page("employee", "/zoeken/")
    asked = [
        (each["ask"], each["find"])
        for some in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")).values()
        for each in some
    ]

    answers: list[list[str]] = page.evaluate(FIRST_THREE, [question for question, _ in asked])

    missed = [
        question
        for (question, wanted), found in zip(asked, answers, strict=True)
        if not any(path.endswith(f"/{wanted}/") for path in found)
    ]
    assert len(asked) >= 100
    assert len(missed) / len(asked) <= 1 - LEAST_OF_100 / 100, missed
    assert page.evaluate(WORDS_OF, ODD) == [
        [word[:40] for word in words_of(text)] for text in ODD
    ], "the press and the browser read words otherwise"


def test_a_reader_finds_a_story_with_the_keyboard_alone(open_page: OpenPage) -> None:
    asked: list[str] = []
    page = open_page("employee", viewport=PHONE)
    page.on("request", lambda request: asked.append(request.url + str(request.post_data)))
    page.keyboard.press("Control+k")
    page.wait_for_url("**/zoeken/")
    expect(page.locator("#question")).to_be_focused()

    page.keyboard.type("hardhoud")
    hit = page.locator('[data-hub="search-found"] a').first
    expect(hit).to_contain_text("tropisch hardhout")
    expect(page.locator("#main").get_by_role("status")).to_contain_text("voor ‘hardhou")
    found = list(faults(page))
    page.locator("#question").focus()
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/waarom-we-stoppen-met-tropisch-hardhout/")
    page.go_back()
    expect(hit).to_contain_text("tropisch hardhout")
    page.fill("#question", "qxzvw")
    expect(page.locator("#main").get_by_role("status")).to_contain_text("Niets gevonden")
    expect(page.get_by_role("link", name="Dagje mee").first).to_be_visible()

    assert found + list(faults(page)) == []
    assert [url for url in asked if "hardhoud" in url or "qxzvw" in url] == []


def test_without_script_the_page_says_where_to_look(open_page: OpenPage) -> None:
    page = open_page("employee", "/zoeken/", java_script_enabled=False)

    expect(page.get_by_text("Zoeken kan hier niet")).to_be_visible()
    expect(page.locator("#question")).to_be_hidden()
    expect(page.locator("main").get_by_role("link", name="Dagje mee")).to_be_visible()
