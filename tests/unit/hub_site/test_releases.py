from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub_site.releases import Draft, ReleaseFaultsError, Releases
from hub_site.releases.verify import faults_in_all

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def draft(files: Mapping[str, str | None], *, is_whole: bool = True) -> Draft:
    return Draft(
        changes=files,
        is_whole=is_whole,
        epoch="e",
        cursor="c",
        as_of=NOW,
        started_at=NOW,
        pages=1,
        set_aside="[]",
    )


def put(releases: Releases, **pages: str) -> dict[str, str]:
    files = {"index.html": "home", "404.html": "none"} | {
        f"{name}/index.html": text for name, text in pages.items()
    }
    return {path: releases.blobs.put(text.encode()) for path, text in files.items()}


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path, keep=3, keep_for=timedelta(0), grace=timedelta(0))


def test_release_costs_what_changed_and_removals_are_gone(releases: Releases) -> None:
    releases.activate(draft(put(releases, a="one", b="two")))
    second = releases.activate(draft(put(releases, a="one", c="three")))

    assert second.number == 2
    assert second.changed == 2
    assert releases.live_files() == put(releases, a="one", c="three")
    assert releases.manifest.files(1) == put(releases, a="one", b="two")


def test_release_that_is_refused_leaves_the_old_one(releases: Releases) -> None:
    good = put(releases, a="one")
    releases.activate(draft(good))

    with pytest.raises(ReleaseFaultsError, match="leads nowhere"):
        releases.activate(draft(put(releases, a='<a href="../gone/">weg</a>')))
    assert releases.live_files() == good


def test_crash_before_the_switch_leaves_the_old_release(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = put(releases, a="one")
    releases.activate(draft(good))

    def crash(_wanted: object) -> None:
        raise SystemExit

    monkeypatch.setattr(releases.blobs, "sync", crash)
    with pytest.raises(SystemExit):
        releases.activate(draft(put(releases, a="two")))

    assert releases.live_files() == good
    assert releases.manifest.live_number() == 1


def test_old_releases_and_their_bytes_are_forgotten(releases: Releases, tmp_path: Path) -> None:
    for number in range(6):
        releases.activate(draft(put(releases, a=f"text {number}")))
    while releases.tend(1.0):
        pass

    assert [release.number for release in releases.manifest.releases()] == [6, 5, 4]
    texts = {file.read_text() for file in (tmp_path / "blobs").glob("??/*")}
    assert texts == {"home", "none", "text 3", "text 4", "text 5"}


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), max_size=5),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None)
def test_manifest_gives_back_what_each_kept_release_held(histories: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        releases = Releases(Path(folder), keep=3, keep_for=timedelta(0), grace=timedelta(0))
        wanted: list[dict[str, str]] = []
        for pages in histories:
            wanted.append(put(releases, **pages))
            releases.activate(draft(wanted[-1]))
            while releases.tend(1.0):
                pass

        for number, files in list(enumerate(wanted, 1))[-3:]:
            assert releases.manifest.files(number) == files
            assert all(releases.blobs.has(blob) for blob in files.values())


@pytest.mark.parametrize(
    ("markup", "is_fine"),
    [
        ('<a href="../b/">b</a>', True),
        ('<a href="../b/?q=1#part">b</a>', True),
        ('<a href="../b">b</a>', False),
        ('<a href="#here">b</a>', True),
        ('<a href="/b/">b</a>', True),
        ('<a href="..">home</a>', True),
        ('<a href=".">self</a>', True),
        ('<a href="/login/?next=/">in</a>', True),
        ('<a href="/newsroom/">in</a>', True),
        ('<a href="https://example.org/">out</a>', True),
        ('<a href="mailto:a@example.org">mail</a>', True),
        ('<img src="https://example.org/x.png">', False),
        ('<script src="//cdn.example/x.js"></script>', False),
        ('<link rel="stylesheet" href="https://fonts.example/x.css">', False),
        ('<img src="data:image/png;base64,AAAA">', True),
        ('<img srcset="../b/index.html 480w, ../no.webp 800w">', False),
        ("<a href='../no/'>single</a>", False),
        ('<p>write href="../no/" yourself</p>', True),
        ('<a title="a > b" href="../no/">b</a>', False),
    ],
)
def test_links_are_followed_before_readers_do(markup: str, is_fine: bool) -> None:
    texts = {"index.html": "", "404.html": "", "a/index.html": markup, "b/index.html": ""}

    faults = faults_in_all({path: path for path in texts}, lambda path: texts[path].encode())

    assert (faults == []) == is_fine


def test_release_needs_a_front_page_and_a_404() -> None:
    faults = faults_in_all({}, lambda _: b"")

    assert [fault.path for fault in faults] == ["index.html", "404.html"]
