"""The plain files for a web server in front: whole at every moment, and without what went."""

import gzip
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from hub_site.errors import PressError
from hub_site.releases import Releases, WebRoot
from tests.integration.press import gated

STORY = b"Fietsen repareren op woensdag"


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return gated.gated_hub(tmp_path)


@pytest.fixture
def root(tmp_path: Path, releases: Releases) -> WebRoot:
    return gated.web_root(tmp_path, releases)


def held(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def pages(folder: Path) -> dict[str, bytes]:
    return {path: body for path, body in held(folder).items() if not path.endswith(".gz")}


def without_story() -> dict[str, bytes]:
    files = gated.files()
    del files["fietsen/index.html"]
    return files | {
        "index.html": gated.page("De hub", "/"),
        "fietsen/2026/11/index.html": gated.page("November", "/"),
    }


def test_files_are_the_live_release_with_what_is_small_beside_it(
    tmp_path: Path, root: WebRoot
) -> None:
    assert root.follow()

    live = held(tmp_path / "web" / "live")
    assert pages(tmp_path / "web" / "live") == gated.files()
    small = {path: body for path, body in live.items() if path.endswith(".gz")}
    assert small
    for path, body in small.items():
        assert gzip.decompress(body) == live[path.removesuffix(".gz")]
    assert not [path for path in small if ".webp" in path]
    assert held(tmp_path / "web" / "a") == held(tmp_path / "web" / "b") == live
    assert not root.follow()


def test_next_release_is_there_whole_and_what_was_withdrawn_in_neither_tree(
    tmp_path: Path, root: WebRoot, releases: Releases
) -> None:
    root.follow()
    before = (tmp_path / "web" / "live").readlink()
    gated.activate(releases, without_story())

    assert root.follow()

    assert (tmp_path / "web" / "live").readlink() != before
    for tree in ("a", "b"):
        assert pages(tmp_path / "web" / tree) == without_story()
        assert not (tmp_path / "web" / tree / "fietsen" / "index.html.gz").exists()
    everything = b"".join(held(tmp_path / "web").values())
    assert STORY not in everything


def test_old_variant_is_never_beside_a_new_page(
    tmp_path: Path, root: WebRoot, releases: Releases
) -> None:
    root.follow()
    changed = gated.page("Fietsen repareren op dinsdag", "/")
    gated.activate(releases, gated.files() | {"fietsen/index.html": changed})

    root.follow()
    live = tmp_path / "web" / "live" / "fietsen"
    assert (live / "index.html").read_bytes() == changed
    assert not (live / "index.html.gz").exists()

    gated.tend(releases)
    assert root.follow()
    for tree in ("a", "b"):
        variant = tmp_path / "web" / tree / "fietsen" / "index.html.gz"
        assert gzip.decompress(variant.read_bytes()) == changed
    assert not root.follow()


def test_folders_of_what_went_go_too(tmp_path: Path, root: WebRoot, releases: Releases) -> None:
    root.follow()
    files = {path: body for path, body in gated.files().items() if not path.startswith("a/board/")}
    gated.activate(releases, files)

    root.follow()

    assert not (tmp_path / "web" / "live" / "a" / "board").exists()
    assert (tmp_path / "web" / "live" / "a" / "hr").is_dir()


def test_two_editions_of_one_size_and_second_have_other_times(
    tmp_path: Path, root: WebRoot, releases: Releases
) -> None:
    page = tmp_path / "web" / "live" / "fietsen" / "index.html"
    root.follow()
    first = page.stat()
    gated.activate(
        releases, gated.files() | {"fietsen/index.html": gated.page(STORY.decode()[::-1], "/")}
    )
    root.follow()
    second = page.stat()

    assert first.st_size == second.st_size
    assert first.st_mtime != second.st_mtime
    gated.activate(releases, gated.files())
    root.follow()
    assert page.stat().st_mtime == first.st_mtime


def test_another_process_finds_out_what_differs(
    tmp_path: Path, root: WebRoot, releases: Releases
) -> None:
    root.follow()
    live = tmp_path / "web" / "live"
    gated.activate(releases, without_story())
    half_done = tmp_path / "web" / ("b" if live.readlink().name == "a" else "a")
    (half_done / "index.html").unlink()
    (half_done / "left.html.half").write_bytes(STORY)
    (half_done / "fietsen" / "index.html").unlink()

    assert gated.web_root(tmp_path, releases).follow()

    assert pages(live) == without_story()
    assert pages(tmp_path / "web" / "a") == pages(tmp_path / "web" / "b")
    root.follow()  # the first one comes back and finds it done
    assert pages(live) == without_story()


class StoppedError(Exception):
    """The process ended here."""


def stops_before(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """End the process before the so many-th thing that it does to the disk."""
    left = iter(range(number))

    def guarded(act: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **options: object) -> object:
            if next(left, None) is None:
                raise StoppedError
            return act(*args, **options)

        return step

    for name in ("replace", "unlink", "hardlink_to", "symlink_to", "rmdir"):
        monkeypatch.setattr(Path, name, guarded(getattr(Path, name)))


def test_killed_before_every_step_readers_see_one_release_or_the_other(
    tmp_path: Path, releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = {
        path: gated.files()[path] for path in ("404.html", "assets/hub.css", "a/hr/lijst.json")
    }
    states = [
        {**small, "index.html": gated.page("Eerst"), "fietsen/index.html": gated.page("Fietsen")},
        {**small, "index.html": gated.page("Later")},
    ]
    gated.activate(releases, states[0])
    gated.tend(releases)
    gated.web_root(tmp_path, releases).follow()
    saved = tmp_path / "saved"
    shutil.copytree(tmp_path / "web", saved, symlinks=True)
    gated.activate(releases, states[1])

    steps = 0
    for number in count():
        shutil.rmtree(tmp_path / "web")
        shutil.copytree(saved, tmp_path / "web", symlinks=True)
        with monkeypatch.context() as patched:
            stops_before(patched, number)
            try:
                gated.web_root(tmp_path, releases).follow()
                is_done = True
            except StoppedError:
                is_done = False
        assert pages(tmp_path / "web" / "live") in states, f"torn before step {number}"
        if is_done:
            break
        steps += 1
        gated.web_root(tmp_path, releases).follow()
        assert pages(tmp_path / "web" / "live") == states[1]
        assert b"Fietsen" not in b"".join(held(tmp_path / "web").values())
    assert steps > 15


def test_disk_that_takes_nothing_is_told_and_the_link_stays(
    tmp_path: Path, root: WebRoot, releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.follow()
    gated.activate(releases, without_story())

    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(os, "utime", full)
        with pytest.raises(PressError, match="web server"):
            root.follow()
    assert pages(tmp_path / "web" / "live") == gated.files()

    assert root.follow()
    assert pages(tmp_path / "web" / "live") == without_story()


@pytest.mark.parametrize("path", ["../out.html", "a/../../out.html", "/out.html", "a//b.html"])
def test_no_path_leads_out_of_the_tree(
    tmp_path: Path, root: WebRoot, releases: Releases, path: str
) -> None:
    root.follow()
    gated.activate(releases, gated.files() | {path: b"x"})

    with pytest.raises(PressError, match="can't hold a file"):
        root.follow()
    assert pages(tmp_path / "web" / "live") == gated.files()
    assert not list(tmp_path.glob("out*"))
