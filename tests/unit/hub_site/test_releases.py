import gc
import sqlite3
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub_site.releases import ReleaseFaultsError, Releases, SupersededError
from hub_site.releases.disk import Disk
from hub_site.releases.glances import Glancer
from hub_site.releases.links import addresses_in, is_outside, target_of
from hub_site.releases.verify import faults_in_all
from tests.unit.hub_site.drafts import draft


@dataclass(frozen=True)
class Texts:
    """Pages by their own path."""

    held: Mapping[str, str]

    def read(self, digest: str) -> bytes:
        return self.held[digest].encode()

    def has(self, digest: str) -> bool:
        return digest in self.held


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

    faults = faults_in_all({path: path for path in texts}, Texts(texts))

    assert (faults == []) == is_fine


def test_release_needs_a_front_page_and_a_404() -> None:
    faults = faults_in_all({}, Texts({}))

    assert [fault.path for fault in faults] == ["index.html", "404.html"]


def test_release_on_top_of_the_live_one_names_only_what_changes(releases: Releases) -> None:
    first = put(releases, a="one", b="two")
    releases.activate(draft(first))
    change = {"a/index.html": releases.blobs.put(b"new"), "b/index.html": None}

    release = releases.activate(draft(change, is_whole=False))

    assert release.changed == 2
    assert releases.live_files() == {
        path: blob for path, blob in (first | change).items() if blob is not None
    }


def test_release_on_top_of_another_than_the_live_one_is_refused(releases: Releases) -> None:
    releases.activate(draft(put(releases, a="one")))
    begun_on = releases.activate(draft(put(releases, a="two"))).number
    releases.activate(draft(put(releases, a="three")))
    change = {"a/index.html": releases.blobs.put(b"late")}

    with pytest.raises(SupersededError):
        releases.activate(replace(draft(change, is_whole=False), base=begun_on))
    assert releases.live_files() == put(releases, a="three")


def test_page_that_stays_may_not_lead_to_one_that_goes(releases: Releases) -> None:
    releases.activate(draft(put(releases, d="one", b='<a href="../d/">a</a>', c="three")))

    releases.activate(draft({"c/index.html": None}, is_whole=False))
    with pytest.raises(ReleaseFaultsError) as refused:
        releases.activate(draft({"d/index.html": None}, is_whole=False))
    assert [fault.path for fault in refused.value.faults] == ["b/index.html"]

    unlinked = releases.blobs.put(b"two")
    releases.activate(draft({"d/index.html": None, "b/index.html": unlinked}, is_whole=False))
    assert "d/index.html" not in releases.live_files()


def test_what_is_on_every_page_is_missed_on_every_page(releases: Releases) -> None:
    nav = '<a href="/d/">a</a>'
    files = put(releases, d="one", b=nav) | {"404.html": releases.blobs.put(nav.encode())}
    releases.activate(draft(files))
    bare = releases.blobs.put(b"none")

    with pytest.raises(ReleaseFaultsError) as refused:
        releases.activate(draft({"d/index.html": None, "404.html": bare}, is_whole=False))
    assert [fault.path for fault in refused.value.faults] == ["b/index.html"]


@pytest.mark.parametrize("path", ["index.html", "404.html"])
def test_required_page_can_t_be_removed(releases: Releases, path: str) -> None:
    releases.activate(draft(put(releases, a="one")))

    with pytest.raises(ReleaseFaultsError, match="is missing"):
        releases.activate(draft({path: None}, is_whole=False))


def test_hash_without_bytes_never_goes_live(releases: Releases) -> None:
    with pytest.raises(ReleaseFaultsError, match="bytes are missing"):
        releases.activate(draft(put(releases) | {"a.webp": "0" * 64}))


def test_stylesheet_loads_nothing_from_elsewhere(releases: Releases) -> None:
    style = releases.blobs.put(b"a { background: url(https://cdn.example/x.png) }")

    with pytest.raises(ReleaseFaultsError, match="elsewhere"):
        releases.activate(draft(put(releases) | {"a.css": style}))


