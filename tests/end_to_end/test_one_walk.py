"""One story from a request to nothing left of it: on phones of 390 px, three people, five links."""

import re
import sys
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.end_to_end import deciding
from tests.end_to_end.conftest import DESKTOP, PHONE, OpenPage, RunningPlein
from tests.end_to_end.outbox import link_in_mail
from tests.end_to_end.public_bytes import Stranger, everything_public, found_in, reader
from tests.end_to_end.requesting import ANSWERS, SUBJECT, Taps, answer_all, ask
from tests.end_to_end.test_story_travels import ON_THE_HUB_WITHIN, SLACK, seconds_until
from tests.end_to_end.test_writing_desk import Weight, faults_here

PATH = "/over-de-heg/dat-de-telefoon-nooit-stilstaat-ook-niet-tijdens-de-taart/"
HER_WORDS = "De werkbon komt als de bus al geladen is."
CHANGED = " Dat zei ze."
MOST_TAPS = 3
KEPT_WITHIN = 60.0
"""The editor keeps by itself what was typed, a few seconds after the last key."""
TOUCHED = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
NOTE = "Klopt het tijdstip wel? Op het rooster staat elf uur."


@dataclass
class Walk:
    """What is counted and found on the way."""

    plein: RunningPlein
    open_page: OpenPage
    taps: dict[str, int] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def phone(self, account: str = "", path: str = "/login/") -> Page:
        return self.open_page(account, path, **TOUCHED)

    def look(self, window: Page) -> None:
        self.found += faults_here(window, nights=1)


def test_from_a_request_to_nothing_left(running_plein: RunningPlein, open_page: OpenPage) -> None:
    walk = Walk(running_plein, open_page)
    manager = walk.phone("manager", "/newsroom/requests/new/")
    ask(manager)
    answered_by_two(walk)
    manager.goto("/newsroom/requests/?which=all")
    expect(manager.get_by_role("row", name=SUBJECT)).to_contain_text("Ingestuurd")
    number = edited(walk)
    hers = agreed(walk, number)
    approved_on_the_phone(walk, manager, number)
    employee = reader(running_plein, walk.phone("employee", "/"))
    seconds_until(lambda: employee.get(PATH)[0] == 200, within=ON_THE_HUB_WITHIN + SLACK)
    assert found_in(everything_public(running_plein, employee), [HER_WORDS])
    asked_and_answered(walk, manager)
    taken_back(walk, hers, employee)

    sys.stdout.write(f"taps: {walk.taps}\n")
    assert walk.found == []
    assert {name: made for name, made in walk.taps.items() if made > MOST_TAPS} == {}


def answered_by_two(walk: Walk) -> None:
    """Forward the questions from the ambassador's mail; let Gerda answer; hand it in."""
    phone = walk.phone()
    taps, weight = Taps(phone), Weight(phone)
    taps.open(link_in_mail(walk.plein.home, to="ambassador@", about=SUBJECT))
    expect(phone.locator(".count")).to_have_text("Vraag 1 van 5")
    walk.taps["mail to question 1"] = taps.made
    weight.check()
    form, taps.made = phone.url, 0
    taps.on("Laat Gerda zelf antwoorden")
    walk.look(phone)
    taps.on("Mail naar gerda")
    expect(phone.get_by_text("De mail is onderweg naar Gerda")).to_be_visible()
    walk.taps["forward"] = taps.made

    link = link_in_mail(walk.plein.home, to="gerda", about="Magda")
    hers, faults = answer_all(walk.phone(), link)
    walk.taps["her mail to her question"] = hers.made
    walk.found += faults
    phone.goto(form)
    expect(phone.get_by_text("Gerda is klaar: 5 van 5 beantwoord.")).to_be_visible()
    phone.goto(f"{form.partition('?')[0]}story/")
    taps.made = 0
    taps.on("Stuur in naar Noor of Farid")
    expect(phone.get_by_role("heading", name="Dank je, Magda!")).to_be_visible()
    walk.taps["hand in"] = taps.made


def edited(walk: Walk) -> int:
    """Change her words as an editor does; return the item's number."""
    editor = walk.open_page("manager", "/newsroom/", viewport=DESKTOP)
    editor.get_by_role("link", name=re.compile("telefoon nooit stilstaat")).first.click()
    number = int(re.findall(r"/(\d+)/", editor.url)[0])
    editor.goto(f"/newsroom/pages/{number}/edit/")
    answer = editor.locator("[contenteditable=true]").filter(has_text=HER_WORDS)
    answer.click()
    answer.press("Control+End")
    answer.press_sequentially(CHANGED)
    expect(answer).to_contain_text(CHANGED.strip())
    author = walk.open_page("ambassador", "/login/account/", **TOUCHED)
    seconds_until(lambda: has_changed(author, number), within=KEPT_WITHIN)
    walk.look(author)
    author.get_by_role("button", name="Ja, dit mag zo").click()
    author.wait_for_url(re.compile("/newsroom/$"))
    return number


