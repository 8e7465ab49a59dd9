import gzip
import time
from dataclasses import replace

import pytest

from hub_site.asgi import App, request_of
from hub_site.press import build_once, export
from hub_site.serve import gate
from hub_site.settings import PressSettings
from hub_site.trees import YOURS_PAGE
from tests.integration.press.browsing import Got, get
from tests.integration.press.conftest import press_settings
from tests.integration.press.newsroom import FakeNewsroom, serving
from tests.unit.hub_site import samples

COOKIE = "sessionid=somebody"
STORY = "/dagje-mee/vijf-uur-veertig/"
ODD_PATHS = (
    "/../etc/passwd",
    "/dagje-mee/../dagje-mee/",
    "/dagje-mee//vijf-uur-veertig/",
    "//evil.example/",
    "/dagje-mee\\vijf-uur-veertig/",
    "/dagje-mee/\x00/",
    "/./",
    "/dagje-mee/.hidden",
    "/Dagje-mee/",
    "/dagje-mee/é/",
)


async def somebody(cookie: str) -> frozenset[str] | None:
    return frozenset({"everyone"}) if cookie == COOKIE else None


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> PressSettings:
    """One release for all tests that only read it."""
    newsroom = FakeNewsroom()
    newsroom.publish(*samples.sample_hub(stories=2))
    settings = press_settings(tmp_path_factory.mktemp("gate"))
    with serving(newsroom) as address:
        build_once(replace(settings, api_url=address), report=lambda _: None)
    return settings


@pytest.fixture
def hub(printed: PressSettings) -> App:
    return gate(printed, somebody)


def read(hub: App, path: str, **headers: str) -> Got:
    return get(hub, path, cookie=COOKIE, **headers)


def test_reader_with_a_session_gets_the_page(hub: App) -> None:
    got = read(hub, STORY)

    assert got.status == 200
    assert b"05.40 uur" in got.body
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert got.headers["cache-control"] == "private, no-cache"
    assert got.headers["vary"] == "Cookie, Accept-Encoding"
    assert got.headers["referrer-policy"] == "same-origin"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["x-frame-options"] == "SAMEORIGIN"
    assert got.headers["cross-origin-opener-policy"] == "same-origin"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in got.headers["permissions-policy"]
    policy = got.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'self'"} <= set(policy)
    assert "unsafe" not in got.headers["content-security-policy"]


@pytest.mark.parametrize("path", [STORY, "/", "/no/such/page/", "/assets/hub.css", *ODD_PATHS])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_without_a_session_every_path_answers_alike(hub: App, path: str, method: str) -> None:
    got = get(hub, path, method=method, if_none_match="*", range="bytes=0-1")

    assert got.status == 302
    assert got.body == b""
    assert got.headers.pop("location").startswith("/login/?next=/")
    other = get(hub, "/some/other/page/").headers
    assert got.headers.items() <= other.items()
    assert other.keys() - got.headers.keys() == {"location"}


@pytest.mark.parametrize("path", ODD_PATHS)
def test_odd_paths_are_pages_that_do_not_exist(hub: App, path: str) -> None:
    assert read(hub, path).status == 404


@pytest.mark.parametrize(
    "raw", ["/dagje-mee%2fvijf-uur-veertig/", "/%64agje-mee/", "/a/..%2fdagje-mee/", "/%00"]
)
def test_escaped_paths_are_pages_that_do_not_exist(hub: App, raw: str) -> None:
    assert get(hub, "/dagje-mee/", raw=raw, cookie=COOKIE).status == 404


def test_unknown_page_gets_the_hub_s_own_404(hub: App) -> None:
    got = read(hub, "/no/such/page/")

    assert got.status == 404
    assert b"<h1>404</h1>" in got.body
    assert "etag" not in got.headers


def test_folder_without_slash_is_sent_on_with_one(hub: App) -> None:
    got = read(hub, "/dagje-mee/vijf-uur-veertig?a=1")

    assert got.status == 308
    assert got.headers["location"] == "/dagje-mee/vijf-uur-veertig/?a=1"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_reading_is_allowed(hub: App, method: str) -> None:
    got = get(hub, STORY, method=method, cookie=COOKIE)

    assert got.status == 405
    assert got.headers["allow"] == "GET, HEAD"


def test_head_has_the_headers_of_get_and_no_body(hub: App) -> None:
    got, head = read(hub, STORY), get(hub, STORY, method="HEAD", cookie=COOKIE)

    assert head.headers == got.headers
    assert head.body == b""


