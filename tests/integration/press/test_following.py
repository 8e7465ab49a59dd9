"""Feeds and calendars by a personal link, asked of a real release as a calendar would."""

from dataclasses import replace

import feedparser
import icalendar
import pytest

from hub_site.asgi import App
from hub_site.following import following_app
from hub_site.press import build_once
from hub_site.serve import gate
from hub_site.settings import PressSettings
from tests.integration.press.browsing import Got, get
from tests.integration.press.conftest import press_settings
from tests.integration.press.newsroom import FakeNewsroom, serving
from tests.unit.hub_site import occasions, samples, some_only

KEY, THEIRS, LOST = "k" * 24, "t" * 24, "l" * 24
GATED = "Vergadering in de gesloten kamer"
AGENDA = "agenda.ics"


async def of_key(key: str) -> frozenset[str] | None:
    known = {KEY: {"everyone"}, THEIRS: {"everyone", some_only.KEY}}
    return frozenset(known[key]) if key in known else None


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> PressSettings:
    """One release with something for some, for all tests."""
    newsroom = FakeNewsroom()
    newsroom.publish(*samples.sample_hub(stories=2), *some_only.published())
    newsroom.publish(
        occasions.event(
            GATED,
            path="agenda/vergadering/",
            starts="2026-12-01T09:00:00Z",
            ends=None,
            audience=some_only.KEY,
        )
    )
    newsroom.audiences = {some_only.KEY: some_only.NAME}
    settings = press_settings(tmp_path_factory.mktemp("following"))
    with serving(newsroom) as address:
        build_once(replace(settings, api_url=address), report=lambda _: None)
    return settings


@pytest.fixture
def app(printed: PressSettings) -> App:
    return following_app(printed, of_key, always={"strict-transport-security": "max-age=1"})


def titles(got: Got) -> set[str]:
    assert got.status == 200
    assert got.headers["content-type"] == "text/calendar; charset=utf-8"
    return {str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(got.body).walk("VEVENT")}


def test_a_calendar_gets_what_its_person_may_read_and_nothing_else(app: App) -> None:
    everyones, theirs = (titles(get(app, f"/f/{key}/{AGENDA}")) for key in (KEY, THEIRS))

    assert theirs - everyones == {GATED}
    assert "De nacht van 25 uur" in everyones
    of_rubric = titles(get(app, f"/f/{THEIRS}/dagje-mee/{AGENDA}"))
    assert of_rubric == {"De nacht van 25 uur"}


def test_a_feed_reader_asks_again_and_is_told_that_nothing_changed(app: App) -> None:
    got = get(app, f"/f/{THEIRS}/feed.atom", accept_encoding="identity")
    assert {some_only.STORY, some_only.NOTICE} <= {
        each.title for each in feedparser.parse(got.body).entries
    }
    tag = got.headers["etag"]

    again = get(app, f"/f/{THEIRS}/feed.atom", if_none_match=tag)

    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    other = get(app, f"/f/{KEY}/feed.atom", if_none_match=tag)
    assert other.status == 200
    assert some_only.STORY.encode() not in other.body
    packed = get(app, f"/f/{THEIRS}/feed.atom", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != tag
    head = get(app, f"/f/{THEIRS}/feed.json", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert got.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    [
        *(f"/f/{LOST}/{AGENDA}", f"/f/{LOST}/feed.atom", f"/f/{LOST}/no-such/feed.atom"),
        *(f"/f/{KEY}/", f"/f/{KEY}/index.html", f"/f/{KEY}/no-such/feed.atom", "/f/", "/f/x"),
        *(f"/f/{KEY}/a/{some_only.KEY}/{AGENDA}", f"/f/{KEY}/a/{some_only.KEY}/feed.atom"),
        *(
            f"/f/{KEY}/../{AGENDA}",
            f"/f/{KEY}//{AGENDA}",
            f"/f/{KEY}/{AGENDA}/",
            f"//f/{KEY}/{AGENDA}",
        ),
        *(f"/f/{KEY}/agenda/vergadering/event.ics", f"/f/{KEY}/assets/search/index.json"),
        *(f"/f/{KEY}/%61genda.ics", f"/F/{KEY}/{AGENDA}", f"/f/{KEY}\x00/{AGENDA}"),
    ],
)
def test_whatever_opens_nothing_is_answered_alike_to_the_byte(app: App, path: str) -> None:
    nothing = get(app, "/f/nothing/at-all.ics", cookie="plein_session=somebody")

    got = get(app, path, if_none_match="*")

    assert (got.status, got.headers, got.body) == (404, nothing.headers, nothing.body)
    assert got.headers["strict-transport-security"] == "max-age=1"


def test_without_an_answer_about_who_asks_nothing_opens(printed: PressSettings) -> None:
    async def broken(_key: str) -> frozenset[str] | None:
        raise OSError

    got = get(following_app(printed, broken), f"/f/{KEY}/{AGENDA}")

    assert (got.status, got.headers["retry-after"]) == (503, "300")
    assert get(following_app(printed, broken), f"/f/{KEY}/{AGENDA}", method="POST").status == 405


def test_with_a_session_the_files_are_behind_the_gate_like_pages(printed: PressSettings) -> None:
    async def session(cookie: str) -> frozenset[str] | None:
        return await of_key(cookie.removeprefix("key="))

    hub = gate(printed, session)
    path = f"/a/{some_only.KEY}/{AGENDA}"

    assert get(hub, "/agenda.ics").status == 302
    assert titles(get(hub, "/agenda/pakjesmiddag/event.ics", cookie=f"key={KEY}"))
    assert get(hub, path, cookie=f"key={KEY}").status == 404
    assert titles(get(hub, path, cookie=f"key={THEIRS}")) == {GATED}