def test_one_page_of_a_large_release_is_enough_to_refuse_it(releases: Releases) -> None:
    many = {f"p{number}": f'<a href="/p{number - 1}/">x</a>' for number in range(1, 420)}
    files = put(releases, p0="first", **many)
    lost = "0" * 64

    for wrong, reason in (
        (put(releases, p300='<a href="../gone/">x</a>'), "leads nowhere"),
        ({"p301/index.html": lost}, "bytes are missing"),
    ):
        with pytest.raises(ReleaseFaultsError, match=reason) as refused:
            releases.activate(draft(files | wrong))
        assert len(refused.value.faults) == 1
    assert releases.activate(draft(files)).changed == len(files)
    with pytest.raises(ReleaseFaultsError) as refused:
        releases.activate(draft({"p7/index.html": None}, is_whole=False))
    assert [fault.path for fault in refused.value.faults] == ["p8/index.html"]


NAMES = st.sampled_from(["", "a/", "b/", "gone/", "b/index.html", "x.css", "gone.webp"])
UPWARDS = st.sampled_from(["", "/", "../", "../../", "./", "https://a.example/", "//b.example/"])
ADDRESSES = st.builds("".join, st.tuples(UPWARDS, NAMES, st.sampled_from(["", "#x", "?q=1&amp;r"])))
TAGS = st.sampled_from(
    [
        '<a href="{}">',
        "<a href='{}'>",
        '<img src="{}">',
        '<img alt="=" srcset="{} 480w, ../x.css 2x">',
        '<link rel=x href = "{}">',
        '<a title="a > b"\n href="{}">',
        '<a href\n= "{}">',
        "<a href=\n'{}'>",
        '<a href="{}\n">',
        "<img srcset='x.css 1x,\n{} 2x'>",
        '<link\n rel=x href="{}">',
        '<a href="/href="><a href="{}">',
        '<link title="<a " href="{}">',
        "<link title='<a ' href=\"{}\">",
        '<a title="<link " href="{}">',
        '<A class="x" href="{}">',
        '<p>href="{}"</p>',
        '<use href="{}">',
        '<form action="{}">',
        '<a href ="{}">',
        '<img srcset\t= "{} 2x">',
        '<a data-x="=" class=y href="{}">',
        '<video poster="{}"><source src="{}">',
        '<a title="x = y" href="{}">',
        '<a href="{}',
        "<body>",
        "<main>",
        "<footer>",
        '<a title="<main " href="{}">',
        '<link title="<footer" rel=x href="{}">',
        '<a href="<main {}">',
        '<img srcset="../x.css 1x, <main> {} 2x">',
        '<a title="<body>" href="{}"><main>',
    ]
)


@given(st.lists(st.tuples(TAGS, ADDRESSES), max_size=6), st.sampled_from(["p/q/index.html", "p"]))
@settings(max_examples=300, deadline=None)
def test_glance_never_overlooks_an_address(tags: list[tuple[str, str]], page: str) -> None:
    markup = "".join(tag.format(address, address) for tag, address in tags)
    glancer = Glancer()
    glancer.glance(page, b'<body><p class="x"><main><footer>')

    seen = glancer.glance(page, markup.encode())

    named = addresses_in(markup)
    targets = {target_of(each.value, page) for each in named} - {None}
    assert targets <= seen.targets
    if any(each.is_loaded and is_outside(each.value) for each in named):
        assert seen.may_load_from_elsewhere


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_release_by_changes_is_refused_just_when_the_whole_would_be(data: st.DataObject) -> None:
    paths = [f"{name}/index.html" for name in "bcde"]
    pages = st.lists(st.sampled_from("bcde"), max_size=3).map(
        lambda names: "".join(f'<a href="/{name}/">x</a>' for name in names)
    )
    with TemporaryDirectory() as folder:
        releases = Releases(Path(folder), keep=3)
        releases.activate(draft(put(releases)))
        for _ in range(data.draw(st.integers(1, 5))):
            texts = data.draw(
                st.dictionaries(st.sampled_from(paths), st.none() | pages, max_size=4)
            )
            changes = {
                path: None if text is None else releases.blobs.put(text.encode())
                for path, text in texts.items()
            }
            after = {p: b for p, b in (releases.live_files() | changes).items() if b is not None}
            is_faulty = bool(faults_in_all(after, releases.blobs))
            try:
                releases.activate(draft(changes, is_whole=False))
            except ReleaseFaultsError:
                assert is_faulty
            else:
                assert not is_faulty
                assert releases.live_files() == after


def test_a_manifest_that_can_t_be_opened_stays_open_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "manifest.sqlite3"
    file.write_bytes(b"no database at all" * 100)

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with suppress(sqlite3.DatabaseError):
            Disk().connect(file)
        gc.collect()

    assert warned == []
