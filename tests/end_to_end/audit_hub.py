"""`make audit`: every template, for everyone who reads, by the programs that judge such things.

Figures and faults are left in `build/audit/`. `PLEIN_AUDIT_AT` names a running demo to look at
instead of starting one.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, StorageState, ViewportSize

from tests.benchmarks.searching import serving
from tests.end_to_end.auditing import looks, programs, style_guide, weights
from tests.end_to_end.auditing.addresses import ADDRESSES, MEASURED
from tests.end_to_end.auditing.report import FOLDER, leave, tell_table
from tests.end_to_end.auditing.ways_of_reading import SIDEWAYS, WAYS, faults
from tests.end_to_end.conftest import DESKTOP, PHONE, chromium, free_port, sign_in

READER = "employee"
LEAST_SCORE = 0.98
A_PHONE = {"viewport": PHONE, "is_mobile": True, "device_scale_factor": 2}
ASKED = {"search with an answer"}
"""What is fetched here comes after the reader asked for something."""


@dataclass(frozen=True)
class Audited:
    """A running demo, and a browser's memory of a colleague who signed in there."""

    address: str
    state: StorageState

    @property
    def cookie(self) -> str:
        return "; ".join(f"{each['name']}={each['value']}" for each in self.state["cookies"])


@pytest.fixture(scope="module")
def audited(request: pytest.FixtureRequest, browser: Browser) -> Audited:
    named = os.environ.get("PLEIN_AUDIT_AT")
    address = named or request.getfixturevalue("running_plein").address
    context = browser.new_context(base_url=address)
    sign_in(context.new_page(), READER)
    state = context.storage_state()
    context.close()
    return Audited(address, state)


type Visit = Callable[..., BrowserContext]


@pytest.fixture
def visit(browser: Browser, audited: Audited) -> Iterator[Visit]:
    """Return a function that opens a browser that was never here, but for who signed in."""
    contexts: list[BrowserContext] = []

    def open_(**options: object) -> BrowserContext:
        settings = {"storage_state": audited.state, "service_workers": "block", **options}
        contexts.append(browser.new_context(base_url=audited.address, **settings))  # type: ignore[arg-type]
        return contexts[-1]

    yield open_
    for context in contexts:
        context.close()


def test_axe_finds_nothing_in_any_way_of_reading(visit: Visit) -> None:
    page = visit().new_page()
    found: dict[str, list[str]] = {}
    for name, path in ADDRESSES.items():
        page.goto(path, wait_until="networkidle")
        for way in WAYS:
            if wrong := [*faults(page, way)]:
                found[f"{name}, {way.name}"] = wrong

    leave("axe", found)
    tell_table([{"axe": f"{len(ADDRESSES)} pages x {len(WAYS)} ways", "wrong": len(found)}])
    assert found == {}


def test_the_markup_is_valid(visit: Visit, tmp_path: Path) -> None:
    asked = visit().request
    pages = {f"{name}.html": asked.get(path).body() for name, path in ADDRESSES.items()}

    found = programs.faults_of_markup(pages, tmp_path)

    leave("markup", found)
    tell_table([{"html checker": f"{len(pages)} pages", "wrong": len(found)}])
    assert found == []


def test_pa11y_finds_nothing(audited: Audited, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    for name, path in ADDRESSES.items():
        address = f"{audited.address}{path}"
        if wrong := programs.faults_by_pa11y(address, cookie=audited.cookie, folder=tmp_path):
            found[name] = wrong

    leave("pa11y", found)
    tell_table([{"pa11y": f"{len(ADDRESSES)} pages", "wrong": len(found)}])
    assert found == {}


@pytest.mark.parametrize("is_slow", [False, True], ids=["quick line", "slow 4G"])
def test_a_first_view_is_light(visit: Visit, is_slow: bool) -> None:
    weighed = [
        weights.weigh(visit(**A_PHONE), name, path, is_slow=is_slow)
        for name, path in ADDRESSES.items()
    ]

    rows = [each.row() for each in weighed]
    leave("weights on slow 4G" if is_slow else "weights", rows)
    tell_table(rows)
    first = [each for each in weighed if each.page in {"home", "story"}]
    assert [each.row() for each in weighed if each.of_page > weights.MOST_OF_PAGE] == []
    unasked = [each for each in weighed if each.page not in ASKED]
    assert [each.row() for each in unasked if each.in_all > weights.MOST_IN_ALL] == []
    assert [each.row() for each in weighed if each.shift > weights.MOST_SHIFT] == []
    if is_slow:
        assert [each.row() for each in first if each.lcp_ms > weights.MOST_LCP] == []


def test_nothing_moves_on_a_wide_screen_either(visit: Visit) -> None:
    weighed = [
        weights.weigh(visit(viewport=DESKTOP), name, path, is_slow=True)
        for name, path in ADDRESSES.items()
    ]

    tell_table([{"page": each.page, "shift": round(each.shift, 4)} for each in weighed])
    assert [each.row() for each in weighed if each.shift > weights.MOST_SHIFT] == []


def test_lighthouse_is_content(playwright: Playwright, audited: Audited, tmp_path: Path) -> None:
    port = free_port()
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "browser",
        executable_path=chromium(),
        args=[*programs.CHROME[1:], f"--remote-debugging-port={port}"],
        base_url=audited.address,
    )
    sign_in(context.new_page(), READER)
    FOLDER.mkdir(parents=True, exist_ok=True)
    scores = {}
    for name in MEASURED:
        file = FOLDER / f"lighthouse-{name}.json"
        address = f"{audited.address}{ADDRESSES[name]}"
        scores[name] = programs.scores_by_lighthouse(address, port=port, file=file)
    context.close()

    leave("lighthouse", scores)
    tell_table([{"page": name, **found} for name, found in scores.items()])
    assert [n for n, found in scores.items() if min(found.values()) < LEAST_SCORE] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_style_guide_looks_as_it_did(browser: Browser, size: ViewportSize, scheme: str) -> None:
    with serving(style_guide.files(), b"") as served:
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{served.address}/", wait_until="networkidle")
        sideways = page.evaluate(SIDEWAYS)
        difference = looks.compare(f"{size['width']}-{scheme}", page.screenshot(full_page=True))
        context.close()

    tell_table([{"style guide": f"{size['width']} {scheme}", "shades": difference.shades}])
    assert sideways <= 0
    assert not difference
