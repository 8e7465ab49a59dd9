"""An interview of four questions and a photo by mail, on a phone: taps, bytes, waits, minutes.

The way is walked in a real browser on slow 4G with a processor slowed down four times; how fast
people read, think and type is a model (`typing_people`), and the minutes are as good as that.
"""

import random
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from PIL import Image as Pillow
from PIL import ImageFilter
from playwright.sync_api import Browser, Page, expect

from cms.config.starter_rubrics import starter_rubrics
from tests.benchmarks.figures import beside, percentile, told
from tests.benchmarks.installation import Installation
from tests.benchmarks.slow_phone import LONGEST, Walk
from tests.benchmarks.typing_people import Asked, seconds_of
from tests.end_to_end.conftest import PHONE, sign_in
from tests.end_to_end.outbox import link_in_mail
from tests.end_to_end.requesting import SUBJECT, ask

PEOPLE, MINUTES = 2000, 5.0
MOST_TAPS, MOST_KB = 3, 60.0
RUBRIC = "work-of-another"
SAVED = re.compile("Bewaard om")


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
        ("as_asked", least, False),
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
    arrive(walk, 1, tapped=lambda: window.goto(link))
    window.wait_for_load_state("networkidle")
    beside("interview_taps_to_question", walk.taps, "taps", peer=MOST_TAPS)
    beside("interview_first_kb", walk.kilobytes, "KB", peer=MOST_KB)
    told("interview_first_wait_s", walk.waited, "s")
    onward = window.get_by_role("button", name="Volgende")
    for number in range(2, 6):
        walk.taps += 1  # into the field
        window.locator("textarea:visible").fill(f"Antwoord {number} op wat er gevraagd is.")
        arrive(walk, number, tapped=onward.tap)
    walk.taps += 2
    send_photo(window)
    walk.wait(lambda: expect(window.locator(".saved")).to_have_text(SAVED, timeout=LONGEST))
    told("interview_wait_s", walk.waited, "s")
    told("interview_taps", walk.taps, "taps")
    told("interview_words_to_read", walk.words, "words")
    return Asked(walk.words, walk.taps, questions=4, photos=1, waited=walk.waited)


def arrive(walk: Walk, number: int, *, tapped: Callable[[], object]) -> None:
    """Tap on to a question, and read what stands there."""
    count, here = walk.window.locator(".count"), re.compile(f"Vraag {number} van 5")
    walk.tap(tapped, lambda: expect(count).to_have_text(here, timeout=LONGEST))
    walk.words += walk.words_here()


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
    """Return how many words the form says are enough, and the middle of what the rubric allows."""
    asked = starter_rubrics()[RUBRIC]["questions"]
    ranges = [[int(each) for each in one["words"].split("-")] for one in asked if "words" in one]
    least = sum(low for low, _high in ranges)
    return least, sum((low + high) // 2 for low, high in ranges)
