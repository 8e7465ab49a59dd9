"""`make screenshots`: photographs of a running hub, in `build/screenshots/`; one for the README."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from cms.config.home import CHECKOUT
from hub_site.render import Renderer
from tests.benchmarks.searching import serving
from tests.end_to_end.auditing.addresses import ADDRESSES
from tests.end_to_end.auditing.style_guide import PICTURE
from tests.end_to_end.conftest import DESKTOP, PHONE, OpenPage
from tests.integration.press.test_render import documents, staged_tree
from tests.unit.hub_site.whole_tree import print_tree

FOLDER = CHECKOUT / "build" / "screenshots"
OF_README = CHECKOUT / "content" / "developers" / "pictures" / "home.webp"
PARTS = {"alert.html", "newest.html"}
"""What other pages fetch and show; by itself it has no look."""
SETTLED = 2_000
"""Milliseconds for a preview in a frame."""
SIZES = {"desktop": DESKTOP, "phone": PHONE}
type Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def photograph(page: Page, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    page.screenshot(path=FOLDER / f"{name}-whole.png", full_page=True)


def called(name: str) -> str:
    return name.replace(" ", "-").lower()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_template(open_page: OpenPage, size: str, scheme: str) -> None:
    page = open_page("employee", "/", viewport=SIZES[size], color_scheme=scheme)
    for name, path in ADDRESSES.items():
        page.goto(path)
        photograph(page, f"{called(name)}-{size}-{scheme}")


@pytest.fixture(scope="module")
def in_english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One address of each template of a hub that speaks English, by the template's name."""
    home = tmp_path_factory.mktemp("english")
    tree = staged_tree(home, documents("en", is_hostile=False))
    renderer = Renderer(home / "printing")
    files = {each.path: each.body for each in print_tree(renderer, tree)}
    files |= {path: file.read_bytes() for path, file in renderer.assets.items()}
    with serving(files, b"") as served:
        yield {
            Path(str(page.meta["template"])).stem: f"{served.address}/{page.output}"
            for page in tree.pages
            if page.meta["template"] not in PARTS
        }


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_template_in_english(
    browser: Browser, in_english: dict[str, str], size: str, scheme: Scheme
) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    drawing: dict[str, Any] = {"body": PICTURE, "content_type": "image/svg+xml"}
    page.route("**/assets/images/**", lambda route: route.fulfill(**drawing))
    for name, address in in_english.items():
        page.goto(address)
        photograph(page, f"english-{name}-{size}-{scheme}")
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_newsroom(open_page: OpenPage, size: str, scheme: str) -> None:
    looks = {"viewport": SIZES[size], "color_scheme": scheme}
    for account in ("ambassador", "manager"):
        page = open_page(account, "/newsroom/", **looks)
        photograph(page, f"dashboard-{account}-{size}-{scheme}")
    page.goto("/newsroom/status/")
    photograph(page, f"status-{size}-{scheme}")
    listed = page.request.get("/newsroom/api/main/pages/?slug=over-de-heg").json()
    page.goto(f"/newsroom/questions/{listed['items'][0]['id']}/")
    photograph(page, f"questions-{size}-{scheme}")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_desk(open_page: OpenPage, size: str, scheme: str) -> None:
    looks = {"viewport": SIZES[size], "color_scheme": scheme}
    writer = open_page("ambassador", "/write/", **looks)
    photograph(writer, f"desk-{size}-{scheme}")
    writer.locator(".card a.button--main").first.click()
    photograph(writer, f"form-{size}-{scheme}")
    manager = open_page("manager", "/newsroom/", **looks)
    for name, link in decided_on(manager).items():
        page = open_page("" if name == "agreement" else "manager", link, **looks)
        page.wait_for_timeout(SETTLED)
        photograph(page, f"{name}-{size}-{scheme}")


def decided_on(manager: Page) -> dict[str, str]:
    """Return what waits for a decision, for agreement, and somebody's own link to give that."""
    review = manager.locator("#waiting a.button").first.get_attribute("href")
    people = manager.locator("#agreeing a").first.get_attribute("href")
    manager.goto(str(people))
    manager.locator("button[value=link]").first.click()
    link = re.search(r"/w/\?k=[\w-]+", manager.content())
    assert link
    return {"review": str(review), "people": str(people), "agreement": link[0]}


def test_the_door(open_page: OpenPage) -> None:
    for size, viewport in SIZES.items():
        for scheme in ("light", "dark"):
            page = open_page(path="/login/", viewport=viewport, color_scheme=scheme)
            photograph(page, f"door-{size}-{scheme}")


HANDBOOK = CHECKOUT / "themes" / "hub" / "assets" / "handbook"
MOST_BYTES = 60_000
IN_ENGLISH = {"ambassador": "ambassador2", "manager": "deputy"}
OF_HANDBOOK = {"review": "approve", "people": "people"}
TALL: ViewportSize = {"width": 390, "height": 700}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_handbook(open_page: OpenPage, language: str) -> None:
    """Photograph what ambassadors, interviewees and managers see, for the pages that tell of it."""
    seen = {"viewport": TALL, "color_scheme": "light", "device_scale_factor": 2}

    def window(account: str, path: str) -> Page:
        opened = open_page(IN_ENGLISH[account] if language == "en" else account, path, **seen)
        if language == "en":
            # In this very window: what is saved there ends the sessions of others.
            opened.goto("/newsroom/account/")
            speak_english(opened)
            opened.goto(path)
        return opened

    desk = window("ambassador", "/write/")
    keep(desk, f"desk-{language}")
    desk.locator(".card a.button--main").first.click()
    keep(desk, f"question-{language}")
    manager = window("manager", "/newsroom/")
    keep(manager, f"today-{language}")
    ways = decided_on(manager)
    for name in ("review", "people"):
        manager.goto(ways[name])
        keep(manager, f"{OF_HANDBOOK[name]}-{language}")
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    hers = open_page("", ways["agreement"], locale=locale, **seen)
    keep(hers, f"agree-{language}")


def speak_english(page: Page) -> None:
    page.locator("select[name$=preferred_language]").select_option("en")
    page.locator("form:has(select[name$=preferred_language]) [type=submit]").first.click()
    page.wait_for_load_state("load")


def keep(page: Page, name: str) -> None:
    """Keep a picture small enough for a page that is read on a phone."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(SETTLED)
    page.evaluate("scrollTo(0, 0)")
    HANDBOOK.mkdir(exist_ok=True)
    with Image.open(BytesIO(page.screenshot())) as picture:
        picture.save(HANDBOOK / f"{name}.webp", quality=60, method=6)
    assert (HANDBOOK / f"{name}.webp").stat().st_size <= MOST_BYTES, name


def test_the_picture_of_the_readme(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("employee", "/", viewport=DESKTOP, color_scheme="light")
    page.wait_for_load_state("networkidle")
    taken = tmp_path / "home.png"
    page.screenshot(path=taken)
    OF_README.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(taken) as picture:
        picture.save(OF_README, quality=82, method=6)
