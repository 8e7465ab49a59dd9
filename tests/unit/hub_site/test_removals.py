"""What was withdrawn goes at once; the search for its words goes a little at a time."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path

import pytest

from hub_site.releases import Draft, Release, Releases, Removal, Withdrawn
from hub_site.releases.removals import Search

WORDS = "Deze ene zin stond alleen in het ingetrokken stuk."
GONE = Withdrawn(public_id="gone", paths=("gone/index.html",), words=(WORDS,))
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return opened(tmp_path)


def opened(folder: Path) -> Releases:
    return Releases(folder, keep=3, keep_for=timedelta(0), grace=timedelta(0))


def publish(releases: Releases, **pages: str) -> Release:
    files = {"index.html": "home", "404.html": "none"} | {
        f"{name}/index.html": text for name, text in pages.items()
    }
    draft = Draft(
        changes={path: releases.blobs.put(text.encode()) for path, text in files.items()},
        is_whole=True,
        epoch="e",
        cursor="c",
        as_of=NOW,
        started_at=NOW,
        pages=len(files),
        set_aside="[]",
    )
    return releases.activate(draft)


def portions(releases: Releases, *withdrawn: Withdrawn) -> Iterable[list[Removal]]:
    """Every portion is as small as can be; what is done between two of them is done in time."""
    while True:
        reports = releases.purge(withdrawn, seconds=0)
        yield reports
        if reports:
            return


def test_a_film_is_looked_through_in_pieces_and_no_word_falls_between_them(
    releases: Releases, tmp_path: Path
) -> None:
    for start in (7_999_990, 15_900_000):  # at the end of a piece, and in the middle of one
        film = tmp_path / "film"
        with film.open("wb") as file:
            file.seek(start)
            file.write(WORDS.encode())
            file.truncate(17_000_000)
        with film.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        releases.blobs.put_file(film, digest)
        releases.blobs.sync([digest])
        assert b"".join(releases.blobs.pieces(digest)) == film.read_bytes()
        search = Search(releases.blobs, {"gone": [WORDS]})
        while not search.go_on(time.monotonic() + 5):
            pass
        assert search.holders["gone"] == [digest]
        releases.blobs.remove(digest)


def holders(releases: Releases) -> list[str]:
    return [blob for blob in releases.blobs if WORDS.encode() in releases.blobs.read(blob)]


def withdraw(releases: Releases, **rest: str) -> None:
    """A story that an old page quotes without a link to it leaves the hub."""
    publish(releases, gone=WORDS, other=f"Eerst stond hier: {WORDS}")
    publish(releases, gone=WORDS, other="beter")
    publish(releases, other="beter", **rest)


def test_what_is_known_goes_in_the_first_portion(releases: Releases) -> None:
    withdraw(releases)

    assert releases.purge([GONE], seconds=0) == []

    assert all("gone/index.html" not in releases.manifest.files(each) for each in (1, 2, 3))
    assert len(holders(releases)) == 1
    assert releases.removals() == []


def test_publications_between_two_portions_are_searched_too(releases: Releases) -> None:
    withdraw(releases)
    published = 0

    for reports in portions(releases, GONE):
        if not reports and published < 8:  # at most one of them is left for the folders to come
            published += 1
            publish(releases, other="beter", late=f"{published} {WORDS}")

    live = releases.live_files()["late/index.html"]
    assert holders(releases) == [live]
    [report] = releases.removals()
    assert report.still_said == ("late/index.html",)
    assert {"gone/index.html", "other/index.html", "late/index.html"} == set(report.paths)
    assert len(report.blobs) == 2 + published - 1
    assert report.scanned > published


def test_removal_that_was_broken_off_reports_everything(releases: Releases, tmp_path: Path) -> None:
    withdraw(releases)
    releases.purge([GONE], seconds=0)

    again = opened(tmp_path)
    [report] = again.purge([GONE])

    assert report.paths == ("gone/index.html", "other/index.html")
    assert report.releases == (1,)
    assert len(report.blobs) == 2
    assert holders(again) == []
    assert again.removals() == [report]


def test_what_is_wanted_back_is_searched_no_more(releases: Releases) -> None:
    withdraw(releases)
    releases.purge([GONE], seconds=0)

    assert releases.purge([], seconds=0) == []
    publish(releases, gone=WORDS, other="beter")
    publish(releases, other="beter")
    [report] = releases.purge([GONE])

    assert holders(releases) == []
    assert 4 in report.releases


def test_many_removals_are_searched_for_together(releases: Releases) -> None:
    names = [f"stuk{number}" for number in range(25)]
    publish(releases, **{name: f"{name}: {WORDS}" for name in names}, quoting=f"stuk7: {WORDS}.")
    publish(releases)
    wanted = [
        Withdrawn(public_id=name, paths=(f"{name}/index.html",), words=(f"{name}: {WORDS}",))
        for name in names
    ]

    done: list[Removal] = []
    while len(done) < len(names):
        left = {each.public_id for each in wanted} - {each.public_id for each in done}
        done += releases.purge([each for each in wanted if each.public_id in left])

    assert holders(releases) == []
    [seventh] = [each for each in done if each.public_id == "stuk7"]
    assert seventh.paths == ("quoting/index.html", "stuk7/index.html")
