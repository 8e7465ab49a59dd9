import gzip
import re
from dataclasses import replace

import pytest

from hub_site.asgi import App
from hub_site.preview import preview_app
from hub_site.settings import PressSettings
from tests.integration.press.browsing import get
from tests.integration.press.conftest import ROOT
from tests.integration.press.newsroom import PREVIEW_TOKEN, FakeNewsroom
from tests.unit.hub_site import samples

DRAFT = f"/preview/?token={PREVIEW_TOKEN}"


@pytest.fixture
def preview(press: PressSettings, newsroom: FakeNewsroom) -> App:
    newsroom.drafts[PREVIEW_TOKEN] = samples.full_story() | {"title": "Nog lang niet af"}
    return preview_app(press)


def test_draft_is_shown_as_the_hub_would(preview: App) -> None:
    got = get(preview, DRAFT)

    assert got.status == 200
    assert b"Nog lang niet af" in got.body
    assert b"Acht uur" in got.body


def test_the_card_of_a_draft_is_shown_as_lists_show_it(preview: App) -> None:
    card, page = get(preview, f"{DRAFT}&look=card"), get(preview, f"{DRAFT}&look=anything")

    assert card.status == 200
    assert card.body == b"Nog lang niet af in a list"
    assert b"Acht uur" in page.body


def test_draft_is_kept_by_nobody_and_framed_only_by_the_newsroom(preview: App) -> None:
    got = get(preview, DRAFT)

    assert got.headers["cache-control"] == "no-store"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self'" in got.headers["content-security-policy"]


def test_a_draft_asks_for_no_alerts(press: PressSettings, newsroom: FakeNewsroom) -> None:
    newsroom.drafts[PREVIEW_TOKEN] = samples.full_story()
    shown = preview_app(replace(press, theme_dir=ROOT / "themes" / "hub"))

    page = get(shown, DRAFT).body.decode()
    scripts = re.findall(r'<script src="([^"]+)"', page)
    asking = [each for each in scripts if b'"alerts-room"' in get(shown, f"/preview/{each}").body]

    assert "assets/js/hub.js" in scripts
    assert asking == []


def test_pictures_come_through_the_preview_with_its_token(preview: App) -> None:
    page = get(preview, DRAFT).body.decode()
    digest = samples.picture_hash("15-vijf-uur-veertig-in-oss", "webp", 800)

    address = f"/preview/image/{digest}?token={PREVIEW_TOKEN}"
    got = get(preview, address)

    assert address in page
    assert "assets/images/" not in page
    assert got.status == 200
    assert got.headers["content-type"] == "image/webp"
    assert got.headers["cache-control"] == "no-store"


