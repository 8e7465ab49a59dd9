"""Somebody without an account: yes, before and after, yes again, live, taken back, gone."""

import re

from playwright.sync_api import Page, expect

from tests.end_to_end import deciding
from tests.end_to_end.conftest import DESKTOP, PHONE, OpenPage, RunningPlein
from tests.end_to_end.public_bytes import everything_public, found_in, reader
from tests.end_to_end.test_accessibility import SCHEMES, axe_faults
from tests.end_to_end.test_story_travels import ON_THE_HUB_WITHIN, SLACK, seconds_until

TITLE = "De freesmachine en ik hebben afspraken"
PATH = "/nieuw-in-huis/de-freesmachine-en-ik-hebben-afspraken/"
HER_WORDS = "het bord bij de magazijnbalie"
CHANGED = " Dat zei ze."
KEPT_WITHIN = 60.0
"""The editor keeps by itself what was typed, a few seconds after the last key."""
NARROWEST = {"width": 320, "height": 640}


def test_a_yes_and_taking_it_back_by_the_same_link(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    editor = open_page("manager", "/newsroom/", viewport=DESKTOP)
    panel = editor.get_by_role("region", name="Wacht op wie erin staat")
    panel.get_by_role("link", name=re.compile(TITLE)).click()
    item = re.search(r"/agreements/(\d+)/", editor.url)
    assert item
    number = int(item[1])
    link = handed_over(editor)
    employee = reader(running_plein, open_page("employee", viewport=PHONE))

    phone = open_page(path=link, viewport=PHONE, has_touch=True, is_mobile=True)
    expect(phone.get_by_role("heading", name="Hoi Oleksandra, mag dit zo online?")).to_be_visible()
    found = faults_here(phone)
    phone.get_by_role("button", name="Ja, dit mag zo").click()
    expect(phone.get_by_role("heading", name="Dank je, Oleksandra")).to_be_visible()

    change_her_words(editor, number)
    seconds_until(lambda: says(phone, link, "Dat zei ze."), within=KEPT_WITHIN)
    expect(phone.locator("ins")).to_contain_text("Dat zei ze.")
    found += faults_here(phone)
    phone.get_by_role("button", name="Ja, dit mag zo").click()

    accept_as_author(open_page, number)
    deciding.open_approval(editor, number)
    deciding.approve_now(editor)
    seconds_until(lambda: employee.get(PATH)[0] == 200, within=ON_THE_HUB_WITHIN + SLACK)
    assert found_in(everything_public(running_plein, employee), [HER_WORDS])

    phone.goto(link)
    phone.get_by_role("button", name="Haal het offline").click()
    found += faults_here(phone)
    phone.get_by_role("button", name="Ja, haal offline").click()
    expect(phone.get_by_role("heading", name="Het is offline, Oleksandra")).to_be_visible()
    seconds_until(lambda: employee.get(PATH)[0] == 404, within=ON_THE_HUB_WITHIN + SLACK)

    assert found_in(everything_public(running_plein, employee), [HER_WORDS, TITLE]) == []
    seconds_until(lambda: says(phone, link, "Weg en nagekeken"), within=60)
    found += faults_here(phone)
    assert found == [], found


def handed_over(editor: Page) -> str:
    editor.get_by_role("button", name="Geef de link").click()
    shown = re.search(r"https?://[^\s\"<]+/w/\?k=[\w-]+", editor.content())
    assert shown
    return "/" + shown[0].partition("://")[2].partition("/")[2]


def change_her_words(editor: Page, number: int) -> None:
    editor.goto(f"/newsroom/pages/{number}/edit/")
    answer = editor.locator("[contenteditable=true]").filter(has_text=HER_WORDS)
    answer.click()
    answer.press("Control+End")
    answer.press_sequentially(CHANGED)
    expect(answer).to_contain_text(CHANGED.strip())


def accept_as_author(open_page: OpenPage, number: int) -> None:
    writer = open_page("ambassador", f"/newsroom/accept/{number}/")
    writer.get_by_role("button", name="Ja, dit mag zo").click()
    writer.wait_for_url(re.compile("/newsroom/$"))


def says(phone: Page, link: str, words: str) -> bool:
    phone.goto(link)
    return phone.get_by_text(words).first.is_visible()


def faults_here(phone: Page) -> list[str]:
    """Look at the page as it stands, as narrow as it gets, by day and by night."""
    found: list[str] = []
    phone.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    for scheme, rules in SCHEMES:
        phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{phone.url} {scheme}: {fault}" for fault in axe_faults(phone, rules)]
    if phone.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{phone.url} scrolls sideways")
    heights = phone.locator("main :is(button, a.button, summary):visible").evaluate_all(
        "all => all.map(each => Math.round(each.getBoundingClientRect().height))"
    )
    found += [f"{phone.url}: a button of {height} px" for height in heights if height < 44]
    phone.set_viewport_size(PHONE)
    return found