def has_changed(author: Page, number: int) -> bool:
    author.goto(f"/newsroom/accept/{number}/")
    return author.locator("ins").first.is_visible()


def agreed(walk: Walk, number: int) -> Page:
    """Ask Gerda by mail; she sees before and after and says yes."""
    editor = walk.phone("manager", f"/newsroom/agreements/{number}/")
    walk.look(editor)
    editor.get_by_role("button", name="Vraag iedereen die nog niet akkoord ging").click()
    editor.goto("/newsroom/")
    panel = editor.get_by_role("region", name="Wacht op wie erin staat")
    expect(panel.get_by_role("link", name=re.compile("telefoon nooit"))).to_be_visible()
    link = link_in_mail(walk.plein.home, to="gerda", about="telefoon nooit")
    hers = walk.phone()
    taps = Taps(hers)
    taps.open(link)
    expect(hers.locator("ins").first).to_contain_text("Dat zei ze.")
    walk.look(hers)
    taps.on("Ja, dit mag zo")
    expect(hers.get_by_role("heading", name="Dank je, Gerda")).to_be_visible()
    walk.taps["say yes"] = taps.made
    return hers


def approved_on_the_phone(walk: Walk, phone: Page, number: int) -> None:
    """Look at page and card, schedule it in three taps; then let it go live at once."""
    deciding.pictured(phone, number)
    taps = 1
    walk.look(phone)
    phone.get_by_role("radio", name="Kaart").check()
    card = phone.frame_locator("iframe[title='Hoe anderen het in een lijst zien']")
    expect(card.get_by_role("article").first).to_be_visible()
    phone.get_by_role("radio", name="Pagina", exact=True).check()
    deciding.say_it_was_read(phone)
    phone.get_by_role("button", name="Keur goed en zet klaar").click()
    walk.taps["approve"] = taps + 2
    phone.get_by_text("staat klaar voor").wait_for()

    phone.goto(f"/newsroom/moment/{number}/")
    walk.look(phone)
    phone.get_by_role("radio", name="Nu").check()
    phone.get_by_role("button", name="Nu live").click()
    phone.wait_for_url(re.compile(r"/newsroom/"))


def asked_and_answered(walk: Walk, manager: Page) -> None:
    """Ask something from the story itself, without a name in the way; answer it from the tray."""
    colleague = walk.phone("employee", PATH)
    colleague.get_by_role("link", name="Vraag, tip of klopt er iets niet?").click()
    colleague.wait_for_url(re.compile(r"/ask/\?page="))
    walk.look(colleague)
    colleague.get_by_role("radio", name="Er klopt iets niet").check()
    colleague.get_by_label("Wat wil je vragen of vertellen?").fill(NOTE)
    colleague.get_by_role("checkbox", name="Laat me weten wat ermee gebeurt").check()
    colleague.get_by_role("button", name="Stuur het naar de redactie").click()
    expect(colleague.get_by_role("heading", name="Dank je wel!")).to_be_visible()
    manager.goto("/newsroom/tray/")
    note = manager.get_by_role("article").filter(has_text=NOTE)
    walk.look(manager)
    note.get_by_label("Wat doe je ermee?").select_option("correction")
    note.get_by_label("Jouw zin voor de afzender").fill("Het is tien uur.")
    note.get_by_role("button", name="Klaar").click()
    expect(manager.get_by_text("Klaar. De afzender hoort het.")).to_be_visible()
    colleague.goto("/ask/")
    expect(colleague.get_by_text("Het is tien uur.")).to_be_visible()


def taken_back(walk: Walk, hers: Page, employee: Stranger) -> None:
    """Take the yes back by the same link; nothing of it is anywhere any more."""
    taps, link = Taps(hers), hers.url
    taps.open(link)
    taps.on("Haal het offline")
    expect(hers.get_by_role("button", name="Ja, haal offline")).to_be_visible()
    walk.look(hers)
    taps.on("Ja, haal offline")
    expect(hers.get_by_role("heading", name="Het is offline, Gerda")).to_be_visible()
    walk.taps["take back"] = taps.made
    seconds_until(lambda: employee.get(PATH)[0] == 404, within=ON_THE_HUB_WITHIN + SLACK)
    words = [HER_WORDS, *ANSWERS]
    seconds_until(
        lambda: not found_in(everything_public(walk.plein, employee), words),
        within=ON_THE_HUB_WITHIN + SLACK,
    )
    seconds_until(lambda: says(hers, link, "Weg en nagekeken"), within=60)
    walk.look(hers)


def says(phone: Page, link: str, words: str) -> bool:
    phone.goto(link)
    return phone.get_by_text(words).first.is_visible()