def test_known_page_is_not_sent_again(hub: App) -> None:
    tag = read(hub, STORY).headers["etag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = read(hub, STORY, if_none_match=known)
        assert again.status == 304
        assert again.body == b""
        assert again.headers["etag"] == tag
    assert read(hub, STORY, if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-4", (0, 5)),
        ("bytes=10-", (10, None)),
        ("bytes=-7", (-7, None)),
        ("bytes=5-999999999", (5, None)),
        ("bytes=-999999999", (0, None)),
    ],
)
def test_part_of_a_page_is_given_to_who_asks_for_it(
    hub: App, asked: str, expected: tuple[int, int | None]
) -> None:
    whole = read(hub, STORY)
    part = read(hub, STORY, range=asked)

    assert part.status == 206
    assert part.body == whole.body[slice(*expected)]
    start = whole.body.index(part.body)
    end = start + len(part.body) - 1
    assert part.headers["content-range"] == f"bytes {start}-{end}/{len(whole.body)}"
    assert part.headers["content-length"] == str(len(part.body))
    assert part.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x-1", "bytes"])
def test_range_that_is_none_of_ours_gives_the_whole_page(hub: App, asked: str) -> None:
    assert read(hub, STORY, range=asked) == read(hub, STORY)


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0", "bytes=9-2"])
def test_part_that_is_not_there_is_refused_with_the_size(hub: App, asked: str) -> None:
    got = read(hub, STORY, range=asked)

    assert got.status == 416
    assert got.headers["content-range"] == f"bytes */{len(read(hub, STORY).body)}"
    assert got.body == b""


def test_part_of_another_edition_is_not_mixed_into_the_one_at_hand(hub: App) -> None:
    tag = read(hub, STORY).headers["etag"]

    assert read(hub, STORY, range="bytes=0-4", if_range=tag).status == 206
    assert read(hub, STORY, range="bytes=0-4", if_range='"older"').status == 200
    assert read(hub, STORY, range="bytes=0-4", if_none_match=tag).status == 304
    head = get(hub, STORY, method="HEAD", cookie=COOKIE, range="bytes=0-4")
    assert head.status == 200


def test_cookie_in_several_headers_is_one_cookie() -> None:
    pairs = [(b"cookie", b"a=1"), (b"host", b"hub"), (b"cookie", COOKIE.encode())]

    request = request_of({"method": "GET", "path": "/", "headers": pairs})

    assert request.headers == {b"cookie": f"a=1; {COOKIE}".encode(), b"host": b"hub"}


def test_compressed_page_is_the_same_page_under_another_tag(hub: App) -> None:
    plain = read(hub, STORY)
    small = read(hub, STORY, accept_encoding="br, gzip")

    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    assert small.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in read(hub, STORY, accept_encoding="gzip;q=0").headers


def test_hashed_assets_stay_and_others_are_asked_for_again(hub: App) -> None:
    picture = f"/assets/images/{samples.picture_hash('01-de-las-horen', 'webp', 800)}.webp"

    image, style = read(hub, picture, accept_encoding="gzip"), read(hub, "/assets/hub.css")

    assert image.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert image.headers["content-type"] == "image/webp"
    assert "content-encoding" not in image.headers
    assert style.headers["cache-control"] == "private, no-cache"


def test_gate_serves_what_an_export_holds(hub: App, printed: PressSettings) -> None:
    out = printed.home.parent / "out"
    count = export(printed, out)

    files = [file for file in out.rglob("*") if file.is_file()]
    assert len(files) == count
    for file in files:
        path = file.relative_to(out).as_posix()
        got = read(hub, "/a/" if path == YOURS_PAGE else f"/{path}")
        assert got.body == file.read_bytes()


def test_next_release_is_shown_without_a_restart(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=lambda _: None)
    hub = gate(press, somebody)
    assert read(hub, STORY).status == 200
    newsroom.remove(samples.full_story()["id"])
    build_once(press, report=lambda _: None)

    time.sleep(0.3)
    assert read(hub, STORY).status == 404


def test_before_the_first_release_the_gate_says_so(bare_press: PressSettings) -> None:
    got = read(gate(bare_press, somebody), "/")

    assert got.status == 503
    assert b"nog geen uitgave" in got.body
    assert got.headers["cache-control"] == "no-store"


def test_session_that_cannot_be_checked_opens_nothing(printed: PressSettings) -> None:
    async def broken(_cookie: str) -> frozenset[str] | None:
        raise ConnectionError

    got = get(gate(printed, broken), STORY, cookie=COOKIE)
    assert got.status == 503
    assert b"05.40" not in got.body


@pytest.mark.parametrize(
    ("cookie", "audience", "status"),
    [(COOKIE, "everyone", 204), (COOKIE, "hr", 403), ("", "everyone", 401), ("", "hr", 401)],
)
def test_server_in_front_is_told_who_may_read_which_tree(
    hub: App, cookie: str, audience: str, status: int
) -> None:
    got = get(hub, "/a/", cookie=cookie, x_plein_audience=audience)

    assert got.status == status
    assert got.body == b""
    assert got.headers["cache-control"] == "no-store"
    assert read(hub, "/a/").status == 200
