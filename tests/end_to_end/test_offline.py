"""Reading without a connection: press, gate, nginx and a real browser; no newsroom."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cms.config.doorway import HEALTH, METRICS, OF_DJANGO, OF_THE_PRESS, WITH_SECRETS
from cms.config.home import CHECKOUT
from hub_site import offline
from hub_site.press import build_once
from hub_site.settings import PressSettings
from tests.end_to_end.conftest import PHONE
from tests.integration.press.conftest import press_settings
from tests.integration.press.newsroom import FakeNewsroom, serving
from tests.serving import People, granian, nginx_in_front
from tests.unit.hub_site import samples, some_only

THEME = CHECKOUT / "themes" / "hub"
OWN = "plein_own=1"
"""Said at the door: nobody else uses this device."""
STORY, GONE = "/dagje-mee/vijf-uur-veertig/", "/dagje-mee/verhaal-1/"
INTERVIEW = "/op-de-praatstoel/ik-hoor-aan-de-las/"
GATED = f"/a/{some_only.KEY}/dagje-mee/andere-kamer/"
WHAT_IS_KEPT = """async (prefix) => {
  const isOfIt = (name) => name.replace(/^plein-\\d-/, "").startsWith(prefix);
  const names = (await caches.keys()).filter(isOfIt);
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
A_WEEK_LATER = """async (path) => {
  const pages = await caches.open("plein-1-pages");
  const held = await pages.match(path);
  const headers = new Headers(held.headers);
  headers.set("x-plein-confirmed", String(Date.now() - 7 * 24 * 60 * 60 * 1000 - 60000));
  await pages.put(path, new Response(await held.text(), { headers }));
}"""
SIGN_OUT = """() => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/logout/" });
  document.body.append(form);
  form.submit();
}"""
NO_CACHE_OF_BEFORE = """() => caches.keys().then((names) =>
  names.every((name) => !name.startsWith("plein-1-")))"""
NOBODY_KEEPS = "navigator.serviceWorker.getRegistration().then((one) => !one)"
IS_GONE = "(path) => caches.match(path).then((held) => !held)"
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


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("offline")
    fake = FakeNewsroom(audiences={some_only.KEY: some_only.NAME})
    fake.publish(*samples.sample_hub(stories=2), *some_only.published())
    bare = press_settings(folder)
    shutil.rmtree(bare.theme_dir)
    shutil.copytree(THEME, bare.theme_dir)
    people = People(folder / "people.json")
    people.let_in({})
    with serving(fake) as address:
        press = replace(bare, api_url=address, web_root=folder / "web")
        made = Hub(fake, press, people, "")
        made.build()
        with (
            granian(press.releases_dir, people) as gate,
            nginx_in_front(gate.port, folder / "web", folder / "nginx", remembered=1) as front,
        ):
            yield replace(made, address=f"http://127.0.0.1:{front.port}")


@pytest.fixture
def reader(hub: Hub, request: pytest.FixtureRequest) -> str:
    """Somebody of her own for each test: nginx remembers how it was with the one before."""
    session = f"plein_session={request.node.name}"
    hub.people.let_in({f"{session}; {OWN}": ["everyone", some_only.KEY]})
    return session


@pytest.fixture
def phone(browser: Browser, hub: Hub, reader: str) -> Iterator[Page]:
    context = browser.new_context(base_url=hub.address, viewport=PHONE, locale="nl-NL")
    for cookie in (reader, OWN):
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": hub.address}])
    yield context.new_page()
    context.close()


def kept(phone: Page, prefix: str = "pages") -> list[str]:
    found: list[str] = phone.evaluate(WHAT_IS_KEPT, prefix)
    return found


def wait_until(phone: Page, claim: Callable[[], object]) -> None:
    """Wait until a claim holds that is asked of the worker or of what it keeps.

    Not by Playwright's own `wait_for_function`: what answers there is a promise, which is true
    before anybody kept it.
    """
    for _attempt in range(200):
        if claim():
            return
        phone.wait_for_timeout(50)
    pytest.fail(f"It did not come to that; kept is {kept(phone, '')}")


def tell(phone: Page, act: str, **more: object) -> Any:
    return phone.evaluate(TELL_WORKER, {"act": act, **more})


def read(phone: Page, *paths: str) -> None:
    for path in paths:
        phone.goto(path)
        wait_until(phone, lambda: path in kept(phone))  # noqa: B023 - asked before the next


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
    hub: Hub, phone: Page, reader: str
) -> None:
    read(phone, "/", STORY, GONE, GATED)
    colour = phone.evaluate(COLOUR)
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
    hub.people.let_in({f"{reader}; {OWN}": ["everyone"]})
    hub.build()
    phone.goto(GONE)
    assert phone.evaluate(COLOUR) == colour  # as it was kept, style and all

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


