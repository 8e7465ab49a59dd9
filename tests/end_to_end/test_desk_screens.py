"""The screens around requests, agreement and approval: axe finds nothing, nothing goes sideways."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.end_to_end.conftest import PHONE, OpenPage
from tests.end_to_end.test_accessibility import axe_faults

OF_THE_NEWSROOM = [
    "requests/",
    "requests/new/",
    "requests/list/",
    "requests/leaving/",
    "agreements/",
    "approve/",
    "log/",
    "turnaround/",
    "house-rules/",
]
RIGHT_TO_LEFT = "صباح الخير! القهوة جاهزة."
SIDE_OF_THE_FIRST_LETTER = """(text) => {
  const line = document.createElement("p");
  line.textContent = text;
  document.querySelector("main").append(line);
  const letter = new Range();
  letter.setStart(line.firstChild, 0);
  letter.setEnd(line.firstChild, 1);
  const { right } = line.getBoundingClientRect();
  return right - letter.getBoundingClientRect().right < 2 ? "right" : "left";
}"""


def faults_on(window: Page) -> Iterator[str]:
    yield from (f"{window.url}: {fault}" for fault in axe_faults(window, {}))
    if window.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield f"{window.url} scrolls sideways"


def test_the_screens_around_the_writing_desk(open_page: OpenPage) -> None:
    manager = open_page("manager", "/newsroom/requests/", viewport=PHONE)
    first = manager.locator("th a").first.get_attribute("href")
    listed = manager.request.get("/newsroom/api/main/pages/?slug=over-de-heg").json()
    rubric = listed["items"][0]["id"]
    paths = [f"/newsroom/{path}" for path in OF_THE_NEWSROOM]
    paths += [str(first), f"/newsroom/questions/{rubric}/", f"/newsroom/house-rules/{rubric}/"]
    found: list[str] = []
    for number, path in enumerate(paths):
        # By turns, because a screen by day and by night differs in its tokens alone.
        manager.emulate_media(color_scheme="dark" if number % 2 else "light")
        manager.goto(path)
        found += faults_on(manager)
    writer = open_page("ambassador", "/write/planned/", viewport=PHONE)
    found += faults_on(writer)

    assert found == []


def test_who_writes_from_right_to_left_sees_it_so(open_page: OpenPage) -> None:
    writer = open_page("employee", "/ask/", viewport=PHONE)
    typed = writer.locator("textarea").first
    typed.fill(RIGHT_TO_LEFT)

    # Where the caret stands is what she sees; a browser tells it only of text on the page.
    side = writer.evaluate(SIDE_OF_THE_FIRST_LETTER, RIGHT_TO_LEFT)

    assert typed.evaluate("field => getComputedStyle(field).unicodeBidi") == "plaintext"
    assert side == "right"


def test_back_leads_to_the_question_before_and_a_lost_session_is_told(open_page: OpenPage) -> None:
    writer = open_page("ambassador", "/write/", viewport=PHONE)
    writer.get_by_role("link", name="Begin: Goed geregeld").or_(
        writer.get_by_role("button", name="Begin: Goed geregeld")
    ).click()
    writer.wait_for_url("**/write/*-*/")
    form = writer.url
    count = writer.locator(".count")
    writer.goto(f"{form}?question=3")
    expect(count).to_have_text("Vraag 3 van 6")

    writer.get_by_role("button", name="Nu overslaan").click()
    expect(count).to_have_text("Vraag 4 van 6")
    writer.go_back()
    expect(count).to_have_text("Vraag 3 van 6")

    writer.context.clear_cookies()
    writer.locator("textarea:visible").fill("Log in.")
    expect(writer.locator(".saved")).to_contain_text("je bent uitgelogd")
