"""The law of the renderer: what it prints is what a plain `mkdocs build` would, byte for byte."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import pytest

from hub_site.content.parsing import parse_all
from hub_site.errors import PageError
from hub_site.handkept import read_pages
from hub_site.pages import compose
from hub_site.printing.forks import can_fork
from hub_site.render import NOT_FOUND, Renderer
from hub_site.settings import PressSettings
from hub_site.stage import StagedPage
from tests.integration.press.plain import plain_build
from tests.unit.hub_site import samples, some_only
from tests.unit.hub_site.making import Json
from tests.unit.hub_site.whole_tree import StagedTree, print_tree, stage, write_tree

ROOT = Path(__file__).resolve().parents[3]
THEME = ROOT / "themes" / "hub"
SKELETON = {"base.html", "main.html", "reading.html", "404.html", "card.html", "offline.html"}
HOSTILE = "<b class='x'>\"& \u2028{{ 7 * 7 }} é"


def hostile(document: Json) -> Json:
    """Texts that are markup to whoever forgets to escape them."""
    title, summary = str(document["title"]), document.get("summary")
    changed = document | {"title": f"{title} {HOSTILE}"}
    return changed if summary is None else changed | {"summary": f"{summary} {HOSTILE}"}


def many_colleagues() -> list[Json]:
    """So many that each letter has a page of its own."""
    one = next(each for each in samples.sample_hub() if each["kind"] == "person")
    return [
        one
        | {
            "id": samples.identity(f"colleague {number}"),
            "path": f"collegas/{letter}{number}/",
            "title": f"{letter.upper()}{number}",
            "portrait": None,
        }
        for number, letter in enumerate("abcdefghijklm" * 5)
    ]


def documents(language: str, *, is_hostile: bool) -> list[Json]:
    held = [*samples.sample_hub(), *many_colleagues(), *some_only.documents()]
    held = [each | {"language": language} if each["kind"] == "hub" else each for each in held]
    return [hostile(each) for each in held] if is_hostile else held


def settings(home: Path, *, theme: Path = THEME) -> PressSettings:
    return PressSettings(
        home=home,
        api_url="",
        token_file=home / "token",
        config_file=ROOT / "site" / "mkdocs.yml",
        theme_dir=theme,
        pages_dir=ROOT / "content" / "pages",
    )


def staged_tree(home: Path, held: Sequence[Json], *, theme: Path = THEME) -> StagedTree:
    kept = read_pages(ROOT / "content" / "pages")
    parsed = parse_all(samples.by_id(held))
    site = compose(parsed.documents, as_of=samples.NOW, kept=kept.pages)
    return stage(site, kept, pictures={}, settings=settings(home, theme=theme))


@pytest.mark.parametrize(("language", "is_hostile"), [("nl", True), ("en", False)])
def test_every_kind_of_page_has_the_bytes_of_a_plain_build(
    language: str, is_hostile: bool, tmp_path: Path, compiled: Path
) -> None:
    tree = staged_tree(tmp_path, documents(language, is_hostile=is_hostile))
    write_tree(tree, tmp_path / "plain")
    plain = plain_build(tmp_path / "plain", theme=THEME)

    renderer = Renderer(tmp_path / "ours", compiled=compiled)
    ours = {printed.path: printed.body for printed in print_tree(renderer, tree)}
    ours |= {path: file.read_bytes() for path, file in renderer.assets.items()} | {**tree.files}

    templates = {str(page.meta["template"]) for page in tree.pages}
    assert templates | SKELETON == {file.name for file in THEME.glob("*.html")}
    assert ours.keys() == plain.keys()
    assert [path for path, body in plain.items() if ours[path] != body] == []
    assert NOT_FOUND in ours
    assert "collegas/letter/m/index.html" in ours


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> StagedTree:
    return staged_tree(tmp_path_factory.mktemp("home"), samples.sample_hub())


def test_one_page_is_printed_without_the_others(
    tree: StagedTree, tmp_path: Path, compiled: Path
) -> None:
    cold, warm = (Renderer(tmp_path, compiled=compiled) for _ in range(2))
    whole = {printed.path: printed.body for printed in print_tree(cold, tree)}
    kept = [page for page in tree.pages if page.body]

    of_each_template = {str(page.meta["template"]): page for page in tree.pages}
    for page in (*reversed(of_each_template.values()), *kept):
        (printed,) = warm.print_pages([page], tree.config, kept=kept)
        assert (printed.path, printed.body) == (page.output, whole[page.output])


def test_what_the_hub_shows_around_a_page_is_never_that_of_an_earlier_configuration(
    tree: StagedTree, tmp_path: Path, compiled: Path
) -> None:
    page = next(page for page in tree.pages if page.meta["template"] == "story.html")
    renderer = Renderer(tmp_path, compiled=compiled)
    list(renderer.print_pages([page], tree.config))

    renamed = tree.config.replace("De Zandbak", "De Bron")
    assert renamed != tree.config
    (printed,) = renderer.print_pages([page], renamed)

    assert b"De Bron" in printed.body
    (fresh,) = Renderer(tmp_path / "fresh", compiled=compiled).print_pages([page], renamed)
    assert printed.body == fresh.body


def test_a_page_that_cannot_be_printed_is_named_and_those_before_it_are_given(
    tree: StagedTree, tmp_path: Path, compiled: Path
) -> None:
    good = next(page for page in tree.pages if page.meta["template"] == "story.html")
    bad = replace(good, meta={**good.meta, "template": "absent.html"}, source="the bad one")
    printed = Renderer(tmp_path, compiled=compiled).print_pages([good, bad, good], tree.config)

    assert next(printed).path == good.output
    with pytest.raises(PageError, match="absent") as caught:
        next(printed)
    assert caught.value.source == "the bad one"


def test_an_escape_too_many_or_too_few_would_be_seen(tmp_path: Path, compiled: Path) -> None:
    tree = staged_tree(tmp_path, documents("nl", is_hostile=True))
    story = next(page for page in tree.pages if page.uri.endswith("vijf-uur-veertig/index.md"))

    (printed,) = Renderer(tmp_path, compiled=compiled).print_pages([story], tree.config)

    assert b"<b class=" not in printed.body
    assert b"&lt;b class=&#39;x&#39;&gt;&#34;&amp; " in printed.body
    assert b"{{ 7 * 7 }}" in printed.body


def many(tree: StagedTree, count: int) -> list[StagedPage]:
    """The pages of the tree again and again, each time at another address."""
    pages = [page for page in tree.pages if not page.body and page.source]
    repeated = islice(enumerate(cycle(pages)), count)
    return [replace(page, uri=page.uri.replace("/index", f"-{i}/index")) for i, page in repeated]


ON_ALL_CORES = """
import os, pathlib, sys, threading
from hub_site.errors import PageError
from hub_site.render import Renderer
from tests.integration.press import test_render as given

