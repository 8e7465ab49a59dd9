"""What was withdrawn is in no byte that is kept, and no rollback brings it back."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cms.config.command import main
from hub_site.build import Builder, open_releases
from hub_site.client import Newsroom
from hub_site.errors import NewsroomUnreachableError
from hub_site.press import build_once
from hub_site.releases import Releases, RollbackRefusedError
from hub_site.settings import PressSettings
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.small_theme import write_small_theme
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json

CANARY = "Een kanariepietpapegaai zingt alleen in dit ene verhaal"


def quiet(_sentence: str) -> None:
    pass


def canary_story() -> Json:
    words = {"title": CANARY, "summary": f"{CANARY}, en nergens anders.", "body": []}
    return samples.full_story() | words


def restyle(press: PressSettings, colour: str) -> None:
    (press.theme_dir / "assets" / "hub.css").write_text(f"body {{ color: {colour} }}")
    page = press.theme_dir / "main.html"
    page.write_text(page.read_text().replace("<title>", f"<!-- {colour} --><title>"))


def kept_bytes(press: PressSettings) -> dict[str, bytes]:
    """Every file in the press's home, opened wherever it is compressed."""
    found = {}
    for file in press.home.rglob("*"):
        if file.is_file():
            body = file.read_bytes()
            found[str(file)] = gzip.decompress(body) if file.suffix == ".gz" else body
    return found


def holders_of(press: PressSettings, word: str) -> list[str]:
    bare = word.encode()
    return [
        name
        for name, body in kept_bytes(press).items()
        if bare in body.replace("\N{SOFT HYPHEN}".encode(), b"")
    ]


