"""`make screenshots`: photographs of a running hub, in `build/screenshots/`; one for the README."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize

from cms.config.home import CHECKOUT
from tests.end_to_end.conftest import DESKTOP, PHONE, OpenPage

FOLDER = CHECKOUT / "build" / "screenshots"
OF_README = CHECKOUT / "content" / "developers" / "pictures" / "home.webp"
SETTLED = 2_000
"""Milliseconds for a preview in a frame."""
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def photograph(page: Page, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    page.screenshot(path=FOLDER / f"{name}-whole.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_hub(open_page: OpenPage, size: str, scheme: str) -> None:
    page = open_page("employee", "/", viewport=SIZES[size], color_scheme=scheme)
    photograph(page, f"home-{size}-{scheme}")
    for kind, address in addresses_of_kinds(page).items():
        page.goto(address)
        photograph(page, f"{kind}-{size}-{scheme}")


def links_in(page: Page) -> list[str]:
    paths = page.locator("main a[href]").evaluate_all("links => links.map(link => link.pathname)")
    return list(dict.fromkeys(str(path) for path in paths))


def addresses_of_kinds(page: Page) -> dict[str, str]:
    """Return one address per kind of page, found by the template's own class on the body."""
    found: dict[str, str] = {}
    page.goto("/rubrieken/")
    rubrics = links_in(page)
    found["rubric"] = rubrics[0]
    for rubric in rubrics:
        page.goto(rubric)
        for address in links_in(page):
            if address.count("/") == 3 and address.startswith(rubric):
                page.goto(address)
                kind = "interview" if page.locator(".hub-interview-head").count() else "story"
                found.setdefault(kind, address)
        if len(found) == 3:
            break
    return found


@pytest.mark.parametrize("size", SIZES)
def test_the_newsroom(open_page: OpenPage, size: str) -> None:
    for account in ("ambassador", "manager"):
        page = open_page(account, "/newsroom/", viewport=SIZES[size])
        photograph(page, f"dashboard-{account}-{size}")
    page.goto("/newsroom/status/")
    photograph(page, f"status-{size}")


def test_the_door(open_page: OpenPage) -> None:
    for size, viewport in SIZES.items():
        for scheme in ("light", "dark"):
            page = open_page(path="/login/", viewport=viewport, color_scheme=scheme)
            photograph(page, f"door-{size}-{scheme}")


HANDBOOK = CHECKOUT / "themes" / "hub" / "assets" / "handbook"
MOST_BYTES = 60_000
IN_ENGLISH = {"ambassador": "ambassador2", "manager": "deputy"}
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
    waiting = manager.locator("#waiting a.button").first.get_attribute("href")
    agreeing = manager.locator("#agreeing a").first.get_attribute("href")
    manager.goto(str(waiting))
    keep(manager, f"approve-{language}")
    manager.goto(str(agreeing))
    keep(manager, f"people-{language}")
    manager.locator("button[value=link]").first.click()
    link = re.search(r"/w/\?k=[\w-]+", manager.content())
    assert link
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    hers = open_page("", link[0], locale=locale, **seen)
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
