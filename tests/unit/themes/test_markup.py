import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from hub_site.content.blocks import BLOCK_TYPES
from hub_site.pages import Page
from tests.unit.themes.theme import (
    TEMPLATES,
    THEME,
    Tags,
    environment,
    hostile,
    render,
    render_template,
    sample_site,
)

HUB, PAGES = sample_site()
KINDS = {page.template: page for page in PAGES}


@pytest.fixture(params=sorted(KINDS), ids=str)
def page(request: pytest.FixtureRequest) -> Page:
    return KINDS[request.param]


PARTS = {"newest.html", "alert.html"}


@pytest.fixture(params=sorted({*KINDS} - PARTS), ids=str)
def whole_page(request: pytest.FixtureRequest) -> Page:
    """What is newest in a tree, and alerts, are parts of other pages."""
    return KINDS[request.param]


def test_the_sample_shows_every_template_but_the_hand_kept_ones() -> None:
    skeleton = {
        "base.html",
        "main.html",
        "reading.html",
        "page.html",
        "404.html",
        "card.html",
        "offline.html",
    }

    assert set(KINDS) | skeleton == {path.name for path in TEMPLATES if path.parent == THEME}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_text_becomes_markup(page: Page) -> None:
    markup = render(page, hub=HUB, view=hostile(page.view))

    assert "<b class='x'>" not in markup
    assert '<b class="x">' not in markup


@pytest.mark.parametrize("kind", ["story.html", "interview.html", "announcement.html"])
def test_an_item_has_a_card_of_what_lists_say_of_it(kind: str) -> None:
    item = KINDS[kind]
    view = hostile(item.view)
    assert isinstance(view, dict)

    card = render(replace(item, template="card.html"), hub=HUB, view=view)

    assert Tags(card).named("article")
    assert str(item.view["title"]) in card
    assert "<b class='x'>" not in card


def test_every_page_leads_to_the_one_door_with_its_own_address(whole_page: Page) -> None:
    address = f"/ask/?page=/{quote(whole_page.path)}"

    assert address in set(Tags(render(whole_page, hub=HUB)).values("href"))
    assert "/ask/" not in render(whole_page, hub={**HUB, "ask": False})


def test_the_hub_s_own_words_do_not_become_markup(page: Page) -> None:
    hub = hostile(HUB)
    assert isinstance(hub, dict)

    assert "<b class='x'>" not in render(page, hub=hub)


def test_a_page_has_one_heading_of_the_first_rank(whole_page: Page) -> None:
    assert len(Tags(render(whole_page, hub=HUB)).named("h1")) == 1


def test_a_page_names_its_landmarks_once(whole_page: Page) -> None:
    tags = Tags(render(whole_page, hub=HUB))

    assert [attrs["id"] for attrs in tags.named("main")] == ["main"]
    assert "#main" in tags.values("href")
    assert all(attrs.get("aria-label") for attrs in tags.named("nav"))


def test_ids_are_unique_and_references_within_the_page_exist(whole_page: Page) -> None:
    tags = Tags(render(whole_page, hub=HUB))
    ids = Counter(tags.values("id"))
    wanted = {href[1:] for href in tags.values("href") if href.startswith("#")}
    wanted |= set(tags.values("aria-labelledby"))

    assert [name for name, count in ids.items() if count > 1] == []
    assert wanted <= set(ids)


def test_the_page_speaks_the_hub_s_language_and_the_item_its_own() -> None:
    english = next(page for page in PAGES if page.language == "en")
    tags = Tags(render(english, hub=HUB))

    assert tags.named("html")[0]["lang"] == "nl"
    assert "en" in {attrs.get("lang") for attrs in tags.named("article")}


NAMELESS = {"code", "div", "em", "p", "span", "strong", "time"}
"""What can be called nothing else than it says, unless it is given another role."""


def test_only_what_can_have_a_name_is_given_one(page: Page) -> None:
    named = [
        (tag, attrs["aria-label"])
        for tag, attrs in Tags(render(page, hub=HUB)).found
        if tag in NAMELESS and "aria-label" in attrs and "role" not in attrs
    ]

    assert named == []


def test_every_image_has_its_size_and_words_or_says_that_it_needs_none(page: Page) -> None:
    for attrs in Tags(render(page, hub=HUB)).named("img"):
        assert attrs["alt"] is not None
        assert (attrs["width"] or "").isdigit()
        assert (attrs["height"] or "").isdigit()


WIDE = {"path": "assets/images/wide.webp", "width": 512, "height": 80, "ground": "dark"}
SQUARE = {"path": "assets/images/square.webp", "width": 128, "height": 128, "ground": "light"}


def logos_in(page: Page, **logos: object) -> list[dict[str, str | None]]:
    style = {"logo": None, "logo_dark": None, **logos}
    tags = Tags(render(page, hub={**HUB, "style": style}))
    assert len(tags.named("h1")) == 1
    return [attrs for attrs in tags.named("img") if "hub-logo" in str(attrs.get("class")).split()]


