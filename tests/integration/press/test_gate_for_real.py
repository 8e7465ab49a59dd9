"""The gate under granian, alone and behind Debian's nginx: the same answers, and none too many."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub_site.releases import Releases
from hub_site.serve import content_type
from hub_site.trees import YOURS_PAGE
from tests.integration.press import gated
from tests.integration.press.asking import Line, Reply, line_to
from tests.integration.press.gated import HR_READER, PEOPLE, READER
from tests.integration.press.tricks import HEADERS, WANTED, tricks
from tests.serving import People, Served, granian, nginx_in_front, stop

LEAST_TRICKS = 300
REMEMBERED = 1
CONDITIONS: tuple[dict[str, str], ...] = (
    {},
    {"range": "bytes=0-9"},
    {"range": "bytes=99999999-"},
    {"if_none_match": "*"},
    {"if_none_match": '"0"', "accept_encoding": "gzip"},
    {"if_modified_since": "Sat, 01 Jan 2050 00:00:00 GMT"},
)
SAME_HEADERS = (
    *("content-type", "cache-control", "content-length", "content-security-policy"),
    *("x-content-type-options", "x-frame-options", "referrer-policy", "permissions-policy"),
    *("cross-origin-opener-policy", "cross-origin-resource-policy"),
)


@dataclass(frozen=True)
class Hub:
    """Both ways to the same hub."""

    folder: Path
    releases: Releases
    people: People
    gate: Served
    nginx: Served


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("served")
    releases = gated.gated_hub(folder)
    gated.web_root(folder, releases).follow()
    people = People(folder / "people.json")
    people.let_in(PEOPLE)
    with (
        granian(gated.releases_in(folder), people) as gate,
        nginx_in_front(gate.port, folder / "web", folder / "nginx", remembered=REMEMBERED) as front,
    ):
        yield Hub(folder, releases, people, gate, front)


@pytest.fixture(params=["gate", "nginx"])
def line(hub: Hub, request: pytest.FixtureRequest) -> Iterator[Line]:
    with line_to(getattr(hub, request.param).port) as opened:
        yield opened


@pytest.fixture
def lines(hub: Hub) -> Iterator[tuple[Line, Line]]:
    with line_to(hub.gate.port) as one, line_to(hub.nginx.port) as other:
        yield one, other


def wait_for(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not claim():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_nginx_answers_as_the_gate_does(lines: tuple[Line, Line], encoding: str) -> None:
    addresses = [f"/{path.removesuffix('index.html')}" for path in gated.files()]

    for address in [*addresses, "/nergens/", "/nergens.css", "/a/board/zolder/"]:
        ours, theirs = (
            each.ask(address, cookie=HR_READER, accept_encoding=encoding) for each in lines
        )
        assert theirs.status == ours.status
        assert theirs.body == ours.body
        assert {n: theirs.headers.get(n) for n in SAME_HEADERS} == {
            n: ours.headers.get(n) for n in SAME_HEADERS
        }
        assert theirs.headers.get("content-encoding") == ours.headers.get("content-encoding")
        assert "Cookie" in theirs.headers["vary"]
        assert "last-modified" not in theirs.headers


def test_every_file_is_what_it_should_be(line: Line) -> None:
    for path, body in gated.files().items():
        is_secret = path.startswith("a/board/") or path == YOURS_PAGE
        plain = line.ask(f"/{path}", cookie=HR_READER)
        small = line.ask(f"/{path}", cookie=HR_READER, accept_encoding="gzip")

        assert plain.status == (404 if is_secret else 200)
        if not is_secret:
            assert plain.body == body
            assert plain.headers["content-type"] == content_type(path)
            is_small = small.headers.get("content-encoding") == "gzip"
            assert (gzip.decompress(small.body) if is_small else small.body) == body


def test_what_is_a_reader_s_own_is_shown_to_nobody_else(line: Line) -> None:
    for conditions in CONDITIONS:
        reader = line.ask("/a/", cookie=READER, **conditions)
        of_hr = line.ask("/a/", cookie=HR_READER, **conditions)
        assert (reader.status, of_hr.status) == (200, 200)
        assert not crosses(reader, gated.secrets())
        assert gated.BOARD.encode() not in of_hr.raw
        assert reader.headers["cache-control"] == of_hr.headers["cache-control"] == "no-store"
    assert b"Nu niets" in line.ask("/a/", cookie=READER).body
    theirs = line.ask("/a/", cookie=HR_READER)
    small = line.ask("/a/", cookie=HR_READER, accept_encoding="gzip")
    assert gated.HR.encode() in theirs.body
    assert b"Nu niets" not in theirs.body
    assert gzip.decompress(small.body) == theirs.body
    head = line.ask("/a/", method="HEAD", cookie=HR_READER)
    assert head.told == (200, theirs.told[1], b"")
    assert line.ask("/a/").told == line.ask("/a/", cookie="plein_session=nobody").told
    assert line.ask("/a", cookie=READER).headers["location"] == "/a/"


def test_page_that_is_known_or_wanted_in_part(line: Line) -> None:
    body = gated.files()["fietsen/index.html"]
    whole = line.ask("/fietsen/", cookie=READER)
    tag = whole.headers["etag"]

    assert not tag.startswith("W/")
    known = line.ask("/fietsen/", cookie=READER, if_none_match=tag)
    assert (known.status, known.body) == (304, b"")
    assert known.headers["etag"] == tag
    assert known.headers["cache-control"] == "private, no-cache"
    part = line.ask("/fietsen/", cookie=READER, range="bytes=5-14")
    assert (part.status, part.body) == (206, body[5:15])
    assert part.headers["content-range"] == f"bytes 5-14/{len(body)}"
    assert line.ask("/fietsen/", cookie=READER, range="bytes=5-14", if_range='"x"').status == 200
    assert line.ask("/fietsen/", cookie=READER, range="bytes=999999-").status == 416
    head = line.ask("/fietsen/", method="HEAD", cookie=READER)
    assert head.told == (200, whole.told[1], b"")
    small = line.ask("/fietsen/", cookie=READER, accept_encoding="gzip")
    assert small.headers["etag"] != tag
    assert "Accept-Encoding" in small.headers["vary"]


def test_a_player_gets_the_part_of_a_film_that_it_asks_for(line: Line) -> None:
    path = f"/assets/images/{gated.FILM}.mp4"
    film = gated.files()[path[1:]]
    whole = line.ask(path, cookie=READER)
    tag, size = whole.headers["etag"], len(film)

    assert (whole.status, whole.body, whole.headers["accept-ranges"]) == (200, film, "bytes")
    assert line.ask(path, method="HEAD", cookie=READER).told == (200, whole.told[1], b"")
    for asked, first, last in (
        ("bytes=0-", 0, size - 1),
        ("bytes=70000-140000", 70_000, 140_000),
        ("bytes=-500", size - 500, size - 1),
        (f"bytes={size - 1}-{size + 9}", size - 1, size - 1),
    ):
        part = line.ask(path, cookie=READER, range=asked, if_range=tag)
        assert (part.status, part.body) == (206, film[first : last + 1])
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
    beyond = line.ask(path, cookie=READER, range=f"bytes={size}-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert line.ask(path, cookie=READER, range="bytes=5-9", if_range='"x"').body == film
    known = line.ask(path, cookie=READER, if_none_match=tag)
    assert (known.status, known.body) == (304, b"")
    assert line.ask(path, range="bytes=0-1").status == 302


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_denied_is_byte_for_byte_what_does_not_exist(line: Line, method: str) -> None:
    for conditions in CONDITIONS:
        none = line.ask("/a/nergens/", method=method, cookie=READER, **conditions)
        assert none.status == 404
        for wanted in WANTED:
            denied = line.ask(f"/{wanted}", method=method, cookie=READER, **conditions)
            assert denied.told == none.told


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_stranger_learns_nothing_from_any_answer(line: Line, method: str) -> None:
    for conditions in CONDITIONS:
        seen = []
        for address in ("/fietsen/", "/nergens/", "/a/hr/rooster/", "/404.html", "/assets/hub.css"):
            reply = line.ask(address, method=method, **conditions)
            assert reply.headers.pop("location") == f"/login/?next={address}"
            seen.append(reply.told)
        assert seen[0][0] == 302
        assert seen == [seen[0]] * len(seen)


def test_no_way_to_write_an_address_opens_another_s_tree(line: Line) -> None:
    asked = [str(each) for each in tricks()]
    secrets = gated.secrets()
    assert len(set(asked)) >= LEAST_TRICKS

    crossed = [each for each in asked if crosses(line.ask(_sent(each), cookie=READER), secrets)]
    by_header = [
        given
        for given in HEADERS
        for address in ("/", "/fietsen/", "/a/", "/a/hr/rooster/", "/nergens/")
        if crosses(line.ask(address, cookie=READER, **given), secrets)
    ]

    assert crossed == []
    assert by_header == []
    # The control: somebody who may read it gets it in the same ways.
    assert any(crosses(line.ask(_sent(each), cookie=HR_READER), secrets) for each in asked[-400:])
    assert crosses(line.ask("/a/hr/rooster/", cookie=HR_READER), secrets)


def _sent(trick: str) -> bytes:
    """The bytes on the line; a space or an end of line would end the target."""
    return trick.replace(" ", "%20").encode()


def crosses(reply: Reply, secrets: list[bytes]) -> bool:
    return any(secret in reply.raw for secret in secrets)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example"]
)
def test_host_that_is_not_ours_is_refused(line: Line, host: str) -> None:
    reply = line.ask("/fietsen/", cookie=READER, host=host)

    assert reply.status in {0, 400}
    assert b"Fietsen" not in reply.body


def test_folder_without_slash_is_sent_on_where_one_may_read(line: Line) -> None:
    moved = line.ask("/fietsen?a=1", cookie=READER)

    assert moved.status in {301, 308}
    assert moved.headers["location"] == "/fietsen/?a=1"
    assert "content-security-policy" in moved.headers
    none = line.ask("/a/nergens", cookie=READER)
    assert line.ask("/a/hr", cookie=READER).told == none.told
    assert none.status == 404


def test_release_goes_live_and_what_is_withdrawn_goes(hub: Hub) -> None:
    held = gated.files()
    root = gated.web_root(hub.folder, hub.releases)
    with line_to(hub.nginx.port) as line:
        assert b"woensdag" in line.ask("/fietsen/", cookie=READER).body

        gated.activate(hub.releases, held | {"fietsen/index.html": gated.page("Nu op dinsdag")})
        root.follow()
        assert b"dinsdag" in line.ask("/fietsen/", cookie=READER, accept_encoding="").body

        del held["fietsen/index.html"]
        held["index.html"] = gated.page("De hub", "/assets/hub.css")
        held["fietsen/2026/11/index.html"] = gated.page("November", "/")
        gated.activate(hub.releases, held)
        root.follow()
        assert line.ask("/fietsen/", cookie=READER).status == 404

        gated.activate(hub.releases, gated.files())
        gated.tend(hub.releases)
        root.follow()
        assert b"woensdag" in line.ask("/fietsen/", cookie=READER).body


def test_logs_of_nginx_hold_nobody(hub: Hub) -> None:
    with line_to(hub.nginx.port) as line:
        line.ask(
            "/fietsen/?wie=ik", cookie=READER, user_agent="Browser van Ik", referer="http://x/"
        )
    file = hub.folder / "nginx" / "plein.log"
    # It writes a line when it has answered.
    wait_for(lambda: "/fietsen/" in "".join(file.read_text().splitlines()[-1:]))

    log = file.read_text()
    last = log.splitlines()[-1]
    assert re.fullmatch(r"[-0-9T:+]{25} GET 200 \d+ \d\.\d{3} /fietsen/index\.html", last)
    for word in ("wie=ik", "plein_session", "Browser", "http://x/"):
        assert word not in log


def test_hub_stays_readable_behind_nginx_while_plein_is_down(hub: Hub, tmp_path: Path) -> None:
    people = People(tmp_path / "people.json")
    people.let_in(PEOPLE)
    with (
        granian(gated.releases_in(hub.folder), people) as gate,
        nginx_in_front(gate.port, hub.folder / "web", tmp_path / "n", remembered=1) as front,
        line_to(front.port) as line,
    ):
        assert line.ask("/fietsen/", cookie=READER).status == 200
        assert line.ask("/a/hr/rooster/", cookie=READER).status == 404
        stop(gate.process)
        time.sleep(REMEMBERED + 0.2)

        assert line.ask("/fietsen/2026/11/", cookie=READER).status == 200
        assert line.ask("/a/hr/rooster/", cookie=READER).status == 404
        for cookie in ("", HR_READER):  # nobody knows them, and nobody can be asked
            shut = line.ask("/assets/hub.css", cookie=cookie)
            assert shut.status == 503
            assert shut.headers["content-type"] == "text/html; charset=utf-8"
            assert "Even niet te lezen" in shut.body.decode()
            assert shut.headers["cache-control"] == "no-store"
        assert line.ask("/newsroom/", cookie=READER).status in {502, 503}


def test_before_the_first_release_there_is_a_sentence(tmp_path: Path) -> None:
    people = People(tmp_path / "people.json")
    people.let_in(PEOPLE)
    (tmp_path / "web").mkdir()
    with (
        granian(tmp_path / "releases", people) as gate,
        nginx_in_front(gate.port, tmp_path / "web", tmp_path / "n") as front,
    ):
        for server in (gate, front):
            with line_to(server.port) as line:
                for address in ("/", "/fietsen/", "/404.html", "/a/hr/rooster/", "/x.css", "/x"):
                    is_the_sentence(line.ask(address, cookie=HR_READER))
                assert line.ask("/fietsen/").status == 302


def is_the_sentence(answer: Reply) -> None:
    assert answer.status == 503
    assert "De hub wordt klaargemaakt" in answer.body.decode()
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-security-policy" in answer.headers


def test_a_gate_that_is_started_anew_knows_its_readers(hub: Hub, tmp_path: Path) -> None:
    """Plein restarts, and nobody can be asked: the database is away."""
    people = People(tmp_path / "people.json")
    people.let_in(PEOPLE)
    releases = gated.releases_in(hub.folder)
    with granian(releases, people) as gate, line_to(gate.port) as line:
        assert line.ask("/a/hr/rooster/", cookie=HR_READER).status == 200
        kept = tmp_path / "readers.sqlite3"
        wait_for(lambda: kept.exists() and b"everyone" in kept.read_bytes())
    people.lose()

    with granian(releases, people) as gate, line_to(gate.port) as line:
        assert line.ask("/a/hr/rooster/", cookie=HR_READER).status == 200
        assert line.ask("/a/board/zolder/", cookie=HR_READER).status == 404
        assert line.ask("/fietsen/", cookie="plein_session=stranger").status == 503


def test_who_was_sent_away_reads_no_more_within_seconds(hub: Hub) -> None:
    with line_to(hub.nginx.port) as front, line_to(hub.gate.port) as gate:
        hub.people.let_in({**PEOPLE, "plein_session=leaver": ["everyone"]})
        assert front.ask("/fietsen/", cookie="plein_session=leaver").status == 200
        hub.people.let_in(PEOPLE)

        wait_for(lambda: gate.ask("/fietsen/", cookie="plein_session=leaver").status == 302)
        wait_for(lambda: front.ask("/fietsen/", cookie="plein_session=leaver").status == 302)
