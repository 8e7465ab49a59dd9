"""An interview written on a phone: bad reach, a closed tab, two devices, and handed in."""

import re
from io import BytesIO

from PIL import Image as Pillow
from playwright.sync_api import Locator, Page, Route, expect

from tests.end_to_end import deciding
from tests.end_to_end.conftest import DESKTOP, PHONE, OpenPage
from tests.end_to_end.test_accessibility import NARROW, SCHEMES, axe_faults

SAVED = re.compile("Bewaard om")
CUTS = 100
MOST_BYTES = 60_000
SENT_WITHIN = 20_000
LOST_ANSWER = 5
WORDS = [f"woord{number}" for number in range(10)]
ANSWERS = ["Toen kon ik alleen sleutelen.", "Dat niemand luistert. Dat doen we wel.", "Koffie."]


def test_an_interview_on_a_phone(open_page: OpenPage) -> None:
    phone = open_page("ambassador", "/write/", viewport=PHONE, has_touch=True, is_mobile=True)
    found = faults_here(phone)
    phone.get_by_role("link", name="Begin: Op de praatstoel").click()
    found += faults_here(phone)
    phone.get_by_label("Naam van de collega").fill("gerda lubbers")
    weight = Weight(phone)
    phone.get_by_role("button", name="Begin met vraag 1").click()
    expect(phone.locator(".count")).to_have_text("Vraag 1 van 6")
    weight.check()
    found += faults_here(phone, nights=1)
    form = phone.url

    type_through_cuts(phone)
    phone = reopen(phone, form)
    expect(phone.locator("#answer-hands")).to_have_value("".join(f"{word} " for word in WORDS))
    found += two_devices(open_page, phone, form)
    for answer in ANSWERS:
        phone.get_by_role("button", name=re.compile("Volgende|Nu overslaan")).click()
        phone.locator("textarea:visible").fill(answer)
    phone.goto(f"{form}?question=5")
    phone.locator("textarea:visible").fill("Sta op.")
    phone.get_by_role("button", name="Volgende").click()
    add_photo(phone)
    found += faults_here(phone)
    phone.get_by_role("button", name="Bekijk het verhaal").click()
    expect(phone.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text(
        "‘Toen kon ik alleen sleutelen.’", timeout=SENT_WITHIN
    )
    found += faults_here(phone)
    phone.get_by_role("button", name="Stuur in naar Noor of Farid").click()
    expect(phone.get_by_role("heading", name="Dank je, Magda!")).to_be_visible()

    assert found == [], found
    send_back(open_page, phone)


def type_through_cuts(window: Page) -> None:
    """Lose a hundred requests while she types, or the answers to them."""
    cuts = Cuts()
    window.route(re.compile("/answer/$"), cuts.meddle)
    window.evaluate("document.querySelector('#answer-hands').focus()")
    for number, word in enumerate(WORDS, start=1):
        window.keyboard.insert_text(f"{word} ")
        while cuts.made < number * CUTS / len(WORDS):
            window.evaluate("dispatchEvent(new Event('online'))")
            window.wait_for_timeout(5)
    assert cuts.made >= CUTS


class Cuts:
    """Loses requests; in between an answer to one that did come in."""

    def __init__(self) -> None:
        self.made = 0

    def meddle(self, route: Route) -> None:
        self.made += 1
        if self.made % LOST_ANSWER == 0:
            route.fetch()
        route.abort("connectionreset")


def reopen(window: Page, form: str) -> Page:
    """Close the tab while everything is still on the phone, and open another one."""
    context = window.context
    window.close(run_before_unload=False)
    page = context.new_page()
    page.goto(form)
    # What was only on the phone is sent, and then kept there no longer.
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('plein.write'))")
    return page


def two_devices(open_page: OpenPage, phone: Page, form: str) -> list[str]:
    laptop = open_page("ambassador", f"{form}?question=1", viewport=DESKTOP)
    laptop.locator("textarea:visible").fill("Van de laptop.")
    expect(laptop.locator(".saved")).to_have_text(SAVED)

    phone.get_by_role("button", name="Terug").click()
    phone.locator("#answer-hands").fill("Van de telefoon.")

    expect(phone.get_by_text("Er zijn twee versies van dit antwoord")).to_be_visible()
    found = faults_here(phone)
    phone.get_by_role("button", name="Zet ze onder elkaar").click()
    both = "Van de laptop.\n\nVan de telefoon."
    expect(phone.locator("#answer-hands")).to_have_value(both)
    return found


def add_photo(window: Page) -> None:
    encoded = BytesIO()
    Pillow.effect_noise((3000, 2000), 40).convert("RGB").save(encoded, "JPEG", quality=85)
    photo = {"name": "hal.jpg", "mimeType": "image/jpeg", "buffer": encoded.getvalue()}
    window.locator("input[data-photo]").last.set_input_files(photo)  # type: ignore[arg-type]
    expect(window.get_by_text("Kleiner gemaakt")).to_be_visible(timeout=SENT_WITHIN)
    window.get_by_label("Wat zie je op de foto?").fill("Gerda bij de lasbank")


def faults_here(window: Page, *, nights: int = 0) -> list[str]:
    """Look at the page as it stands, narrow, by day and where it is asked by night."""
    found: list[str] = []
    window.set_viewport_size(NARROW)
    for scheme, rules in SCHEMES[: 1 + nights]:
        window.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{window.url} {scheme}: {fault}" for fault in axe_faults(window, rules)]
    if window.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{window.url} scrolls sideways")
    small = window.locator("main :is(button, a.button, .tick, input[type=submit]):visible")
    found += [f"{window.url}: a button of {height} px" for height in heights(small) if height < 44]
    window.set_viewport_size(PHONE)
    return found


def heights(buttons: Locator) -> list[float]:
    found: list[float] = buttons.evaluate_all(
        "all => all.map(each => Math.round(each.getBoundingClientRect().height))"
    )
    return found


class Weight:
    """What a page costs to load for who never was here."""

    def __init__(self, window: Page) -> None:
        self.window = window

    def check(self) -> None:
        sizes = self.window.evaluate(
            "performance.getEntries().filter(each => each.encodedBodySize)"
            ".map(each => [each.name, each.encodedBodySize])"
        )
        assert sum(size for _name, size in sizes) <= MOST_BYTES, sizes


def send_back(open_page: OpenPage, phone: Page) -> None:
    """Leave the demo as it was."""
    number = re.search(r"/write/([0-9a-f-]{36})/", phone.url)
    assert number
    editor = open_page("manager", "/newsroom/")
    editor.get_by_role("link", name=re.compile("sleutelen")).first.click()
    deciding.send_back(editor, reason="Er mist iets", sentence="Dank je, het was maar een proef.")
