"""A logo stands on every page of every tree, and goes from all of them."""

import json

import pytest

from hub_site.build import Build, Builder, open_releases
from hub_site.client import Newsroom
from hub_site.press import build_once
from hub_site.preview import preview_app
from hub_site.settings import PressSettings
from tests.integration.press.browsing import get
from tests.integration.press.newsroom import PREVIEW_TOKEN, FakeNewsroom
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json

STYLE = next(each for each in samples.sample_hub(0) if each["kind"] == "style")


def quiet(_sentence: str) -> None:
    pass


def wear(newsroom: FakeNewsroom, **names: str) -> Json:
    """Publish a house style with these logos."""
    for name in names.values():
        digest = samples.picture_hash(name, "webp", 0)
        newsroom.pictures[digest] = samples.picture_bytes(name, "webp", 0)
    style = STYLE | {key: samples.logo(name) for key, name in names.items()}
    newsroom.publish(style)
    return style


def path_of(name: str) -> str:
    return f"assets/images/{samples.picture_hash(name, 'webp', 0)}.webp"


def files_of(press: PressSettings) -> dict[str, bytes]:
    releases = open_releases(press)
    return {path: releases.blobs.read(blob) for path, blob in releases.live_files().items()}


def pages_of(files: dict[str, bytes]) -> set[str]:
    """All but what is a part of other pages, or only leads on."""
    whole = {path for path, body in files.items() if path.endswith(".html") and b"hub.css" in body}
    return {path for path in whole if not path.endswith(("/newest/index.html", "alert/index.html"))}


def pages_with(files: dict[str, bytes], name: str) -> set[str]:
    return {page for page in pages_of(files) if path_of(name).encode() in files[page]}


@pytest.fixture
def with_a_gate(newsroom: FakeNewsroom) -> None:
    newsroom.audiences["hr"] = "Personeelszaken"
    newsroom.publish(
        samples.item("story", "Het rooster", path="dagje-mee/rooster/", days=1) | {"audience": "hr"}
    )


def has_logo_everywhere(files: dict[str, bytes], name: str) -> bool:
    shell = json.loads(files["assets/shell.json"])["files"]
    is_kept = shell.get(path_of(name)) == samples.picture_hash(name, "webp", 0)
    is_there = files.get(path_of(name)) == samples.picture_bytes(name, "webp", 0)
    return is_there and is_kept and pages_with(files, name) == pages_of(files)


@pytest.mark.usefixtures("with_a_gate")
def test_a_logo_comes_on_every_page_and_leaves_every_page(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    wear(newsroom, logo="old", logo_dark="night")
    build_once(press, report=quiet)
    first = files_of(press)

    assert "a/hr/dagje-mee/rooster/index.html" in pages_of(first)
    assert has_logo_everywhere(first, "old")
    assert has_logo_everywhere(first, "night")

    wear(newsroom, logo="new", logo_dark="night")
    build_once(press, report=quiet)
    second = files_of(press)

    assert has_logo_everywhere(second, "new")
    assert not pages_with(second, "old")
    assert path_of("old") not in second
    looks = [json.loads(files["assets/shell.json"])["look"] for files in (first, second)]
    assert looks[0] != looks[1]
    assert newsroom.removals == []

    newsroom.cut(wear(newsroom, logo="new"))
    build_once(press, report=quiet)

    gone, kept = (samples.picture_hash(name, "webp", 0) for name in ("night", "new"))
    releases = open_releases(press)
    [told] = newsroom.removals
    assert told["publicId"] == STYLE["id"]
    assert path_of("night") in str(told["paths"])
    assert not releases.blobs.has(gone)
    assert releases.blobs.has(kept)
    assert not [*press.home.rglob(f"*{gone}*")]
    assert releases.inspect().faults == ()


def print_once(builder: Builder, client: Newsroom) -> Build:
    builder.documents.apply(client.feed(builder.documents.position()))
    return builder.build(as_of=samples.NOW)


def test_without_its_logo_a_hub_keeps_its_colours_and_tries_again(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    wear(newsroom, logo="day")
    digest = samples.picture_hash("day", "webp", 0)
    body = newsroom.pictures.pop(digest)
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        without = print_once(builder, client)
        bare = files_of(press)
        newsroom.pictures[digest] = body
        again = print_once(builder, client)

    assert without.misses_pictures
    assert [each.public_id for each in without.set_aside] == [STYLE["id"]]
    assert pages_with(bare, "day") == set()
    assert str(STYLE["light"]).encode() in bare["assets/hub.css"]
    assert not again.misses_pictures
    assert again.set_aside == ()
    files = files_of(press)
    assert pages_with(files, "day") == pages_of(files)


def test_a_preview_shows_the_logo_by_its_own_token(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    wear(newsroom, logo="day")
    newsroom.drafts[PREVIEW_TOKEN] = samples.full_story()
    app = preview_app(press)
    digest = samples.picture_hash("day", "webp", 0)
    address = f"/preview/image/{digest}?token={PREVIEW_TOKEN}"

    page = get(app, f"/preview/?token={PREVIEW_TOKEN}")

    assert address in page.body.decode()
    assert get(app, address).body == samples.picture_bytes("day", "webp", 0)