threading.Thread(target=threading.Event().wait, daemon=True).start()  # as a supervised press has
home = pathlib.Path(sys.argv[1])
tree = given.staged_tree(home, given.samples.sample_hub())
pages = given.many(tree, 500)
printed = Renderer(home).put_pages(pages, tree.config, put=lambda page: (page, os.getpid()))
alone = Renderer(home)
processes = set()
for number, (page, (its, process)) in enumerate(zip(pages, printed, strict=True)):
    if number % 7 == 0:
        (again,) = alone.print_pages([page], tree.config)
        assert its == again
    processes.add(process)
assert os.getpid() not in processes and len(processes) == len(os.sched_getaffinity(0))

pages[300] = given.replace(pages[300], meta={"template": "absent.html"}, source="the bad one")
done = 0
try:
    for each in Renderer(home).print_pages(pages, tree.config):
        done += 1
except PageError as error:
    assert (done, error.source) == (300, "the bad one")
else:
    raise AssertionError("the bad page was printed")
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody is left")
"""


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="One core is never shared out.")
def test_many_pages_are_shared_out_and_come_in_order(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_ALL_CORES, str(tmp_path)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "nobody is left\n"


def test_nothing_is_shared_out_beside_a_thread_that_may_hold_something() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert not pool.submit(can_fork).result()
        assert not can_fork()
