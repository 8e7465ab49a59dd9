"""What the hub's scripts do in a real browser: alerts, new since, galleries, codes to scan."""

import re

import segno
from playwright.sync_api import Page, Route, expect

from tests.end_to_end.conftest import PHONE, OpenPage

SIEVE = "/dagje-mee/dagje-mee-met-de-zandzeef/"
ALERT = '[data-hub="alert"]'
TITLE = "Brandalarm in hal 2"
WATCH_SHIFT = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.shift += each.value;
  }).observe({ type: "layout-shift", buffered: true });"""
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
MATRIX = "async ([text, mask]) => (await import('/assets/js/qr.js')).matrix(text, mask)"
REFUSE = """
const refuse = () => { throw new DOMException("denied", "SecurityError"); };
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(window, name, { get: refuse });
}
for (const name of ["register", "getRegistration"]) {
  ServiceWorkerContainer.prototype[name] = async () => refuse();
}"""
"""As in a browser whose owner allows no site to keep anything."""
WALK = ("/", SIEVE, "/op-de-praatstoel/", "/collegas/", "/agenda/2026/12/", "/zoeken/#q=lassen")
FULL = {1: 14, 3: 42, 7: 122, 10: 213, 14: 362, 20: 666}
"""How many bytes fill a version: our padding is the standard's, that of segno a byte longer."""


def test_an_alert_is_on_an_open_page_is_read_out_and_stays_closed(open_page: OpenPage) -> None:
    reader = open_page("employee", "/rubrieken/")
    manager = open_page("manager", "/newsroom/")
    send_alert(manager)

    look_until(reader, is_there=True)
    below = reader.locator("h1").bounding_box()

    assert TITLE in reader.locator(ALERT).inner_text()
    assert TITLE in (reader.locator('[data-hub="alert-assertive"]').text_content() or "")
    unscripted = open_page("employee", "/", java_script_enabled=False)
    assert unscripted.locator(ALERT).count() == 1
    reader.click('[data-hub="close-alert"]')
    assert reader.locator("h1").bounding_box() == below
    with reader.expect_response("**/assets/alert/"):
        reader.goto("/collegas/")
    assert reader.locator(ALERT).count() == 0
    take_away_alert(manager)


def test_nothing_moves_for_an_alert_that_comes_stays_and_goes(open_page: OpenPage) -> None:
    reader = open_page("employee", "/rubrieken/", service_workers="block", viewport=PHONE)
    manager = open_page("manager", "/newsroom/")
    reader.evaluate(WATCH_SHIFT)
    send_alert(manager)

    look_until(reader, is_there=True)
    # Whoever has scrolled sees it too: it lies over the foot of the window.
    expect(reader.locator(ALERT)).to_be_in_viewport(ratio=1)
    assert reader.evaluate("shift") == 0
    for path in ("/collegas/", "/huisregels/", "/"):
        reader.goto(path, wait_until="networkidle")
        reader.evaluate(WATCH_SHIFT)
        expect(reader.locator(ALERT)).to_be_in_viewport(ratio=1)
        header, alert = (reader.locator(each).bounding_box() for each in (".hub-header", ALERT))
        assert header is not None
        assert alert is not None
        assert alert["y"] + alert["height"] <= header["y"] + 1
        assert reader.evaluate("shift") == 0
    take_away_alert(manager)
    look_until(reader, is_there=False)

    expect(reader.locator('[data-hub="alerts"]')).to_have_text("Dit bericht is voorbij.")
    assert reader.evaluate("shift") == 0
    reader.goto("/collegas/", wait_until="networkidle")
    expect(reader.locator('[data-hub="alerts"]')).to_be_empty()


def send_alert(manager: Page) -> None:
    manager.goto("/newsroom/snippets/stories/alert/add/")
    manager.fill("[name=title]", TITLE)
    manager.check("[name=importance][value=danger]")
    manager.locator("button[type=submit]:visible", has_text="Opslaan").first.click()
    manager.wait_for_url("**/stories/alert/")


def take_away_alert(manager: Page) -> None:
    """Delete the alert: other tests read a hub without one, where nothing is put above the text."""
    manager.goto("/newsroom/snippets/stories/alert/")
    manager.get_by_role("link", name=TITLE).first.click()
    manager.goto(manager.url.replace("/edit/", "/delete/"))
    manager.locator("form[action*='/delete/'] [type=submit]").first.click()
    manager.wait_for_url("**/stories/alert/")
    for _attempt in range(40):
        if TITLE not in manager.request.get("/assets/alert/").text():
            return
        manager.wait_for_timeout(500)
    raise AssertionError("an alert that was deleted is still shown")