def test_on_a_device_that_is_no_longer_ones_own_nothing_stays(
    hub: Hub, phone: Page, reader: str
) -> None:
    read(phone, "/", STORY)

    hub.people.let_in({reader: ["everyone", some_only.KEY]})
    phone.context.clear_cookies(name="plein_own")
    phone.goto("/")
    wait_until(phone, lambda: phone.evaluate(NOBODY_KEEPS))

    assert kept(phone, "") == []
    phone.goto(STORY)
    expect(phone.locator('[data-hub="keep-page"]:visible')).to_have_count(0)
    phone.goto("/offline.html")
    expect(phone.locator('[data-hub="kept-off"]')).to_contain_text("Je account")
    assert kept(phone, "") == []


def allow(phone: Page, hub: Hub, size: int) -> None:
    """Let the device have room for so many bytes of the hub."""
    session = phone.context.new_cdp_session(phone)
    session.send("Storage.overrideQuotaForOrigin", {"origin": hub.address, "quotaSize": size})


def test_a_full_device_loses_the_oldest_a_week_is_the_most_and_signing_out_takes_all(
    hub: Hub, phone: Page, reader: str
) -> None:
    read(phone, "/", STORY)
    phone.locator('[data-hub="keep-page"]:visible').click()
    expect(phone.locator("[data-hub-is-kept]")).to_have_count(1)
    read(phone, GATED)

    # No room: she reads on, the oldest goes and no more, and who asks for more is told why not.
    allow(phone, hub, phone.evaluate("navigator.storage.estimate().then(({ usage }) => usage)"))
    phone.goto(INTERVIEW)
    button = phone.locator('[data-hub="keep-page"]:visible')
    button.click()
    expect(button).to_contain_text("Geen plek meer")
    assert {*kept(phone)} == {STORY, GATED}
    # And what is not for her any more goes all the same.
    hub.people.let_in({f"{reader}; {OWN}": ["everyone"]})
    ask_again_until(phone, lambda: kept(phone) == [STORY])
    allow(phone, hub, 100_000_000)
    read(phone, INTERVIEW)

    # A week without a word: not shown, not listed, not there.
    phone.evaluate(A_WEEK_LATER, STORY)
    phone.context.set_offline(offline=True)
    phone.goto(STORY)
    expect(phone.locator('[data-hub="kept"]')).to_contain_text("Geen bereik")
    expect(phone.locator(f'[data-hub="kept-list"] a[href="{INTERVIEW}"]')).to_have_count(1)
    expect(phone.locator(f'[data-hub="kept-list"] a[href="{STORY}"]')).to_have_count(0)
    wait_until(phone, lambda: phone.evaluate(IS_GONE, STORY))

    # She signs out, by the form that is on every page.
    phone.context.set_offline(offline=False)
    read(phone, STORY)
    phone.evaluate(SIGN_OUT)
    phone.wait_for_url("**/logout/")
    assert kept(phone, "") == []


def test_an_older_worker_keeps_nothing_it_does_not_know_and_a_newer_one_takes_over(
    hub: Hub, phone: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(phone, "/", STORY)
    worker = hub.press.theme_dir / "worker.js"

    # The release is of a later layout, and the worker on the phone of this one.
    monkeypatch.setattr(offline, "FORMAT", offline.FORMAT + 1)
    hub.paint("rgb(7, 8, 9)")
    hub.build()
    phone.goto(STORY)
    phone.wait_for_function("document.documentElement.dataset.hubKept === undefined")
    assert phone.evaluate(COLOUR) == "rgb(7, 8, 9)"
    ask_again_until(phone, lambda: kept(phone) == [])
    assert not phone.evaluate(NO_CACHE_OF_BEFORE)

    # Then comes the worker that belongs to it.
    text = worker.read_text(encoding="utf-8").replace(
        "const SHELL_FORMAT = 1", "const SHELL_FORMAT = 2"
    )
    worker.write_text(text.replace('"plein-1-"', '"plein-2-"'), encoding="utf-8")
    try:
        hub.build()
        phone.goto("/")
        phone.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
        wait_until(phone, lambda: phone.evaluate(NO_CACHE_OF_BEFORE))
        read(phone, STORY)
        phone.context.set_offline(offline=True)
        phone.goto(STORY)
        expect(phone.locator('[data-hub="kept"]')).to_contain_text("bewaarde versie")
        assert phone.evaluate(COLOUR) == "rgb(7, 8, 9)"
    finally:
        shutil.copy(THEME / "worker.js", worker)
        monkeypatch.undo()
        hub.build()


def test_the_worker_leaves_the_other_houses_alone() -> None:
    told = (THEME / "worker.js").read_text(encoding="utf-8").partition("const HOUSES = [")[2]
    names = {name.strip().strip('"') for name in told.partition("]")[0].split(",")}

    assert names == {*OF_DJANGO, *WITH_SECRETS, OF_THE_PRESS, HEALTH, METRICS}
