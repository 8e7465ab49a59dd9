import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from cms.publishing.models import Release
from hub_site.build import Builder, open_releases
from hub_site.client import Newsroom
from hub_site.press import build_once, export, run_press
from hub_site.releases import Releases
from hub_site.settings import PressSettings
from tests.factories.api import press_asker
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.plain import plain_build
from tests.unit.hub_site import samples

RECORD = """mutation RecordRelease($release: ReleaseInput!) {
  recordRelease(release: $release) { number }
}"""
CANARY = "Kanariepietpapegaai"


def quiet(_sentence: str) -> None:
    pass


def everything_readable(press: PressSettings) -> bytes:
    """Every byte a reader could get from the live release."""
    releases = Releases(press.releases_dir, keep=press.keep_releases)
    files = releases.live_files()
    return b"\n".join(path.encode() + releases.blobs.read(blob) for path, blob in files.items())


def files_under(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def eventually(claim: object, seconds: float = 20.0) -> None:
    assert callable(claim)
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


@contextmanager
def running(press: PressSettings) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=run_press, args=(press, stop), kwargs={"report": quiet})
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=20)


def read_status(file: Path) -> dict[str, object] | None:
    """The last status, as JSON; None when the press never wrote one."""
    try:
        status = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return status if isinstance(status, dict) else None


def test_first_build_prints_every_kind_of_page(press: PressSettings) -> None:
    build = build_once(press, report=quiet)

    files = Releases(press.releases_dir, keep=3).live_files()
    assert build.is_new
    assert build.set_aside == ()
    assert {
        "index.html",
        "404.html",
        "assets/hub.css",
        "rubrieken/index.html",
        "collegas/index.html",
        "collegas/esra-yildirim/index.html",
        "dagje-mee/index.html",
        "dagje-mee/2026/11/index.html",
        "dagje-mee/vijf-uur-veertig/index.html",
        "dagje-mee/zes-uur/index.html",
        "mededelingen/index.html",
        "onderwerp/veiligheid/index.html",
        "over/index.html",
    } <= files.keys()
    assert not any("sitemap" in path for path in files)


def test_same_bytes_as_a_plain_mkdocs_build_of_the_staged_tree(press: PressSettings) -> None:
    build_once(press, report=quiet)
    plain = plain_build(press.staged_dir, theme=press.theme_dir)
    out = press.home.parent / "out"
    export(press, out)

    # Search is made of the pages and beside them: test_search holds it to a law of its own.
    ours = {path: body for path, body in files_under(out).items() if "assets/search/" not in path}
    assert ours.keys() == plain.keys()
    assert [path for path, body in plain.items() if ours[path] != body] == []