def test_a_player_gets_the_part_of_a_film_that_it_asks_for(
    preview: App, newsroom: FakeNewsroom
) -> None:
    film = b"\0\0\0\x20ftyp" + bytes(range(251)) * 600
    size, digest = len(film), "f" * 64
    newsroom.pictures[digest] = film
    address = f"/preview/image/{digest}?token={PREVIEW_TOKEN}"
    whole = get(preview, address)
    tag = whole.headers["etag"]

    assert (whole.status, whole.body, whole.headers["accept-ranges"]) == (200, film, "bytes")
    # Safari begins with the first two bytes, and shows no film where it gets another answer.
    for asked, first, last in (
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, size - 1),
        ("bytes=70000-140000", 70_000, 140_000),
        ("bytes=-500", size - 500, size - 1),
        (f"bytes={size - 1}-{size + 9}", size - 1, size - 1),
    ):
        part = get(preview, address, range=asked, if_range=tag)
        assert (part.status, part.body) == (206, film[first : last + 1])
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert part.headers["content-length"] == str(last - first + 1)
        assert part.headers["content-type"] == "video/mp4"
        assert part.headers["cache-control"] == "no-store"
    beyond = get(preview, address, range=f"bytes={size}-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert get(preview, address, range="bytes=0-1,5-9").body == film
    assert get(preview, address, range="bytes=5-9", if_range='"x"').body == film
    assert get(preview, address, method="HEAD", range="bytes=5-9").status == 200
    assert get(preview, f"/preview/image/{digest}", range="bytes=0-1").status == 404
    unknown = f"/preview/image/{'0' * 64}?token={PREVIEW_TOKEN}"
    assert get(preview, unknown, range="bytes=0-1").status == 404
    newsroom.is_down = True
    assert get(preview, address, range="bytes=0-1").status == 404


def stylesheet_of(preview: App) -> str:
    match = re.search(r'rel="stylesheet" href="([^"]+)"', get(preview, DRAFT).body.decode())
    assert match is not None
    return f"/preview/{match[1]}"


def test_stylesheet_loads_where_the_page_looks_for_it_and_is_kept(preview: App) -> None:
    address = stylesheet_of(preview)

    got = get(preview, address)

    assert got.headers["content-type"].startswith("text/css")
    assert "immutable" in got.headers["cache-control"]
    unchanged = get(preview, address, if_none_match=got.headers["etag"])
    assert (unchanged.status, unchanged.body) == (304, b"")


def test_a_draft_wears_the_colours_of_its_hub(
    press: PressSettings, preview: App, newsroom: FakeNewsroom
) -> None:
    sheet = "a { color: {{ config.extra.hub.style.light }} }"
    (press.theme_dir / "assets" / "hub.css").write_text(sheet)
    before = stylesheet_of(preview)
    style = next(each for each in samples.sample_hub(2) if each["kind"] == "style")
    newsroom.publish(style | {"light": "#0b5c3c"})
    after = stylesheet_of(preview)

    assert get(preview, after).body == b"a { color: #0b5c3c }"
    # What a page that is still open asks for by its name is what it was.
    assert get(preview, before).body == b"a { color: #0a4f8a }"


def test_text_comes_small_to_who_can_unpack_it(preview: App) -> None:
    for address in (DRAFT, stylesheet_of(preview)):
        whole, small = get(preview, address), get(preview, address, accept_encoding="gzip, br")

        assert "content-encoding" not in whole.headers
        assert small.headers["content-encoding"] == "gzip"
        assert gzip.decompress(small.body) == whole.body


def test_stylesheet_loads_before_any_draft_was_shown(preview: App) -> None:
    got = get(preview, "/preview/assets/hub.css")

    assert got.status == 200
    assert b"#000" in got.body


def test_links_to_the_hub_leave_the_preview(preview: App) -> None:
    got = get(preview, "/preview/dagje-mee/")

    assert got.status == 307
    assert got.headers["location"] == "/dagje-mee/"


@pytest.mark.parametrize("query", ["", "?token=", "?token=expired", f"?token={'x' * 5000}"])
def test_token_that_is_no_longer_valid_gets_a_clear_page(preview: App, query: str) -> None:
    got = get(preview, f"/preview/{query}")

    assert got.status == 403
    assert b"niet meer geldig" in got.body
    assert b"fifteen minutes" in got.body


def test_picture_needs_a_valid_token(preview: App) -> None:
    digest = samples.picture_hash("01-de-las-horen", "webp", 800)

    assert get(preview, f"/preview/image/{digest}").status == 404
    assert get(preview, f"/preview/image/{'0' * 64}?token={PREVIEW_TOKEN}").status == 404


def test_half_finished_draft_is_shown_as_far_as_it_is(preview: App, newsroom: FakeNewsroom) -> None:
    newsroom.drafts[PREVIEW_TOKEN] = samples.full_story() | {
        "title": "",
        "path": None,
        "published_at": None,
        "body": [samples.block("image", 1, image=None, alt="", decorative=False, caption="")],
    }

    assert get(preview, DRAFT).status == 200


def test_draft_that_cannot_be_read_says_so(preview: App, newsroom: FakeNewsroom) -> None:
    newsroom.drafts[PREVIEW_TOKEN] = samples.full_story() | {"body": None}

    got = get(preview, DRAFT)

    assert got.status == 422
    assert b"nog niet te tonen" in got.body


def test_newsroom_that_is_down_says_that_the_text_is_safe(
    preview: App, newsroom: FakeNewsroom
) -> None:
    newsroom.is_down = True

    got = get(preview, DRAFT)

    assert got.status == 502
    assert b"Je tekst is bewaard" in got.body


@pytest.mark.parametrize(
    "kind", ["hub", "rubric", "interview", "announcement", "person", "section", "tag"]
)
def test_every_kind_with_a_page_can_be_previewed(
    preview: App, newsroom: FakeNewsroom, kind: str
) -> None:
    draft = next(each for each in samples.sample_hub(2) if each["kind"] == kind)
    newsroom.drafts[PREVIEW_TOKEN] = draft

    assert get(preview, DRAFT).status == 200


def test_nothing_can_be_sent_to_it(preview: App) -> None:
    assert get(preview, DRAFT, method="POST").status == 405
