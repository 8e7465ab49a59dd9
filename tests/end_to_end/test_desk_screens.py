"""The screens around requests, agreement and approval: axe finds nothing, nothing goes sideways."""

from collections.abc import Iterator

from playwright.sync_api import Page

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
