"""What an editor does: find, look, approve, send back, take offline."""

import re
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import FrameLocator, Locator, Page
from playwright.sync_api import TimeoutError as NotThere

PATIENCE = 12
HUB_ZONE = ZoneInfo("Europe/Amsterdam")


def open_waiting(window: Page, title: str) -> None:
    """Find an item under what waits, and open the page to approve it on."""
    window.goto("/newsroom/")
    waiting = window.get_by_role("region", name="Wacht op jou")
    waiting.get_by_role("link", name=f"Bekijk {title}").click()
    window.get_by_role("heading", name=title, level=1).wait_for()


def open_approval(window: Page, number: int) -> None:
    window.goto(f"/newsroom/approve/{number}/")


def preview(window: Page) -> FrameLocator:
    """Return what the hub itself makes of the text, inside the newsroom's page."""
    return window.frame_locator("iframe[title='Hoe het wordt op de hub']")


def pictured(window: Page, number: int) -> Locator:
    """Open an item until its preview shows a picture: the sizes are made in the background."""
    picture = preview(window).locator("main img").first
    for _ in range(PATIENCE):
        open_approval(window, number)
        with suppress(NotThere):
            picture.wait_for(timeout=5_000)
            break
    return picture


def say_it_was_read(window: Page) -> None:
    window.get_by_role("checkbox", name="Ik las het helemaal").check()


def press_approve_now(window: Page) -> None:
    say_it_was_read(window)
    window.get_by_role("radio", name="Nu").check()
    window.get_by_role("button", name="Keur goed, nu live").click()
    window.get_by_role("button", name="Ja, nu live").click()


def approve_now(window: Page) -> None:
    press_approve_now(window)
    window.get_by_text("gaat nu live.").wait_for()


def approve_at(window: Page, moment: datetime) -> None:
    local = moment.astimezone(HUB_ZONE)
    say_it_was_read(window)
    window.get_by_label("Dag").fill(f"{local:%Y-%m-%d}")
    window.get_by_label("Tijd").fill(f"{local:%H:%M}")
    window.get_by_role("button", name="Keur goed en zet klaar").click()
    window.get_by_text("staat klaar voor").wait_for()


def send_back(window: Page, *, reason: str, sentence: str) -> None:
    window.get_by_role("link", name="Stuur terug").click()
    window.get_by_role("radio", name=reason).check()
    window.get_by_label("Jouw zin").fill(sentence)
    window.get_by_role("button", name="Stuur terug").click()
    window.wait_for_url(re.compile(r"/newsroom/$"))


def take_offline(window: Page, number: int, *, reason: str) -> None:
    window.goto(f"/newsroom/offline/{number}/")
    window.get_by_label("Waarom?").fill(reason)
    window.get_by_role("button", name="Ja, haal offline").click()
    window.wait_for_url(re.compile(r"/newsroom/"))


def refusal(window: Page) -> Locator:
    return window.get_by_role("alert")
