"""A tree for each audience: what is for some is in theirs, and no trace of it in another."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from hub_site.asgi import App
from hub_site.build import open_releases
from hub_site.errors import PressError
from hub_site.pages.sheet import IMAGES
from hub_site.press import build_once, export, web_root_of
from hub_site.releases import ReleaseFaultsError
from hub_site.serve import gate
from hub_site.settings import PressSettings
from hub_site.trees import EVERYONE, YOURS_PAGE, tree_of
from tests.integration.press import gated
from tests.integration.press.browsing import Got, get
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.test_incremental import (
    assert_as_from_nothing,
    print_changes,
    release_of,
)
from tests.unit.hub_site import samples, some_only
from tests.unit.hub_site.samples import Json

KEY = some_only.KEY
PAGE = "dagje-mee/andere-kamer/index.html"
OWN = (some_only.STORY, some_only.NOTICE, some_only.TAG, "nachtrooster", KEY, some_only.NAME)
PICTURES = [samples.picture_hash(some_only.PICTURE, "webp", width) for width in samples.WIDTHS]
FRAME = ("hub", "section", "rubric Dagje mee", "person Magda Kowalczyk", "tag Veiligheid")
MEMBER, OUTSIDER = "plein_session=member", "plein_session=outsider"


def quiet(_sentence: str) -> None:
    pass


@pytest.fixture
def newsroom() -> FakeNewsroom:
    """No more than what is for some needs around it."""
    fake = FakeNewsroom()
    held = [
        each
        for each in samples.sample_hub(0)
        if f"{each['kind']} {each['title']}".startswith(FRAME)
    ]
    fake.publish(*held, samples.full_story())
    return fake


async def audiences_of(cookie: str) -> frozenset[str] | None:
    known = {MEMBER: frozenset({EVERYONE, KEY}), OUTSIDER: frozenset({EVERYONE, "elders"})}
    return known.get(cookie)


def has_audience(newsroom: FakeNewsroom, *documents: Json) -> None:
    newsroom.audiences = {KEY: some_only.NAME, "elders": "Elders"}
    newsroom.publish(*(documents or some_only.published()))


def traces_of(words: tuple[str, ...], files: Mapping[str, bytes]) -> list[str]:
    """Files that hold one of these words, or have it in their name."""
    found = []
    for path, body in files.items():
        text = (path.encode() + body).replace("\N{SOFT HYPHEN}".encode(), b"").lower()
        if any(word.lower().encode() in text for word in words):
            found.append(path)
    return found


def outside(audience: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: body for path, body in files.items() if tree_of(path) != audience}


def home_bytes(press: PressSettings) -> dict[str, bytes]:
    found = {}
    for file in press.home.rglob("*"):
        if file.is_file():
            body = file.read_bytes()
            found[file.name] = gzip.decompress(body) if file.suffix == ".gz" else body
    return found


def test_what_is_for_some_is_in_their_tree_and_nowhere_else(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    before = print_changes(press).release.number
    everyones = release_of(press)

    has_audience(newsroom)
    print_changes(press)

    files = release_of(press)
    tree = files.keys() - outside(KEY, files).keys()
    assert before == 1
    assert outside(KEY, files) == everyones
    assert tree >= {
        f"a/{KEY}/{name}"
        for name in (
            *("index.html", PAGE, "dagje-mee/index.html", "onderwerp/nachtrooster/index.html"),
            *("onderwerp/veiligheid/index.html", "collegas/magda-kowalczyk/index.html"),
            *("mededelingen/index.html", "mededelingen/achterdeur/index.html"),
            *("2026/11/index.html", "dagje-mee/2026/11/index.html"),
        )
    }
    pictures = {path for path in tree if path.startswith(f"a/{KEY}/{IMAGES}")}
    assert {Path(path).stem for path in pictures} >= {*PICTURES}
    assert_as_from_nothing(press)


def test_links_lead_out_of_a_tree_and_never_into_one(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = samples.full_story()
    into = f'<p>Zie <a href="document:{some_only.story()["id"]}">de kamers</a>.</p>'
    newsroom.publish(story | {"body": [samples.block("paragraph", 1, html=into)]})
    has_audience(newsroom)
    print_changes(press)

    files = release_of(press)
    everyones = files[f"{story['path']}index.html"].decode()
    assert "Zie de kamers." in everyones
    assert "andere-kamer" not in everyones
    gated_page = files[f"a/{KEY}/{PAGE}"].decode()
    assert f'href="../../../../{story["path"]}">Lees eerst dit</a>' in gated_page
    notice = files[f"a/{KEY}/mededelingen/achterdeur/index.html"].decode()
    assert 'href="../../dagje-mee/andere-kamer/">het stuk hierover</a>' in notice


@pytest.mark.parametrize("now_for", [KEY, "elders"])
def test_to_move_is_to_go_here_and_to_come_there_in_one_release(
    now_for: str, press: PressSettings, newsroom: FakeNewsroom
) -> None:
    was_for = EVERYONE if now_for == KEY else KEY
    newsroom.audiences = {KEY: some_only.NAME, "elders": "Elders"}
    newsroom.publish(*_moved_to(was_for))
    first = build_once(press, report=quiet).release
    own = (some_only.STORY, "andere-kamer", some_only.TAG, "nachtrooster")
    assert traces_of(own, release_of(press))

    newsroom.publish(*_moved_to(now_for))
    second = build_once(press, report=quiet).release

    releases = open_releases(press)
    assert second.number == first.number + 2  # between them search came
    assert traces_of(own, outside(now_for, release_of(press))) == []
    assert f"a/{now_for}/{PAGE}" in release_of(press)
    earlier = releases.manifest.files(first.number)
    bodies = {path: releases.blobs.read(blob) for path, blob in earlier.items()}
    assert traces_of((*own, *PICTURES), bodies) == []
    (reported,) = [
        each for each in newsroom.removals if each["publicId"] == str(some_only.story()["id"])
    ]
    assert reported["movedFrom"] == was_for
    assert reported["files"]
    (told,) = [
        each for each in releases.removals() if str(some_only.story()["id"]) in each.public_id
    ]
    assert told.public_id.endswith(f" {was_for}")
    assert told.still_said == told.still_live == ()
    assert_as_from_nothing(press, as_of=second.as_of)


def _moved_to(audience: str) -> list[Json]:
    mentioned = EVERYONE if audience == EVERYONE else "mentioned"
    story, _notice, tag, picture = some_only.published(audience)
    return [story, tag | {"audience": mentioned}, picture | {"audience": mentioned}]


def test_a_move_while_a_release_is_made_waits_whole_for_the_next(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    newsroom.audiences = {KEY: some_only.NAME, "elders": "Elders"}
    newsroom.publish(*_moved_to(KEY))
    own = (some_only.STORY, "andere-kamer", some_only.TAG, "nachtrooster")
    said: list[str] = []

    def move_meanwhile(sentence: str) -> None:
        if sentence.startswith("Made"):
            said.append(sentence)
            newsroom.publish(*_moved_to("elders"))

    build_once(press, report=move_meanwhile)
    assert said
    assert f"a/{KEY}/{PAGE}" in release_of(press)
    assert traces_of(own, outside(KEY, release_of(press))) == []

    build_once(press, report=quiet)
    assert f"a/elders/{PAGE}" in release_of(press)
    assert traces_of(own, outside("elders", release_of(press))) == []
    assert {told["movedFrom"] for told in newsroom.removals} >= {KEY}


def test_nothing_is_left_of_an_audience_that_is_gone(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    has_audience(newsroom)
    build_once(press, report=quiet)

    del newsroom.audiences[KEY]
    build = build_once(press, report=quiet)

    assert [path for path in release_of(press) if tree_of(path) == KEY] == []
    assert {each.public_id for each in build.set_aside} == {
        str(each["id"]) for each in (some_only.story(), some_only.notice())
    }
    blobs = home_bytes(press)
    releases = {name: body for name, body in blobs.items() if "sqlite" not in name}
    assert traces_of((some_only.STORY, some_only.NOTICE), releases) == []
    assert newsroom.removals == []

    newsroom.audiences[KEY] = "Weer terug"
    build_once(press, report=quiet)
    assert b"Weer terug" in release_of(press)[f"a/{KEY}/index.html"]


def test_audience_that_is_renamed_is_called_so_at_once(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    has_audience(newsroom)
    print_changes(press)
    newsroom.audiences[KEY] = "De nieuwe naam"
    print_changes(press)

    files = release_of(press)
    assert traces_of((some_only.NAME,), files) == []
    assert b"De nieuwe naam" in files[f"a/{KEY}/index.html"]
    assert_as_from_nothing(press)


def test_release_that_names_what_its_readers_may_not_read_never_goes_live(tmp_path: Path) -> None:
    files = gated.files()
    releases = gated.gated_hub(tmp_path)

    for page, link in (("index.html", "/a/hr/"), ("a/hr/index.html", "/a/board/zolder/")):
        with pytest.raises(ReleaseFaultsError, match="may not read"):
            gated.activate(releases, files | {page: gated.page("Wie dit leest", link)})
    assert releases.live_files().keys() == files.keys()
    assert releases.inspect().faults == ()


@pytest.fixture
def hub(press: PressSettings, newsroom: FakeNewsroom) -> App:
    has_audience(newsroom)
    print_changes(press)
    return gate(press, audiences_of)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_readers_find_what_is_theirs_and_no_more(hub: App, encoding: str) -> None:
    def yours(cookie: str) -> Got:
        return get(hub, "/a/", cookie=cookie, accept_encoding=encoding)

    def text(got: Got) -> str:
        body = gzip.decompress(got.body) if encoding else got.body
        return body.decode().replace("\N{SOFT HYPHEN}", "")

    member, outsider = yours(MEMBER), yours(OUTSIDER)
    assert (member.status, outsider.status) == (200, 200)
    assert member.headers["cache-control"] == "no-store"
    assert some_only.STORY in text(member)
    assert f"a/{KEY}/" in text(member)
    assert not [word for word in OWN if word.lower() in text(outsider).lower()]
    assert text(yours(MEMBER)) == text(member)
    assert yours("").headers["location"] == yours("nobody").headers["location"]


def test_tree_of_others_answers_as_what_is_not_there(hub: App, press: PressSettings) -> None:
    for path in release_of(press):
        none = get(hub, "/a/nergens/x/", cookie=OUTSIDER)
        if tree_of(path) == KEY:
            got = get(hub, f"/{path}", cookie=OUTSIDER)
            assert (got.status, got.headers, got.body) == (404, none.headers, none.body)
            assert get(hub, f"/{path}", cookie=MEMBER).status == 200
    assert get(hub, f"/{YOURS_PAGE}", cookie=MEMBER).status == 404


def test_export_holds_only_the_trees_that_were_asked_for(hub: App, press: PressSettings) -> None:
    del hub
    out = press.home.parent
    everyones, both = out / "everyones", out / "both"

    export(press, everyones)
    export(press, both, audiences=[KEY])

    assert traces_of(OWN, _files_in(everyones)) == []
    assert _files_in(both) == release_of(press)
    with pytest.raises(PressError, match="for the audience 'nobody'"):
        export(press, out / "none", audiences=["nobody"])


def _files_in(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_picture_stays_as_long_as_a_tree_shows_it(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    newsroom.audiences = {KEY: some_only.NAME, "elders": "Elders"}
    here, there = some_only.story(KEY), some_only.story("elders")
    there = there | {"id": samples.identity("story there")}
    newsroom.publish(*some_only.published(KEY)[2:], here, there)
    build_once(press, report=quiet)

    newsroom.remove(here["id"])
    build_once(press, report=quiet)

    files = release_of(press)
    shown = [path for path in files if Path(path).stem in PICTURES]
    assert {tree_of(path) for path in shown} == {"elders"}
    assert all((press.media_dir / name[:2] / name).is_file() for name in PICTURES)
    assert web_root_of(press, open_releases(press)) is None


def test_hub_without_anything_for_some_has_no_tree(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    print_changes(press)
    bare = release_of(press)
    newsroom.audiences = {KEY: some_only.NAME}
    build = print_changes(press)

    assert not build.is_new
    assert release_of(press) == bare
    assert [path for path in bare if path.startswith("a/")] == [YOURS_PAGE]
