"""A new look prints around what pages have of their own, and no byte otherwise than all anew."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from hub_site.printing.own import Before
from hub_site.releases import Releases
from hub_site.render import Renderer
from hub_site.settings import PressSettings
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.test_incremental import (
    assert_as_from_nothing,
    print_changes,
    release_of,
)
from tests.integration.press.test_render import THEME, staged_tree
from tests.unit.hub_site import samples

TAG = re.compile(r"<(?=[a-z])[a-z0-9]+\b")
EVERY_STEP = bool(os.environ.get("PLEIN_EVERY_STEP"))
"""Each of a hundred files takes seconds: `make torture` changes them all."""
AROUND = ["base.html"]
WITHIN = ["partials/story-head.html"]


def of_its_own(press: PressSettings, path: str) -> str:
    """What the small theme below prints by chance, so another text each time it is asked."""
    found = re.search(rb"<i>(\d+)</i>", release_of(press)[path])
    assert found
    return found[1].decode()


@pytest.fixture
def chance(press: PressSettings) -> PressSettings:
    """A theme whose stories each have a number that nothing decides."""
    story = press.theme_dir / "story.html"
    story.write_text(
        '{% extends "main.html" %}{% block content %}<h1>{{ page.meta.title | e }}</h1>'
        "<i>{{ range(10**12) | random }}</i>{% endblock %}"
    )
    return press


def change_shell(press: PressSettings, before: str, after: str) -> None:
    shell = press.theme_dir / "main.html"
    assert before in shell.read_text()
    shell.write_text(shell.read_text().replace(before, after))


def printed_first(press: PressSettings) -> tuple[str, str]:
    """Print the hub; give the path of a story, and what is in it by chance."""
    print_changes(press)
    story = next(path for path, body in release_of(press).items() if b"<i>" in body)
    return story, of_its_own(press, story)


def print_another_look(press: PressSettings, *, of: str) -> None:
    change_shell(press, "<title>", "<meta name='look'><title>")
    print_changes(press)
    assert b"<meta name='look'>" in release_of(press)[of]


def test_what_is_a_page_s_own_is_kept_when_the_look_around_it_is_another(
    chance: PressSettings,
) -> None:
    story, own = printed_first(chance)

    print_another_look(chance, of=story)

    assert of_its_own(chance, story) == own


def test_it_is_made_anew_when_its_template_is_another(chance: PressSettings) -> None:
    story, own = printed_first(chance)

    template = chance.theme_dir / "story.html"
    template.write_text(template.read_text().replace("<h1>", "<h1 class='new'>"))
    print_changes(chance)

    assert b"class='new'" in release_of(chance)[story]
    assert of_its_own(chance, story) != own


@pytest.mark.parametrize("mark", ["code", "configuration"])
def test_it_is_made_anew_by_another_press_or_another_mkdocs(
    chance: PressSettings, mark: str
) -> None:
    story, own = printed_first(chance)

    with closing(sqlite3.connect(chance.documents_file)) as database, database:
        database.execute("UPDATE mark SET value = 'another' WHERE name = ?", (mark,))
    print_changes(chance)

    assert of_its_own(chance, story) != own


@pytest.mark.parametrize("body", [None, b"<main><i>1</i></main>"], ids=["lost", "torn"])
def test_it_is_made_anew_where_the_page_is_not_what_it_was(
    chance: PressSettings, body: bytes | None
) -> None:
    story, own = printed_first(chance)
    releases = Releases(chance.releases_dir, keep=3)
    releases.blobs.recover()
    releases.blobs.settle()  # else it would be mended from the journal
    file = releases.blobs.file(releases.live_files()[story])
    file.unlink() if body is None else file.write_bytes(body)

    print_another_look(chance, of=story)

    assert of_its_own(chance, story) not in {own, "1"}


@pytest.mark.parametrize(("around", "place"), [("<main>", "</html>"), ("</main>", "<html")])
def test_it_is_made_anew_where_more_looks_like_it(
    chance: PressSettings, around: str, place: str
) -> None:
    change_shell(chance, place, around + place)
    story, own = printed_first(chance)

    print_another_look(chance, of=story)

    assert of_its_own(chance, story) != own


def test_another_menu_another_name_and_another_frame_are_as_from_nothing(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    print_changes(press)
    hub = next(each for each in samples.sample_hub(0) if each["kind"] == "hub")

    newsroom.publish(samples.rubrics()[2] | {"title": "Een andere naam"})
    print_changes(press)
    newsroom.publish(hub | {"title": "De Bron"})
    print_changes(press)
    change_shell(press, "<main>", "<main class='wide'>")
    print_changes(press)
    change_shell(press, "</html>", "<footer>voet</footer></html>")
    print_changes(press)

    assert_as_from_nothing(press)


def test_whatever_changes_in_the_theme_no_byte_is_an_old_one(tmp_path: Path) -> None:
    theme = shutil.copytree(THEME, tmp_path / "theme")
    tree = staged_tree(tmp_path / "home", samples.sample_hub(), theme=theme)
    of_each_template = {page.meta["template"]: page for page in tree.pages if not page.body}
    shown = of_each_template if EVERY_STEP else ("story.html", "home.html", "month.html")
    pages = [of_each_template[template] for template in shown]

    def renderer(folder: str) -> Renderer:
        return Renderer(tmp_path / folder, compiled=tmp_path / "compiled")

    old = renderer("old")
    keys = old.own_keys(tree.config)
    printed = [each.body for each in old.print_pages(pages, tree.config)]
    all_names = sorted(file.relative_to(theme).as_posix() for file in theme.rglob("*.html"))
    for name in all_names if EVERY_STEP else AROUND + WITHIN:
        source = (theme / name).read_text()
        other = TAG.sub(lambda tag: f'{tag[0]} data-changed="yes"', source, count=1)
        (theme / name).write_text(other)

        new = renderer("new")
        unchanged = {of for of, key in new.own_keys(tree.config).items() if key == keys.get(of)}
        before = Before(unchanged, printed.__getitem__)
        put = partial(new.put_pages, pages, tree.config, before=before)
        ours = dict(put(put=lambda page: (page.path, page.body)))

        whole = {each.path: each.body for each in renderer("new").print_pages(pages, tree.config)}
        assert [path for path, body in whole.items() if ours[path] != body] == [], name
        if name in AROUND + WITHIN:
            assert any(b"data-changed" in body for body in ours.values())
            assert ("story.html" in unchanged) is (name in AROUND)
        (theme / name).write_text(source)


def test_most_templates_stay_when_the_frame_is_another(tmp_path: Path) -> None:
    tree = staged_tree(tmp_path / "home", samples.sample_hub(0))
    renderer = Renderer(tmp_path / "ours")

    keys = renderer.own_keys(tree.config)

    assert {"story.html", "person.html", "rubric.html", "month.html", "home.html"} <= keys.keys()
    renamed = renderer.own_keys(tree.config.replace("De Zandbak", "De Bron"))
    assert sum(renamed.get(name) == key for name, key in keys.items()) > len(keys) / 2
