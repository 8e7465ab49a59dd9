"""What the gate and an older home ask of the releases."""

import gzip
import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from hub_site.asgi import App
from hub_site.build import open_releases
from hub_site.errors import PressError
from hub_site.press import build_once
from hub_site.releases import Draft, Manifest, Releases
from hub_site.serve import gate
from hub_site.settings import PressSettings
from tests.integration.press.browsing import Got, get
from tests.integration.press.newsroom import FakeNewsroom
from tests.unit.hub_site import samples

COOKIE = "sessionid=somebody"
STORY = "/dagje-mee/vijf-uur-veertig/"
FIRST_SCHEMA = """
CREATE TABLE release (
    number INTEGER PRIMARY KEY, epoch TEXT NOT NULL, cursor TEXT NOT NULL, as_of TEXT NOT NULL,
    started_at TEXT NOT NULL, activated_at TEXT NOT NULL, pages INTEGER NOT NULL,
    changed INTEGER NOT NULL, set_aside TEXT NOT NULL, is_recorded INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE entry (
    path TEXT NOT NULL, release INTEGER NOT NULL, blob TEXT, PRIMARY KEY (path, release)
) WITHOUT ROWID;
CREATE TABLE live (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL);
"""


async def somebody(cookie: str) -> frozenset[str] | None:
    return frozenset({"everyone"}) if cookie == COOKIE else None


def quiet(_sentence: str) -> None:
    pass


def read(hub: App, path: str, **headers: str) -> Got:
    return get(hub, path, cookie=COOKIE, **headers)


def tended(releases: Releases) -> Releases:
    while releases.tend(1.0):
        pass
    return releases


def as_first_version(press: PressSettings) -> None:
    """Turn the manifest into one that the first version of Plein would have written."""
    file = press.releases_dir / "manifest.sqlite3"
    with sqlite3.connect(file) as new:
        releases = new.execute(
            "SELECT number, epoch, cursor, as_of, started_at, activated_at, pages, changed,"
            " set_aside, is_recorded FROM release"
        ).fetchall()
        entries = new.execute("SELECT path, release, blob FROM entry").fetchall()
        live = new.execute("SELECT only, number FROM live").fetchall()
    new.close()
    for leftover in press.releases_dir.glob("manifest.sqlite3*"):
        leftover.unlink()
    with sqlite3.connect(file) as old:
        old.executescript(FIRST_SCHEMA)
        old.executemany("INSERT INTO release VALUES (?,?,?,?,?,?,?,?,?,?)", releases)
        old.executemany("INSERT INTO entry VALUES (?,?,?)", entries)
        old.executemany("INSERT INTO live VALUES (?,?)", live)
    old.close()


def test_variant_made_beforehand_is_the_one_made_on_demand(press: PressSettings) -> None:
    build_once(press, report=quiet)
    before = read(gate(press, somebody), STORY, accept_encoding="gzip")
    releases = tended(open_releases(press))
    files = releases.live_files()

    variant = releases.blobs.compressed_file(files[f"{STORY[1:]}index.html"])
    after = read(gate(press, somebody), STORY, accept_encoding="gzip")

    assert variant.read_bytes() == after.body == before.body
    assert after.headers == before.headers
    pictures = [digest for path, digest in files.items() if path.endswith(".webp")]
    assert pictures
    assert not any(releases.blobs.compressed_file(digest).exists() for digest in pictures)


def test_gate_serves_what_was_prepared(press: PressSettings) -> None:
    build_once(press, report=quiet)
    releases = tended(open_releases(press))
    digest = releases.live_files()[f"{STORY[1:]}index.html"]
    marked = gzip.compress(b"prepared")
    releases.blobs.compressed_file(digest).write_bytes(marked)

    assert read(gate(press, somebody), STORY, accept_encoding="gzip").body == marked


