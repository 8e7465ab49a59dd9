"""An interview of four questions and a photo by mail, on a phone: taps, bytes, waits, minutes.

The way is walked in a real browser on slow 4G with a processor slowed down four times; how fast
people read, think and type is a model (`typing_people`), and the minutes are as good as that.
"""

import random
import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from statistics import median

import pytest
from PIL import Image as Pillow
from PIL import ImageFilter
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cms.config.starter_rubrics import starter_rubrics
from tests.benchmarks.figures import beside, percentile, told
from tests.benchmarks.installation import Installation
from tests.benchmarks.typing_people import Asked, seconds_of
from tests.end_to_end.conftest import PHONE, chromium, sign_in
from tests.end_to_end.outbox import link_in_mail
from tests.end_to_end.requesting import SUBJECT, ask

PEOPLE, MINUTES = 2000, 5.0
MOST_TAPS, MOST_KB = 3, 60.0
RUBRIC = "work-of-another"
SAVED = re.compile("Bewaard om")
SLOWDOWN, LONGEST = 4, 120_000
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
VISIBLE_WORDS = "document.querySelector('main').innerText.trim().split(/\\s+/).length"


class Walk:
    """Counts what one walk costs: taps, words to read, and how long the machine lets her wait."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.taps = self.words = 0
        self.waited = 0.0
        self.sent = 0.0
        session = window.context.new_cdp_session(window)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self.sent += event["encodedDataLength"]

    def arrive(self, text: re.Pattern[str], begun: float) -> None:
        expect(self.window.locator(".count")).to_have_text(text, timeout=LONGEST)
        self.waited += time.perf_counter() - begun
        self.words += int(self.window.evaluate(VISIBLE_WORDS))

    def open(self, link: str) -> None:
        self.taps += 1
        begun = time.perf_counter()
        self.window.goto(link)
        self.arrive(re.compile("Vraag 1 van 5"), begun)

    def go_on(self, number: int) -> None:
        self.taps += 1
        begun = time.perf_counter()
        self.window.get_by_role("button", name="Volgende").tap()
        self.arrive(re.compile(f"Vraag {number} van 5"), begun)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


def test_an_interview_takes_five_minutes(tmp_path: Path, browser: Browser) -> None:
    plein = Installation.new(tmp_path)
    with plein.running():
        manager = browser.new_context(base_url=plein.address).new_page()
        sign_in(manager, "manager")
        manager.goto("/newsroom/requests/new/")
        ask(manager)
        link = link_in_mail(plein.home, to="ambassador@", about=SUBJECT)
        asked = walked(browser, link)

    least, middle = words_wanted()
    for name, words, is_spoken in (
        ("shortest", least, False),
        ("middle", middle, False),
        ("spoken", middle, True),
    ):
        chance = random.Random(1)  # noqa: S311 - chance that repeats
        minutes = [
            seconds_of(asked, words, chance, is_spoken=is_spoken) / 60 for _person in range(PEOPLE)
        ]
        told(f"interview_{name}_words", words, "words")
        beside(f"interview_{name}_p50_min", median(minutes), "min", peer=MINUTES)
        told(f"interview_{name}_p75_min", percentile(minutes, 75), "min")


def walked(browser: Browser, link: str) -> Asked:
    """Walk from the mail to the end of the form, as somebody who never was there."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    window = context.new_page()
    walk = Walk(window)
    walk.open(link)
    window.wait_for_load_state("networkidle")
    beside("interview_taps_to_question", walk.taps, "taps", peer=MOST_TAPS)
    beside("interview_first_kb", walk.sent / 1024, "KB", peer=MOST_KB)
    told("interview_first_wait_s", walk.waited, "s")
    for number in range(2, 6):
        walk.taps += 1  # into the field
        window.locator("textarea:visible").fill(f"Antwoord {number} op wat er gevraagd is.")
        walk.go_on(number)
    walk.taps += 2
    send_photo(window)
    begun = time.perf_counter()
    expect(window.locator(".saved")).to_have_text(SAVED, timeout=LONGEST)
    walk.waited += time.perf_counter() - begun
    told("interview_wait_s", walk.waited, "s")
    told("interview_taps", walk.taps, "taps")
    told("interview_words_to_read", walk.words, "words")
    return Asked(walk.words, walk.taps, questions=4, photos=1, waited=walk.waited)


def send_photo(window: Page) -> None:
    """Choose a photo as soft as one of a phone, and say what is on it while it travels."""
    encoded = BytesIO()
    grain = Pillow.effect_noise((3000, 2000), 60).filter(ImageFilter.GaussianBlur(4))
    grain.convert("RGB").save(encoded, "JPEG", quality=85)
    photo = {"name": "hal.jpg", "mimeType": "image/jpeg", "buffer": encoded.getvalue()}
    window.locator("input[data-photo]").last.set_input_files(photo)  # type: ignore[arg-type]
    field = window.get_by_label("Wat zie je op de foto?")
    field.wait_for(timeout=LONGEST)
    field.fill("Gerda bij de lasbank")


def words_wanted() -> tuple[int, int]:
    """Return how many words the rubric's questions ask for: the least, and the middle."""
    asked = starter_rubrics()[RUBRIC]["questions"]
    ranges = [[int(each) for each in one["words"].split("-")] for one in asked if "words" in one]
    least = sum(low for low, _high in ranges)
    return least, sum((low + high) // 2 for low, high in ranges)
