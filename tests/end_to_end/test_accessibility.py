"""Everybody can use it: axe finds nothing, nothing scrolls sideways, nobody else is asked."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import DESKTOP, OpenPage, RunningPlein
from tests.end_to_end.public_bytes import live_release
from tests.end_to_end.writing import Text

NARROW: ViewportSize = {"width": 320, "height": 640}
VIOLATIONS = "async (options) => (await axe.run(options)).violations"
# What passed is not even told: writing that down takes as long as looking.
ONLY_FAULTS = {"resultTypes": ["violations"]}
WHAT_COLOUR_CHANGES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", {}),
    ("dark", WHAT_COLOUR_CHANGES),
)
LOOKS: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = (
    (DESKTOP, "light"),
    (NARROW, "dark"),
)
"""Each width and each scheme once: what has no contrast in the dark has none at any width."""
HUB = {
    "home": "/",
    "story": "/vraag-van-de-maand/waarom-is-het-in-hal-2-nooit-warmer-dan-zestien-graden/",
    "interview": "/op-de-praatstoel/ik-hoor-aan-de-las-of-iemand-haast-had/",
    "rubric": "/op-de-praatstoel/",
    "rubrics": "/rubrieken/",
    "announcement": "/mededelingen/lakstraat-staat-stil/",
    "lapsed announcement": "/mededelingen/carnaval-oss-is-dicht/",
    "section": "/mededelingen/",
    "person": "/collegas/magda-kowalczyk/",
    "people": "/collegas/",
    "tag": "/onderwerp/lassen/",
    "theme": "/thema/veilig-werken/",
    "film": "/van-buiten-naar-binnen/negen-wipkippen-op-de-boot-naar-vlieland/",
    "hand-kept page": "/huisregels/",
    "hand-kept page in English": "/house-rules/",
    "404": "/hier-is-niets/",
}


STILL = """() => {
  const moving = document.getAnimations();
  const ending = moving.filter((each) => each.effect.getComputedTiming().endTime < Infinity);
  return Promise.allSettled(ending.map((each) => each.finished));
}"""


def faults(window: Page) -> Iterator[str]:
    """Look at one page wide and by day, and narrow and by night."""
    for viewport, scheme in LOOKS:
        window.set_viewport_size(viewport)
        window.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{window.url} {scheme} {viewport['width']}"
        yield from (f"{where}: {fault}" for fault in axe_faults(window))
        sideways = window.evaluate("document.documentElement.scrollWidth - innerWidth")
        if sideways > 0:
            yield f"{window.url} is {sideways} px wider than {viewport['width']}"


def axe_faults(window: Page, rules: dict[str, Any] | None = None) -> Iterator[str]:
    window.wait_for_load_state()
    # A message that still fades in has no contrast yet.
    window.evaluate(STILL)
    if not window.evaluate("'axe' in window"):
        window.evaluate(AXE_SCRIPT)
    violations: list[dict[str, Any]] = window.evaluate(VIOLATIONS, {**ONLY_FAULTS, **(rules or {})})
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['id']} {node['target']} {node['failureSummary'][:200]}"


def all_faults(window: Page, paths: Iterable[str]) -> list[str]:
    """Walk over pages; what asks another host for anything is a fault as well."""
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    found: list[str] = []
    for path in paths:
        window.goto(path)
        found += faults(window)
    return found + [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))]


@pytest.mark.parametrize("kind", HUB)
def test_a_page_of_the_hub(open_page: OpenPage, kind: str) -> None:
    assert all_faults(open_page("employee", ""), [HUB[kind]]) == []


def test_a_month(running_plein: RunningPlein, open_page: OpenPage) -> None:
    months = [
        path.removesuffix("index.html")
        for path in live_release(running_plein)
        if re.fullmatch(r"mededelingen/\d{4}/\d\d/index\.html", path)
    ]

    assert all_faults(open_page("employee", ""), [f"/{months[0]}"]) == []


def test_ones_own_account(open_page: OpenPage) -> None:
    paths = ["/login/account/", "/login/account/code/"]

    assert all_faults(open_page("manager", ""), paths) == []


def test_the_door(open_page: OpenPage) -> None:
    paths = ["/login/", "/login/activate/", "/login/forgotten/", "/login/forgotten/new/"]

    assert all_faults(open_page(path=""), paths) == []


@pytest.mark.parametrize("account", ["ambassador", "manager"])
def test_today(open_page: OpenPage, account: str) -> None:
    assert all_faults(open_page(account, ""), ["/newsroom/"]) == []


def test_how_the_house_is_doing(open_page: OpenPage) -> None:
    assert all_faults(open_page("manager", ""), ["/newsroom/status/"]) == []


def test_what_an_editor_and_a_writer_decide_on(open_page: OpenPage) -> None:
    text = Text.about("de leesbril")
    other = Text(text.title, text.summary, "Wie hem zoekt, heeft hem meestal op.")
    writer, editor = open_page("ambassador"), open_page("manager")
    number = writing.submit_story(writer, text)
    writing.change_story(editor, number, other)
    decisions = [f"/newsroom/approve/{number}/", f"/newsroom/approve/{number}/send-back/"]

    found = all_faults(editor, decisions) + all_faults(writer, [f"/newsroom/accept/{number}/"])

    deciding.open_approval(editor, number)
    deciding.send_back(editor, reason="Klopt niet", sentence="Dit was een proef met de leesbril.")
    assert found == []