def test_gate_looks_again_when_bytes_went_under_its_hands(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    hub = gate(press, somebody)
    assert read(hub, "/").status == 200  # from here on it knows where everything is
    story = samples.full_story()

    newsroom.remove(story["id"])
    build_once(
        press, report=quiet
    )  # takes the page, and its bytes, within the gate's quarter second

    assert read(hub, f"/{story['path']}").status == 404
    assert read(hub, "/").status == 200


def test_gate_follows_from_release_to_release(press: PressSettings, newsroom: FakeNewsroom) -> None:
    build_once(press, report=quiet)
    manifest = Manifest(press.releases_dir / "manifest.sqlite3", is_reader=True)
    known = manifest.live_files()
    assert known
    newsroom.publish(samples.full_story() | {"title": "Anders"})
    build_once(press, report=quiet)

    news = manifest.changes_since(known[0])

    now = manifest.live_files()
    assert news
    assert now
    assert 0 < len(news[1]) < len(now[1])
    followed = {**known[1], **news[1]}
    assert {path: blob for path, blob in followed.items() if blob} == now[1]


def test_reader_of_a_release_that_is_forgotten_reads_everything_again(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    manifest = Manifest(press.releases_dir / "manifest.sqlite3", is_reader=True)
    view = manifest.view()
    assert view
    for title in ("Een", "Twee", "Drie"):
        newsroom.publish(samples.full_story() | {"title": title})
        build_once(press, report=quiet)
    tended(Releases(press.releases_dir, keep=1, keep_for=timedelta(0), grace=timedelta(0)))

    assert [release.number for release in manifest.releases()] == [8]  # search comes after each
    assert manifest.changes_since(view) is None


def test_home_of_an_older_version_goes_on_as_it_was(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    newsroom.publish(samples.full_story() | {"title": "Anders"})
    build_once(press, report=quiet)
    files = open_releases(press).live_files()
    as_first_version(press)

    assert read(gate(press, somebody), STORY).status == 200  # before any press came by
    releases = open_releases(press)
    assert releases.live_files() == files
    assert releases.inspect().faults == ()
    with pytest.raises(PressError, match="older Plein"):
        releases.roll_back(1)

    newsroom.remove(samples.full_story()["id"])
    build = build_once(press, report=quiet)
    assert build.release.number == 5  # search came after the two before
    assert releases.inspect().faults == ()


def test_unchanged_page_that_would_lead_nowhere_stops_a_release_of_an_older_home(
    press: PressSettings,
) -> None:
    build_once(press, report=quiet)
    as_first_version(press)
    releases = open_releases(press)
    live = releases.manifest.live()
    assert live

    with pytest.raises(PressError, match="leads nowhere"):
        releases.activate(draft_without(live.number, f"{STORY[1:]}index.html"))


def draft_without(base: int, path: str) -> Draft:
    return Draft(
        changes={path: None},
        is_whole=False,
        epoch="e",
        cursor="c",
        as_of=samples.NOW,
        started_at=samples.NOW,
        pages=1,
        set_aside="[]",
        base=base,
    )


def test_manifest_of_a_newer_version_is_refused_in_words(press: PressSettings) -> None:
    build_once(press, report=quiet)
    with sqlite3.connect(press.releases_dir / "manifest.sqlite3") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(PressError, match="newer Plein"):
        open_releases(press)


def test_leftovers_of_a_crash_are_cleared_away(press: PressSettings) -> None:
    build_once(press, report=quiet)
    blobs = press.releases_dir / "blobs"
    old_orphan, torn = blobs / "ab" / ("c" * 62), blobs / "incoming" / "torn"
    for file in (old_orphan, torn):
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(b"left")
        set_age(file, timedelta(hours=2))
    new_orphan = blobs / "ab" / ("d" * 62)
    new_orphan.write_bytes(b"just put")

    releases = tended(open_releases(press))

    assert not old_orphan.exists()
    assert not torn.exists()
    assert new_orphan.exists()
    assert releases.inspect().faults == ()


def set_age(file: Path, age: timedelta) -> None:
    moment = file.stat().st_mtime - age.total_seconds()
    os.utime(file, (moment, moment))
