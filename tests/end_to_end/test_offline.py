"""Reading without a connection: press, gate, nginx and a real browser; no newsroom."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cms.config.doorway import HEALTH, METRICS, OF_DJANGO, OF_THE_PRESS, WITH_SECRETS
from cms.config.home import CHECKOUT
from hub_site.press import build_once
from hub_site.settings import PressSettings
from tests.end_to_end.conftest import PHONE
from tests.integration.press.conftest import press_settings
from tests.integration.press.newsroom import FakeNewsroom, serving
from tests.serving import People, granian, nginx_in_front
from tests.unit.hub_site import samples, some_only

THEME = CHECKOUT / "themes" / "hub"
READER = "plein_session=hr; plein_own=1"
ELSEWHERE = "plein_session=hr"
"""The same reader, on a device that is not hers."""
STORY, GONE = "/dagje-mee/vijf-uur-veertig/", "/dagje-mee/verhaal-1/"
GATED = f"/a/{some_only.KEY}/dagje-mee/andere-kamer/"
WHAT_IS_KEPT = """async (prefix) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(`plein-1-${prefix}`));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return prefix === "look" ? names : found.flat().map(({ url }) => new URL(url).pathname);
}"""
TELL_WORKER = """async (said) => {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((done) => { port1.onmessage = ({ data }) => done(data); });
  active.postMessage(said, [port2]);
  return answer;
}"""
FORGET_WHEN_ASKED = "caches.open('plein-1-notes').then((notes) => notes.delete('/.kept/asked'))"
COLOUR = "getComputedStyle(document.querySelector('h1')).color"


@dataclass(frozen=True)
class Hub:
    """A hub that a test can change: its press, its readers and the theme it is printed with."""

    newsroom: FakeNewsroom
    press: PressSettings
    people: People
    address: str

    def paint(self, colour: str) -> None:
        """Give all titles a colour, which is another look."""
        sheet = THEME / "assets" / "css" / "base.css"
        rule = f"\nh1 {{ color: {colour} !important; }}\n"
        copy = self.press.theme_dir / "assets" / "css" / "base.css"
        copy.write_text(sheet.read_text(encoding="utf-8") + rule, encoding="utf-8")

    def build(self) -> None:
        build_once(self.press, report=lambda _sentence: None)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    fake = FakeNewsroom(audiences={some_only.KEY: some_only.NAME})
    fake.publish(*samples.sample_hub(stories=2), *some_only.published())
    bare = press_settings(tmp_path)
    shutil.rmtree(bare.theme_dir)
    shutil.copytree(THEME, bare.theme_dir)
    people = People(tmp_path / "people.json")
    people.let_in({READER: ["everyone", some_only.KEY]})
    with serving(fake) as address:
        press = replace(bare, api_url=address, web_root=tmp_path / "web")
        made = Hub(fake, press, people, "")
        made.paint("rgb(1, 2, 3)")
        made.build()
        with (
            granian(press.releases_dir, people) as gate,
            nginx_in_front(gate.port, tmp_path / "web", tmp_path / "nginx", remembered=1) as front,
        ):
            yield replace(made, address=f"http://127.0.0.1:{front.port}")


@pytest.fixture
def phone(browser: Browser, hub: Hub) -> Iterator[Page]:
    context = browser.new_context(base_url=hub.address, viewport=PHONE, locale="nl-NL")
    context.add_cookies([{"name": "plein_session", "value": "hr", "url": hub.address}])
    context.add_cookies([{"name": "plein_own", "value": "1", "url": hub.address}])
    yield context.new_page()
    context.close()


def kept(phone: Page, prefix: str = "pages") -> list[str]:
    found: list[str] = phone.evaluate(WHAT_IS_KEPT, prefix)
    return found


def wait_until_kept(phone: Page, path: str) -> None:
    for _attempt in range(200):
        if path in kept(phone):
            return
        phone.wait_for_timeout(50)
    pytest.fail(f"{path} was not kept; what is: {kept(phone)}")


def tell(phone: Page, act: str, **more: object) -> Any:
    return phone.evaluate(TELL_WORKER, {"act": act, **more})


def read(phone: Page, *paths: str) -> None:
    for path in paths:
        phone.goto(path)
        wait_until_kept(phone, path)


def ask_again_until(phone: Page, claim: Callable[[], bool]) -> None:
    """Let the worker ask at once, and again while the gate remembers how it was."""
    for _attempt in range(100):
        phone.evaluate(FORGET_WHEN_ASKED)
        tell(phone, "askAgain")
        if claim():
            return
        phone.wait_for_timeout(100)
    pytest.fail(f"still kept: {kept(phone)}")


def test_what_was_read_is_there_without_a_connection_and_goes_when_it_must(
    hub: Hub, phone: Page
) -> None:
    read(phone, "/", STORY, GONE, GATED)
    (first_look,) = kept(phone, "look")
    phone.context.set_offline(offline=True)
    phone.goto(STORY)
    expect(phone.locator('[data-hub="kept"]')).to_contain_text("bewaarde versie")
    phone.goto("/collegas/")
    expect(phone.locator('[data-hub="kept"]')).to_contain_text("Geen bereik")
    expect(phone.locator(f'[data-hub="kept-list"] a[href="{GATED}"]')).to_have_count(1)

    # Another look, an item withdrawn, and a reader who is no longer of that audience.
    hub.newsroom.remove(samples.identity(f"story {GONE.strip('/')}/"))
    hub.paint("rgb(4, 5, 6)")
    hub.people.let_in({READER: ["everyone"]})
    hub.build()
    phone.goto(GONE)
    assert phone.evaluate(COLOUR) == "rgb(1, 2, 3)"  # as it was kept, style and all

    phone.context.set_offline(offline=False)
    phone.goto("/offline.html")
    ask_again_until(phone, lambda: {GONE, GATED}.isdisjoint(kept(phone)))
    assert {"/", STORY} <= {*kept(phone)}
    (second_look,) = kept(phone, "look")
    assert second_look != first_look
    phone.context.set_offline(offline=True)
    phone.goto(STORY)
    assert phone.evaluate(COLOUR) == "rgb(4, 5, 6)"

    # Sent to the door, she has nothing here any more.
    phone.context.set_offline(offline=False)
    hub.people.let_in({})
    ask_again_until(phone, lambda: kept(phone, "") == [])


def test_on_a_device_that_is_no_longer_ones_own_nothing_stays(hub: Hub, phone: Page) -> None:
    read(phone, "/", STORY)

    hub.people.let_in({ELSEWHERE: ["everyone", some_only.KEY]})
    phone.context.clear_cookies(name="plein_own")
    phone.goto("/")
    phone.wait_for_function("navigator.serviceWorker.getRegistration().then((one) => !one)")

    assert kept(phone, "") == []
    phone.goto(STORY)
    expect(phone.locator('[data-hub="keep-page"]:visible')).to_have_count(0)
    assert kept(phone, "") == []


def test_the_worker_leaves_the_other_houses_alone() -> None:
    told = (THEME / "worker.js").read_text(encoding="utf-8").partition("const HOUSES = [")[2]
    names = {name.strip().strip('"') for name in told.partition("]")[0].split(",")}

    assert names == {*OF_DJANGO, *WITH_SECRETS, OF_THE_PRESS, HEALTH, METRICS}