def test_a_logo_stands_where_the_name_does_and_is_called_by_it(whole_page: Page) -> None:
    logos = logos_in(whole_page, logo=WIDE)

    assert len(logos) == 3
    assert {each["alt"] for each in logos} == {HUB["name"]}
    assert {(each["width"], each["height"]) for each in logos} == {("512", "80")}
    assert {each["class"] for each in logos} == {"hub-logo hub-logo--wide hub-logo--on-dark"}
    assert not any("loading" in each for each in logos)


def test_of_two_logos_a_screen_fetches_one() -> None:
    logos = logos_in(KINDS["story.html"], logo=SQUARE, logo_dark=WIDE)

    assert {each["loading"] for each in logos} == {"lazy"}
    assert {each["class"] for each in logos} == {
        "hub-logo hub-logo--day hub-logo--on-light",
        "hub-logo hub-logo--wide hub-logo--night",
    }


def test_a_page_asks_nothing_of_third_parties(page: Page) -> None:
    tags = Tags(render(page, hub=HUB))
    loaded = [*tags.values("src"), *tags.values("srcset")]
    loaded += [attrs["href"] or "" for attrs in tags.named("link")]

    assert [url for url in loaded if "//" in url] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", source))


def test_the_404_page_stands_without_a_page_of_its_own() -> None:
    tags = Tags(render_template("404.html", hub=HUB))

    assert len(tags.named("h1")) == 1
    assert "/rubrieken/" in tags.values("href")


@pytest.mark.parametrize("content", ["<h1>Over ons</h1><p>Wij.</p>", "<p>Wij.</p>"])
def test_a_hand_kept_page_has_its_title_once(content: str) -> None:
    page = SimpleNamespace(
        meta={"template": "page.html", "title": "Over ons", "language": "nl", "view": {}},
        title="Over ons",
        url="over/",
        content=content,
    )

    assert len(Tags(render_template("page.html", hub=HUB, page=page)).named("h1")) == 1


@pytest.mark.parametrize("kind", sorted(BLOCK_TYPES))
def test_every_block_of_the_contract_has_its_template(kind: str) -> None:
    assert (THEME / "blocks" / f"{kind}.html").is_file()


@pytest.mark.parametrize(("name", "shown"), [("Plein", "Ple"), ("De Zandbak", "De Zandbak")])
def test_the_sun_is_the_dot_on_the_i_or_the_end_of_the_name(name: str, shown: str) -> None:
    markup = render_template("404.html", hub={**HUB, "name": name})

    assert f">{shown}<" in markup
    assert ("hub-wordmark__i" in markup) is ("i" in name)


def test_a_pattern_is_the_same_at_every_build_and_another_for_every_story() -> None:
    template = environment().get_template("partials/pattern.html")
    drawn = [template.render(seed=seed, tile="bend") for seed in "aab"]

    assert drawn[0] == drawn[1] != drawn[2]


def test_an_empty_hub_says_what_will_come_and_shows_no_empty_bands() -> None:
    view: dict[str, object] = {
        "alerts": [],
        "lead": None,
        "announcements": [],
        "fresh": [],
        "parts": [],
        "newcomers": None,
        "call": None,
        "recent": [],
        "date": None,
    }
    empty = {**KINDS["home.html"].view, **view}
    markup = render(KINDS["home.html"], hub={**HUB, "rubrics": []}, view=empty)

    assert "hub-empty" in markup
    assert not re.search(
        r"hub-(cover|announcements|fresh|newcomers|call|since|alert|rubric-index)\b", markup
    )


@pytest.mark.parametrize("count", range(1, 9))
def test_no_row_of_the_front_page_has_a_hole_in_it(count: int) -> None:
    home = KINDS["home.html"]
    teaser = next(each for each in PAGES if each.template == "rubric.html").view["latest"]
    assert isinstance(teaser, list)
    markup = render(home, hub=HUB, view={**home.view, "parts": [], "fresh": [teaser[0]] * count})

    widths = {"feature": 12, "wide": 7, "face": 5, "third": 4, "line": 4}
    variants = re.findall(r'"hub-teaser hub-teaser--(\w+) ', markup)
    assert len(variants) == count
    assert sum(widths[variant] for variant in variants) % 12 == 0


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "per jaar en maand"), ("en", "by year and month")]
)
def test_an_archive_says_how_it_is_put_in_order_whatever_its_age(language: str, words: str) -> None:
    rubric = KINDS["rubric.html"]
    before = {"year": "2019", "total": 3, "path": "dagje-mee/2019/", "months": []}
    for archive in (rubric.view["archive"], [before]):
        view = {**rubric.view, "archive": archive}
        markup = render(rubric, hub={**HUB, "language": language}, view=view)

        assert re.search(rf'id="archive">[^<]*, {words}<', markup)
