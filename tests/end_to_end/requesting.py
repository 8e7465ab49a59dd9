"""What is done on the way from a request to an interview, by a manager and on two phones."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.end_to_end.test_writing_desk import SENT_WITHIN, Cuts, add_photo, faults_here

__all__ = ["ANSWERS", "SUBJECT", "Taps", "add_photo", "answer_all", "ask", "type_through_cuts"]

SUBJECT = "Gerda kijkt over de heg"
CUTS = 100
ANSWERS = [
    "Ik dacht dat boven alleen koffie drinkt.",
    "Dat de telefoon nooit stilstaat, ook niet tijdens de taart.",
    "De werkbon komt als de bus al geladen is.",
    "Wij bellen voortaan om tien uur.",
]
SAVED = re.compile("Bewaard om")


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


def ask(window: Page) -> None:
    """Ask an ambassador for an interview; the window shows the form of a new request."""
    window.get_by_label("Rubriek").select_option(label="Over de heg")
    window.get_by_label("Onderwerp").fill(SUBJECT)
    window.get_by_label("Gevraagd aan").select_option(label="Magda Kowalczyk")
    window.get_by_label("Over of met wie").fill("Gerda Lubbers")
    window.get_by_label("Uiterlijk").fill((date.today() + timedelta(days=12)).isoformat())  # noqa: DTZ011
    window.get_by_role("button", name="Vraag het").click()
    expect(window.get_by_text("Magda Kowalczyk is gevraagd, met 5 vragen.")).to_be_visible()


def type_through_cuts(window: Page, words: str) -> int:
    """Type while requests, or the answers to them, are lost; what was typed comes through."""
    cuts = Cuts()
    window.route(re.compile("/answer/$"), cuts.meddle)
    window.locator("textarea:visible").fill(words)
    while cuts.made < CUTS:
        window.evaluate("dispatchEvent(new Event('online'))")
        window.wait_for_timeout(5)
    window.unroute_all(behavior="wait")
    window.evaluate("dispatchEvent(new Event('online'))")
    expect(window.locator(".saved")).to_have_text(SAVED, timeout=SENT_WITHIN)
    return cuts.made


def answer_all(window: Page, link: str) -> tuple[Taps, list[str]]:
    """Answer as who it is about, the first of it with a bad line; say in the end that she is done.

    Returns:
        Her taps from the mail to the first question, and what was wrong with the pages.
    """
    taps, found = Taps(window), []
    taps.open(link)
    expect(window.locator(".count")).to_have_text(re.compile("Vraag 1 van 5"))
    to_question = Taps(window)
    to_question.made = taps.made
    cuts = type_through_cuts(window, ANSWERS[0])
    assert cuts >= CUTS
    for answer in ANSWERS[1:]:
        taps.on("Volgende")
        window.locator("textarea:visible").fill(answer)
        expect(window.locator(".saved")).to_have_text(SAVED, timeout=SENT_WITHIN)
    taps.on("Volgende")
    add_photo(window)
    expect(window.locator(".saved")).to_have_text(SAVED, timeout=SENT_WITHIN)
    taps.on("Naar het eind")
    expect(window.get_by_role("heading", name="5 van 5 beantwoord")).to_be_visible()
    found += faults_here(window, nights=1)
    taps.on("Ik ben klaar")
    expect(window.get_by_role("heading", name="Dank je, Gerda!")).to_be_visible()
    return to_question, found
