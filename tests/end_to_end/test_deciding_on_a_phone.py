"""On the train: from the mail to a decision in three taps; and from any page to the tray."""

import re

from playwright.sync_api import Page, expect

from tests.end_to_end import deciding
from tests.end_to_end.conftest import PHONE, OpenPage
from tests.end_to_end.test_writing_desk import faults_here

MOST_TAPS = 3
WAITING = "Wat Verkoop belooft en Montage moet tillen"
WORDS = "Klopt het tijdstip van de boot wel? Op het rooster staat acht uur."


def test_approving_on_the_train_and_answering_a_colleague(open_page: OpenPage) -> None:
    phone = open_page("manager", "/newsroom/", viewport=PHONE, has_touch=True, is_mobile=True)
    waiting = phone.get_by_role("region", name="Wacht op jou").get_by_role("link", name=WAITING)
    address = waiting.first.get_attribute("href")
    assert address is not None

    taps = decide(phone, address)
    colleague = open_page("employee", "/", viewport=PHONE, has_touch=True, is_mobile=True)
    ask(colleague)
    answer(phone)

    colleague.goto("/ask/")
    expect(colleague.get_by_text("Het is half negen.")).to_be_visible()
    assert taps <= MOST_TAPS


def decide(phone: Page, address: str) -> int:
    """Open what the mail leads to, look at page and card, and say yes; return the taps it took."""
    phone.goto(address)
    taps = 1
    expect(deciding.preview(phone).get_by_role("heading", level=1)).to_be_visible()
    assert faults_here(phone) == []
    phone.get_by_role("radio", name="Kaart").check()
    card = phone.frame_locator("iframe[title='Hoe anderen het in een lijst zien']")
    expect(card.get_by_role("article").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("radio", name="Pagina", exact=True).check()

    deciding.say_it_was_read(phone)
    phone.get_by_role("button", name="Keur goed en zet klaar").click()
    taps += 2
    phone.get_by_text("staat klaar voor").wait_for()
    return taps


def ask(colleague: Page) -> None:
    """Ask something from a page of the hub, without a name in the way."""
    colleague.get_by_role("link", name="Vraag, tip of klopt er iets niet?").click()
    colleague.wait_for_url(re.compile(r"/ask/\?page="))
    assert faults_here(colleague) == []
    colleague.get_by_role("radio", name="Er klopt iets niet").check()
    colleague.get_by_label("Wat wil je vragen of vertellen?").fill(WORDS)
    colleague.get_by_role("checkbox", name="Laat me weten wat ermee gebeurt").check()
    colleague.get_by_role("button", name="Stuur het naar de redactie").click()
    expect(colleague.get_by_role("heading", name="Dank je wel!")).to_be_visible()


def answer(phone: Page) -> None:
    phone.goto("/newsroom/tray/")
    note = phone.get_by_role("article").filter(has_text=WORDS)
    assert faults_here(phone) == []
    note.get_by_label("Wat doe je ermee?").select_option("correction")
    note.get_by_label("Jouw zin voor de afzender").fill("Het is half negen.")
    note.get_by_role("button", name="Klaar").click()
    expect(phone.get_by_text("Klaar. De afzender hoort het.")).to_be_visible()