def look_until(reader: Page, *, is_there: bool) -> None:
    """Have the page ask for alerts, as it does each 45 seconds, until one is there or none is."""
    for _attempt in range(40):
        reader.evaluate(LOOK_AGAIN)
        reader.wait_for_timeout(500)
        if bool(reader.locator(ALERT).count()) is is_there:
            return
    raise AssertionError("the page does not follow what is going on")


def test_a_gallery_is_leafed_through_by_keys_and_is_a_strip_without_script(
    open_page: OpenPage,
) -> None:
    window = open_page("employee", SIEVE)
    window.locator('[data-hub="enlarge"]').nth(1).click()
    place = window.locator('[data-hub="place"]')

    expect(place).to_have_text("2 van 3")
    for key, number in (("ArrowRight", 3), ("ArrowRight", 1), ("End", 3), ("Home", 1)):
        window.keyboard.press(key)
        expect(place).to_have_text(f"{number} van 3")
    window.keyboard.press("ArrowLeft")
    expect(place).to_have_text("3 van 3")
    window.keyboard.press("Escape")

    window.wait_for_function("document.activeElement.closest('li')?.matches(':last-child')")
    plain = open_page("employee", SIEVE, java_script_enabled=False)
    assert plain.locator('[data-hub="enlarge"]').first.get_attribute("href")
    assert plain.locator('[data-hub="viewer"]').is_hidden()


def without_pictures(window: Page) -> None:
    window.route(
        "**/*",
        lambda route: (
            route.abort() if route.request.resource_type == "image" else route.continue_()
        ),
    )


def test_a_picture_that_does_not_come_leaves_its_words_or_nothing(open_page: OpenPage) -> None:
    window = open_page("employee", "/huisregels/", service_workers="block")
    without_pictures(window)

    window.goto(SIEVE)
    lead = window.locator(".hub-lead-image img")
    face = window.locator(".hub-byline img").first

    expect(lead).to_have_class(re.compile("is-missing"))
    expect(lead).to_be_visible()
    assert "zandzeef" in (lead.get_attribute("alt") or "")
    # Beside the name it would say nothing: no sign of a broken picture either.
    expect(face).to_be_hidden()
    expect(window.locator(".hub-byline").first).to_contain_text("Jelle-Jan Hofstede")
    window.unroute_all()
    window.reload(wait_until="networkidle")
    expect(face).to_be_visible()
    assert window.locator(".is-missing").count() == 0


def test_a_browser_that_keeps_nothing_reads_all_the_same(open_page: OpenPage) -> None:
    window = open_page("employee", "/huisregels/")
    window.context.add_init_script(REFUSE)
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(f"{window.url} {error}"))

    for path in WALK:
        window.goto(path, wait_until="networkidle")
        expect(window.locator("h1")).to_be_visible()
    expect(window.locator(".hub-search__hit").first).to_be_visible()
    window.goto("/")
    window.locator('[data-hub="reading"] summary').click()
    window.locator('[data-hub-set="scheme"][value="dark"]').first.check(force=True)

    assert window.evaluate("document.documentElement.dataset.mdColorScheme") == "slate"
    assert wrong == []


def test_what_is_new_is_counted_on_the_device(open_page: OpenPage) -> None:
    window = open_page("employee", "/")
    assert window.locator('[data-hub="since"]').is_hidden()  # a first visit compares with nothing

    window.evaluate("localStorage.setItem('plein.since', String(Date.now() - 4e10))")
    window.reload()

    expect(window.locator('[data-hub="since"]')).to_be_visible()
    count = int(window.locator('[data-hub="since-count"]').inner_text())
    assert count == window.locator("[data-hub-at]:not([hidden])").count() > 1


def test_an_english_hub_says_the_day_before_the_month(open_page: OpenPage) -> None:
    window = open_page("employee", "/huisregels/", service_workers="block")

    def in_english(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('lang="nl"', 'lang="en"', 1))

    window.route("**/zoeken/", in_english)
    window.goto("/zoeken/#q=lassen")

    expect(window.locator(".hub-search__kind").nth(1)).to_contain_text("25 September 2025")


def test_a_code_is_the_one_that_the_standard_draws(open_page: OpenPage) -> None:
    window = open_page("employee", SIEVE)
    window.locator('[data-hub="open-share"]:visible').first.click()
    window.wait_for_selector('dialog [data-hub="code"] svg')

    for version, length in FULL.items():
        text = ("https://plein.example/" + "vijf-uur-veertig/" * 50)[:length]
        for mask in (0, 5):
            drawn = window.evaluate(MATRIX, [text, mask])
            wanted = segno.make_qr(
                text, version=version, error="m", mode="byte", mask=mask, boost_error=False
            )
            assert drawn == [[int(cell) for cell in row] for row in wanted.matrix]
    assert window.evaluate(MATRIX, ["x" * 667, 0]) is None