def test_a_build_from_nothing_equals_a_build_after_changes(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        for title in ("Eerst zo", "Toen zo", "Nu zo"):
            newsroom.publish(samples.full_story() | {"title": title})
            builder.documents.apply(client.feed(builder.documents.position()))
            builder.build(as_of=samples.NOW)
        changed = builder.releases.live_files()

        fresh = replace(press, home=press.home.parent / "fresh")
        other = Builder(fresh, client, report=quiet)
        other.documents.apply(client.feed(None))
        other.build(as_of=samples.NOW)

    assert other.releases.live_files() == changed


def test_the_same_hub_again_makes_no_new_release(press: PressSettings) -> None:
    first = build_once(press, report=quiet)
    second = build_once(press, report=quiet)

    assert not second.is_new
    # The release between them differs in search alone, which is written after the pages.
    assert (first.release.number, second.release.number) == (1, 2)
    assert len(open_releases(press).manifest.releases()) == 2


def test_newsroom_hears_which_release_is_live_once(
    press: PressSettings, newsroom: FakeNewsroom, db: None
) -> None:
    newsroom.publish(samples.document("riddle", "raadsel"))
    build_once(press, report=quiet)
    build_once(press, report=quiet)

    assert len(newsroom.releases) == 1
    told = newsroom.releases[0]
    assert told["number"] == 1
    assert told["cursor"] == f"epoch-1:{len(newsroom.changes)}"
    assert told["setAside"] == [
        {
            "publicId": samples.identity("riddle raadsel"),
            "reason": "This press does not know the kind 'riddle'.",
        }
    ]
    moments = [str(told[each]) for each in ("startedAt", "renderedAt", "activatedAt")]
    assert moments == sorted(moments)
    # The newsroom itself takes it as it is told.
    press_asker().data(RECORD, release=told)
    receipt = Release.objects.get()
    assert receipt.rendered_at == datetime.fromisoformat(moments[1])
    assert {"", "rubrieken/", "over/"} <= set(receipt.paths)


def test_newsroom_hears_how_far_a_release_goes_when_no_byte_of_it_changed(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    before = build_once(press, report=quiet)
    newsroom.publish(samples.document("department", "Nog leeg", order=9))

    after = build_once(press, report=quiet)

    assert (after.is_new, after.release.number) == (False, before.release.number + 1)
    assert after.release.cursor == newsroom.feed(None, first=500)["cursor"] != before.release.cursor
    told = [(each["number"], each["cursor"]) for each in newsroom.releases]
    assert told == [(1, before.release.cursor), (2, after.release.cursor)]


def test_withdrawn_item_is_in_no_byte_of_the_next_release(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    secret = samples.item(
        "story",
        CANARY,
        path="dagje-mee/geheim/",
        days=1,
        lead_image=samples.image_ref("alleen hier"),
    )
    picture = samples.image("alleen hier")
    newsroom.publish(secret, picture)
    build_once(press, report=quiet)
    before = everything_readable(press)

    newsroom.remove(secret["id"])
    build_once(press, report=quiet)

    after = everything_readable(press)
    digest = samples.picture_hash("alleen hier", "webp", 800).encode()
    assert CANARY.encode() in before
    assert digest in before
    assert CANARY.encode() not in after
    assert digest not in after


def test_embargoed_and_expired_items_are_in_no_byte(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    newsroom.publish(
        samples.item("story", f"{CANARY} straks", path="dagje-mee/straks/", days=-4000),
        samples.item(
            "story",
            f"{CANARY} voorbij",
            path="dagje-mee/voorbij/",
            days=4000,
            expires_at=samples.moment(days=-3000),
        ),
    )

    build_once(press, report=quiet)

    assert CANARY.encode() not in everything_readable(press)


def test_one_page_that_cannot_be_printed_does_not_block_the_others(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    (press.theme_dir / "interview.html").write_text("{{ page.meta.view.nothing.at.all }}")

    build = build_once(press, report=quiet)

    interview = samples.full_interview()["id"]
    assert [each.public_id for each in build.set_aside] == [interview]
    files = Releases(press.releases_dir, keep=3).live_files()
    assert "dagje-mee/vijf-uur-veertig/index.html" in files
    assert "op-de-praatstoel/ik-hoor-aan-de-las/index.html" not in files


def test_picture_that_does_not_come_is_left_out_and_tried_again(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    digest = samples.picture_hash("01-de-las-horen", "webp", 800)
    body = newsroom.pictures.pop(digest)

    without = build_once(press, report=quiet)
    newsroom.pictures[digest] = body
    again = build_once(press, report=quiet)

    assert without.misses_pictures
    assert [each.public_id for each in without.set_aside] == [
        samples.identity("image 01-de-las-horen")
    ]
    assert not again.misses_pictures
    assert f"assets/images/{digest}.webp" in Releases(press.releases_dir, keep=3).live_files()


def test_picture_with_other_bytes_than_its_hash_is_refused(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    digest = samples.picture_hash("01-de-las-horen", "webp", 800)
    newsroom.pictures[digest] = b"RIFF....WEBP something else"

    build = build_once(press, report=quiet)

    assert "not those that its hash promises" in build.set_aside[0].reason


def test_restored_newsroom_is_read_again_from_nothing(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    newsroom.page_size = 7
    build_once(press, report=quiet)
    kept = [each for each in samples.sample_hub(stories=2) if each["kind"] != "announcement"]
    newsroom.restore_backup(*kept)

    build = build_once(press, report=quiet)

    assert build.release.epoch == "epoch-1-restored"
    assert b"Lakstraat staat stil" not in everything_readable(press)


def test_a_hub_needs_no_hand_kept_pages_and_can_lose_their_folder(press: PressSettings) -> None:
    build_once(press, report=quiet)
    shutil.rmtree(press.pages_dir)

    build = build_once(press, report=quiet)

    assert build.is_new
    assert build.faulty_pages == ()
    assert "hulp/index.html" not in Releases(press.releases_dir, keep=3).live_files()


def test_faulty_hand_kept_page_is_named_with_its_remedy(press: PressSettings) -> None:
    (press.pages_dir / "fout.md").write_text("---\ntitle: Fout\nlanguage: fr\norder: 3\n---\n")

    build = build_once(press, report=quiet)

    assert len(build.faulty_pages) == 1
    assert "fout.md" in build.faulty_pages[0]
    assert (
        "'language' should be nl or en" in build.faulty_pages[0]
        or "'description'" in build.faulty_pages[0]
    )


def test_press_follows_changes_and_keeps_its_pulse(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    with running(press):
        eventually(lambda: newsroom.releases)
        newsroom.publish(samples.full_story() | {"title": "Nieuwe kop"})
        eventually(lambda: len(newsroom.releases) > 1)
        status = read_status(press.status_file)

    assert b"Nieuwe kop" in everything_readable(press)
    assert status is not None
    assert status["release"] == 3, "the second is that of search"
    assert status["problem"] is None