def test_withdrawn_story_is_in_no_byte_of_the_home(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    press = replace(press, web_root=press.home / "web")  # for nginx, and as bare of it
    build_once(press, report=quiet)
    story = canary_story()
    newsroom.publish(story)
    build_once(press, report=quiet)
    releases = open_releases(press)
    while releases.tend(1.0):
        pass
    page = f"{story['path']}index.html"
    assert press.web_root
    assert (press.web_root / "live" / page).is_file()
    assert holders_of(press, CANARY)

    newsroom.remove(story["id"])
    build_once(press, report=quiet)

    assert holders_of(press, CANARY) == []
    [report] = [each for each in releases.removals() if each.public_id == story["id"]]
    assert page in report.paths
    assert {"index.html", "dagje-mee/index.html"} <= set(report.paths)
    assert report.releases
    assert report.blobs
    assert report.scanned > 0
    assert report.still_said == ()
    assert not any(releases.blobs.has(blob) for blob in report.blobs)
    [told] = [each for each in newsroom.removals if each["publicId"] == story["id"]]
    assert told["files"] == len(report.blobs)
    assert told["releases"] == [*report.releases]


def test_a_no_that_comes_while_a_release_is_made_ends_it_in_the_next(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    story = canary_story()
    newsroom.publish(story)
    said: list[str] = []

    def take_back_meanwhile(sentence: str) -> None:
        if sentence.startswith("Made") and not said:
            said.append(sentence)
            newsroom.remove(story["id"])

    build_once(press, report=take_back_meanwhile)
    assert said
    assert holders_of(press, CANARY)

    build_once(press, report=quiet)

    assert holders_of(press, CANARY) == []
    assert [each["publicId"] for each in newsroom.removals] == [story["id"]]


def test_the_newsroom_is_told_of_a_removal_once_it_answers_and_once(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    story = canary_story()
    newsroom.publish(story)
    build_once(press, report=quiet)
    newsroom.remove(story["id"])
    newsroom.refuses_reports = True
    with pytest.raises(NewsroomUnreachableError):
        build_once(press, report=quiet)
    assert newsroom.removals == []

    newsroom.refuses_reports = False
    build_once(press, report=quiet)
    build_once(press, report=quiet)

    assert [each["publicId"] for each in newsroom.removals] == [story["id"]]


def test_pictures_go_with_what_they_were_for(press: PressSettings, newsroom: FakeNewsroom) -> None:
    build_once(press, report=quiet)
    releases = open_releases(press)
    image = next(d for _, d in newsroom.changes.values() if d and d["kind"] == "image")
    story = next(
        d
        for _, d in newsroom.changes.values()
        if d and json.dumps(image["id"]) in json.dumps(d.get("lead_image"))
    )
    renditions = image["renditions"]
    assert isinstance(renditions, list)
    hashes = {rendition["hash"] for rendition in renditions}
    assert any(releases.blobs.has(digest) for digest in hashes)

    newsroom.publish(story | {"lead_image": None, "body": []})
    newsroom.remove(image["id"])
    build_once(press, report=quiet)

    live = set(releases.live_files().values())
    assert not any(releases.blobs.has(digest) for digest in hashes - live)
    assert not hashes & live


def test_live_page_that_still_says_it_is_named(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story()
    other = next(
        d
        for _, d in newsroom.changes.values()
        if d and d["kind"] == "story" and d["id"] != story["id"]
    )
    newsroom.publish(story, other | {"summary": f"Hij schreef: {CANARY}, en nergens anders."})
    build_once(press, report=quiet)

    newsroom.remove(story["id"])
    build_once(press, report=quiet)

    [report] = [r for r in open_releases(press).removals() if r.public_id == story["id"]]
    assert f"{other['path']}index.html" in report.still_said


def test_removal_is_finished_after_a_crash_before_it(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story()
    newsroom.publish(story)
    build_once(press, report=quiet)
    newsroom.remove(story["id"])
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        builder.documents.apply(client.feed(builder.documents.position()))
        builder.build(as_of=datetime.now(UTC))  # and here the machine stops
    assert holders_of(press, CANARY)

    build_once(press, report=quiet)

    assert holders_of(press, CANARY) == []


def test_item_that_comes_back_is_public_as_before(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story()
    newsroom.publish(story)
    build_once(press, report=quiet)
    newsroom.remove(story["id"])
    build_once(press, report=quiet)
    newsroom.publish(story)
    build_once(press, report=quiet)

    releases = open_releases(press)
    page = releases.blobs.read(releases.live_files()[f"{story['path']}index.html"])
    assert CANARY.encode() in page.replace("\N{SOFT HYPHEN}".encode(), b"")
    assert releases.inspect().faults == ()


def look_of(releases: Releases, path: str) -> bytes:
    return releases.blobs.read(releases.live_files()[path])


def test_rollback_brings_back_the_look_and_nothing_that_went(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story()
    restyle(press, "red")
    newsroom.publish(story)
    build_once(press, report=quiet)
    releases = open_releases(press)
    newsroom.remove(story["id"])
    restyle(press, "blue")
    build_once(press, report=quiet)
    assert b"blue" in look_of(releases, "assets/hub.css")

    release = releases.roll_back(1)

    assert release.rolled_back_to == 1
    assert b"red" in look_of(releases, "assets/hub.css")
    assert b"<!-- red -->" in look_of(releases, "collegas/esra-yildirim/index.html")
    assert f"{story['path']}index.html" not in releases.live_files()
    # The front page says something else by now, so it waits for the press.
    assert b"<!-- blue -->" in look_of(releases, "index.html")
    assert releases.inspect().faults == ()

    build_once(press, report=quiet)

    files = releases.live_files()
    pages = [releases.blobs.read(files[path]) for path in files if path.endswith("index.html")]
    assert all(b"<!-- red -->" in page for page in pages)
    assert holders_of(press, CANARY) == []


def test_correction_is_not_undone_by_a_rollback(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story()
    newsroom.publish(story)
    build_once(press, report=quiet)
    newsroom.publish(story | {"title": "Verbeterd", "summary": "Verbeterd."})
    restyle(press, "blue")
    build_once(press, report=quiet)
    releases = open_releases(press)

    releases.roll_back(1)

    for digest in releases.live_files().values():
        body = releases.blobs.read(digest).replace("\N{SOFT HYPHEN}".encode(), b"")
        assert CANARY.encode() not in body


def test_rollback_holds_until_it_is_lifted(press: PressSettings) -> None:
    build_once(press, report=quiet)
    restyle(press, "blue")
    build_once(press, report=quiet)
    releases = open_releases(press)
    releases.roll_back(1)
    build_once(press, report=quiet)
    assert b"blue" not in look_of(releases, "assets/hub.css")

    assert releases.lift_hold()
    build_once(press, report=quiet)

    assert b"blue" in look_of(releases, "assets/hub.css")
    assert not releases.lift_hold()


def test_new_theme_ends_a_rollback(press: PressSettings) -> None:
    build_once(press, report=quiet)
    restyle(press, "blue")
    build_once(press, report=quiet)
    releases = open_releases(press)
    releases.roll_back(1)
    told: list[str] = []
    restyle(press, "green")

    build_once(press, report=told.append)

    assert b"green" in look_of(releases, "assets/hub.css")
    assert releases.hold() is None
    assert any("new theme" in sentence for sentence in told)


def test_rollback_to_the_same_look_is_refused_with_what_to_do(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    newsroom.publish(canary_story())
    build_once(press, report=quiet)

    with pytest.raises(RollbackRefusedError, match="newsroom"):
        open_releases(press).roll_back(1)
    with pytest.raises(RollbackRefusedError, match="not kept"):
        open_releases(press).roll_back(99)


def test_commands_tell_and_do(
    press: PressSettings,
    newsroom: FakeNewsroom,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = press.home.parent / "root"
    settings = replace(
        press, home=root / "press", theme_dir=write_small_theme(press.home.parent / "other")
    )
    monkeypatch.setenv("PLEIN_HOME", str(root))
    newsroom.publish(canary_story())
    build_once(settings, report=quiet)
    newsroom.remove(canary_story()["id"])
    restyle(settings, "blue")
    build_once(settings, report=quiet)

    assert main(["rollback", "1"]) == 0
    assert main(["releases"]) == 0
    told = capsys.readouterr().out
    assert "look of release 1" in told
    assert "--lift" in told
    assert main(["verify"]) == 0
    assert "0 faults" in capsys.readouterr().out
    assert main(["releases", "--removals"]) == 0
    assert str(canary_story()["id"]) in capsys.readouterr().out
    assert main(["rollback", "--lift"]) == 0
    assert "has ended" in capsys.readouterr().out
    assert main(["rollback", "77"]) == 1
    assert "not kept" in capsys.readouterr().err


def test_verify_names_what_is_damaged(
    press: PressSettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = press.home.parent / "root"
    settings = replace(press, home=root / "press")
    monkeypatch.setenv("PLEIN_HOME", str(root))
    build_once(settings, report=quiet)
    releases = open_releases(settings)
    while releases.tend(1.0):
        pass
    files = releases.live_files()
    releases.blobs.file(files["index.html"]).write_bytes(b"rot")
    releases.blobs.compressed_file(files["404.html"]).write_bytes(b"rot")
    releases.blobs.file(files["assets/hub.css"]).unlink()

    assert main(["verify"]) == 1
    told = capsys.readouterr().out
    assert f"{files['index.html']}: its bytes are not those" in told
    assert f"{files['404.html']}: its compressed variant" in told
    assert f"{files['assets/hub.css']}: its bytes can't be read" in told


def test_what_was_taken_out_of_a_story_is_in_no_byte_and_the_rest_stays(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story() | {"summary": "Wat blijft, staat hier."}
    story["title"] = "Een verhaal dat blijft staan"
    said = {"type": "pull_quote", "id": "a", "value": {"text": CANARY, "speaker": None}}
    kept = {"type": "paragraph", "id": "b", "value": {"html": "<p>Dit blijft gewoon staan.</p>"}}
    newsroom.publish(story | {"body": [kept, said]})
    build_once(press, report=quiet)
    newsroom.publish(story | {"body": [said, kept]})
    build_once(press, report=quiet)
    assert holders_of(press, CANARY)

    newsroom.cut(story | {"body": [kept]})
    build_once(press, report=quiet)

    assert holders_of(press, CANARY) == []
    assert holders_of(press, "Dit blijft gewoon staan.")
    [told] = newsroom.removals
    assert told["publicId"] == story["id"]
    assert told["stillLive"] == []
    assert f"{story['path']}index.html" in str(told["paths"])
    newsroom.publish(story | {"body": [kept, kept]})
    build_once(press, report=quiet)
    assert newsroom.removals == [told]
