"""Approving on the train: from the mail, through the real preview, to a yes with a moment.

Walked in a real browser of 390 px on slow 4G with a processor slowed down four times, signed in
this morning and nothing of the screen kept yet. What is read is counted; how fast somebody reads
and taps is the model of `typing_people`.
"""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.benchmarks.figures import beside, told
from tests.benchmarks.installation import Installation
from tests.benchmarks.slow_phone import LONGEST, Walk
from tests.benchmarks.typing_people import READ, TAP
from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import PHONE, sign_in
from tests.end_to_end.outbox import link_in_mail
from tests.end_to_end.writing import Text

MOST_TAPS, MOST_SECONDS = 3, 60.0
APPROVAL = r"/newsroom/approve/\d+/"
SHORT = Text(
    title="De poort aan de Nijverheidsweg blijft maandag dicht",
    summary="Er komt een nieuwe slagboom. Tot de middag rijd je om langs de achterkant.",
    paragraph=(
        "Maandag zetten twee monteurs de nieuwe slagboom neer. De oude bleef bij vorst hangen, en "
        "dan stond Hennie in de regen te duwen. Tot twaalf uur kom je binnen langs de achterkant, "
        "bij de spuiterij. Lopen en fietsen kan gewoon aan de voorkant. Komt er een vrachtwagen "
        "voor jou? Bel dan vooraf met toestel 114, dan loopt er iemand mee. Na de middag doet de "
        "poort het weer, en hij doet het voortaan ook als het vriest."
    ),
)
NEXT = Text(
    title="De bakfiets van Oss krijgt een tweede leven",
    summary=SHORT.summary,
    paragraph=SHORT.paragraph,
)


def test_approving_takes_less_than_a_minute(tmp_path: Path, browser: Browser) -> None:
    plein = Installation.new(tmp_path)
    with plein.running():
        writer = browser.new_context(base_url=plein.address).new_page()
        sign_in(writer, "ambassador")
        for text in (SHORT, NEXT):
            writing.submit_story(writer, text)
        context = browser.new_context(
            base_url=plein.address, viewport=PHONE, has_touch=True, is_mobile=True
        )
        sign_in(context.new_page(), "manager")
        for name, text in (("approval_first", SHORT), ("approval_next", NEXT)):
            link = link_in_mail(plein.home, to="noor.hiemstra@", about=text.title, way=APPROVAL)
            approved(name, context.new_page(), link, text)


def approved(name: str, window: Page, link: str, text: Text) -> None:
    """Walk from the mail to the yes; keep what that cost under a name."""
    walk = Walk(window)
    shown = deciding.preview(window).get_by_text(text.paragraph[:40])
    walk.tap(
        lambda: window.goto(link, wait_until="commit"), lambda: shown.wait_for(timeout=LONGEST)
    )
    told(f"{name}_wait_s", walk.waited, "s")
    window.wait_for_load_state("load")
    told(f"{name}_kb", walk.kilobytes, "KB")
    around = walk.words_here()
    story = sum(len(words.split()) for words in (text.title, text.summary, text.paragraph))
    tick = window.get_by_role("checkbox", name="Ik las het helemaal")
    walk.tap(tick.tap, lambda: expect(tick).to_be_checked())
    yes = window.get_by_role("button", name="Keur goed en zet klaar")
    done = window.get_by_text(re.compile("staat klaar voor"))
    walk.tap(yes.tap, lambda: done.first.wait_for(timeout=LONGEST))
    told(f"{name}_words_around", around, "words")
    told(f"{name}_words_of_story", story, "words")
    beside(f"{name}_taps", walk.taps, "taps", peer=MOST_TAPS)
    told(f"{name}_all_waits_s", walk.waited, "s")
    seconds = walk.waited + TAP * walk.taps + 60 * (around + story) / READ
    beside(f"{name}_s", seconds, "s", peer=MOST_SECONDS)
