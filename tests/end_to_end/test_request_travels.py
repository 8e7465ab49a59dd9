"""From a request to a story that is handed in, on two phones, without anybody signing in."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.end_to_end import deciding
from tests.end_to_end.conftest import PHONE, OpenPage, RunningPlein
from tests.end_to_end.outbox import link_in_mail
from tests.end_to_end.test_writing_desk import SENT_WITHIN, Cuts, Weight, add_photo, faults_here

SUBJECT = "Gerda kijkt over de heg"
CUTS = 12
ANSWERS = [
    "Ik dacht dat boven alleen koffie drinkt.",
    "Dat de telefoon nooit stilstaat, ook niet tijdens de taart.",
    "De werkbon komt als de bus al geladen is.",
    "Wij bellen voortaan om tien uur.",
]


class Taps:
    """Counts what a thumb does."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.made = 0

    def on(self, words: str) -> None:
        self.made += 1
        button = re.compile(words)
        there = self.window.get_by_role("button", name=button).or_(
            self.window.get_by_role("link", name=button)
        )
        there.locator("visible=true").first.tap()

    def open(self, link: str) -> None:
        """Tap a link in a mail."""
        self.made += 1
        self.window.goto(link)


def test_from_a_request_to_an_interview_that_is_handed_in(
    open_page: OpenPage, running_plein: RunningPlein
) -> None:
    manager = open_page("manager", "/newsroom/requests/new/")
    ask(manager)
    phone = open_page(viewport=PHONE, has_touch=True, is_mobile=True, path="/w/")
    found = faults_here(phone, nights=1)
    taps = Taps(phone)
    weight = Weight(phone)
    taps.open(link_in_mail(running_plein.home, to="ambassador@", about=SUBJECT))
    expect(phone.locator(".count")).to_have_text("Vraag 1 van 5")
    assert taps.made == 1, "from the mail to the first question"
    weight.check()
    form = phone.url

    type_through_cuts(phone)
    taps.made = 0
    taps.on("Laat Gerda zelf antwoorden")
    found += faults_here(phone, nights=1)
    taps.on("Mail naar gerda")
    expect(phone.get_by_text("De mail is onderweg naar Gerda")).to_be_visible()
    assert taps.made == 2, "from the form to a link in her mailbox"

    hers = open_page(viewport=PHONE, has_touch=True, is_mobile=True, path="/w/")
    found += answer_all(hers, link_in_mail(running_plein.home, to="gerda", about="Magda"))
    phone.goto(form)
    expect(phone.get_by_text("Gerda is klaar: 5 van 5 beantwoord.")).to_be_visible()
    phone.goto(f"{form.partition('?')[0]}story/")
    taps.on("Stuur in naar Noor of Farid")
    expect(phone.get_by_role("heading", name="Dank je, Magda!")).to_be_visible()

    assert found == [], found
    manager.goto("/newsroom/requests/?which=all")
    expect(manager.get_by_role("row", name=SUBJECT)).to_contain_text("Ingestuurd")
    manager.goto("/newsroom/")
    manager.get_by_role("link", name=re.compile("telefoon nooit stilstaat")).first.click()
    deciding.send_back(manager, reason="Er mist iets", sentence="Dank je, het was maar een proef.")


def ask(window: Page) -> None:
    window.get_by_label("Rubriek").select_option(label="Over de heg")
    window.get_by_label("Onderwerp").fill(SUBJECT)
    window.get_by_label("Gevraagd aan").select_option(label="Magda Kowalczyk")
    window.get_by_label("Over of met wie").fill("Gerda Lubbers")
    window.get_by_label("Uiterlijk").fill((date.today() + timedelta(days=12)).isoformat())  # noqa: DTZ011
    window.get_by_role("button", name="Vraag het").click()
    expect(window.get_by_text("Magda Kowalczyk is gevraagd, met 5 vragen.")).to_be_visible()


def type_through_cuts(window: Page) -> None:
    """Type while requests, or the answers to them, are lost; what was typed comes through."""
    cuts = Cuts()
    window.route(re.compile("/answer/$"), cuts.meddle)
    window.locator("textarea:visible").fill("Magda: ")
    while cuts.made < CUTS:
        window.evaluate("dispatchEvent(new Event('online'))")
        window.wait_for_timeout(5)
    window.unroute_all()
    window.evaluate("dispatchEvent(new Event('online'))")
    expect(window.locator(".saved")).to_have_text(re.compile("Bewaard om"), timeout=SENT_WITHIN)


def answer_all(window: Page, link: str) -> list[str]:
    """Answer as who it is about; say in the end that she is done."""
    taps = Taps(window)
    taps.open(link)
    expect(window.locator(".count")).to_have_text(re.compile("Vraag [12] van 5"))
    assert taps.made == 1, "from her mail to her first question"
    form = window.url.partition("?")[0]
    for number, answer in enumerate(ANSWERS, start=1):
        window.goto(f"{form}?question={number}")
        window.locator("textarea:visible").fill(answer)
        expect(window.locator(".saved")).to_have_text(re.compile("Bewaard om"), timeout=SENT_WITHIN)
    taps.on("Volgende")
    add_photo(window)
    expect(window.locator(".saved")).to_have_text(re.compile("Bewaard om"), timeout=SENT_WITHIN)
    taps.on("Naar het eind")
    expect(window.get_by_role("heading", name="5 van 5 beantwoord")).to_be_visible()
    found = faults_here(window, nights=1)
    taps.on("Ik ben klaar")
    expect(window.get_by_role("heading", name="Dank je, Gerda!")).to_be_visible()
    return found
