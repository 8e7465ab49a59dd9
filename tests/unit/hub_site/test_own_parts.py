"""What decides a page's own part, found by reading templates: never too little."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest

from hub_site.printing.own import OwnParts

HUB = {"name": "De Zandbak", "tabs": ["a"], "language": "nl"}
THEME = {
    "base.html": (
        "{%- set hub = config.extra.hub -%}{%- set meta = page.meta -%}"
        "{%- from 'words/' ~ hub.language ~ '.html' import words -%}"
        "<html><title>{{ hub.name }}</title>{% block header %}{% endblock %}"
        "{% block container %} <main>{% block content %}{% endblock %}</main>\n{% endblock %}"
    ),
    "main.html": (
        "{% extends 'base.html' %}{% block header %}{% include 'header.html' %}{% endblock %}"
    ),
    "story.html": (
        "{% extends 'main.html' %}"
        "{% block content %}{% include 'head.html' %}{{ words.by }}{{ meta.title }}"
        "{% for block in meta.blocks %}{% include 'blocks/' ~ block ~ '.html' %}{% endfor %}"
        "{% endblock %}"
    ),
    "header.html": "{% for tab in hub.tabs %}{{ tab }}{% endfor %}",
    "head.html": "<h1>{% include 'mark.html' %}{{ hub.language }}</h1>",
    "mark.html": "*",
    "blocks/text.html": "<p>text</p>",
    "blocks/quote.html": "<q>quote</q>",
    "words/nl.html": "{% set words = {'by': 'door'} %}",
    "words/en.html": "{% set words = {'by': 'by'} %}",
}


def key_of(
    theme: Mapping[str, str], folder: Path, *, hub: Mapping[str, Any] = HUB, of: str = "story.html"
) -> str | None:
    for name, source in theme.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder))  # noqa: S701
    parts = OwnParts(environment, hub=hub, config=json.dumps(hub), theme_dirs=[str(folder)])
    return parts.key(of)


def changed(name: str, before: str, after: str) -> dict[str, str]:
    assert before in THEME[name]
    return THEME | {name: THEME[name].replace(before, after)}


@pytest.mark.parametrize(
    "theme",
    [
        changed("base.html", "<html>", "<html lang='nl'>"),
        changed("base.html", "hub.name", "hub.organisation"),
        changed("main.html", "{% include 'header.html' %}", "menu"),
        changed("header.html", "{{ tab }}", "<b>{{ tab }}</b>"),
        THEME | {"more.html": "nobody includes it"},
    ],
)
def test_what_stands_around_it_decides_nothing(theme: Mapping[str, str], tmp_path: Path) -> None:
    before = key_of(THEME, tmp_path / "before")

    assert before is not None
    assert key_of(theme, tmp_path / "after") == before


@pytest.mark.parametrize(
    "theme",
    [
        changed("base.html", "meta = page.meta", "meta = page.meta.view"),
        changed("base.html", "<main>", "<main id='main'>"),
        changed("base.html", "config.extra.hub -%}", "config.extra.other -%}"),
        changed("story.html", "{{ meta.title }}", "{{ meta.title | upper }}"),
        changed("head.html", "<h1>", "<h1 class='large'>"),
        changed("mark.html", "*", "+"),
        changed("blocks/quote.html", "quote", "said"),
        changed("words/en.html", "'by'}", "'from'}"),
        THEME | {"blocks/film.html": "<video>"},
        changed("main.html", "{% block header %}", "{% set x = 1 %}{% block header %}"),
        THEME | {"main.html": THEME["main.html"] + "{% block content %}early{% endblock %}"},
    ],
)
def test_what_may_stand_in_it_decides_it(theme: Mapping[str, str], tmp_path: Path) -> None:
    before = key_of(THEME, tmp_path / "before")

    assert before is not None
    assert key_of(theme, tmp_path / "after") != before


@pytest.mark.parametrize(
    ("hub", "is_same"),
    [
        ({**HUB, "name": "De Bron"}, True),
        ({**HUB, "tabs": []}, True),
        ({**HUB, "language": "en"}, False),
    ],
)
def test_of_the_hub_only_what_is_read_there(
    hub: Mapping[str, Any], is_same: bool, tmp_path: Path
) -> None:
    assert (key_of(THEME, tmp_path, hub=hub) == key_of(THEME, tmp_path)) is is_same


@pytest.mark.parametrize(
    "given_away",
    ["{{ hub | tojson }}", "{% set all = hub %}", "{{ config.site_name }}", "{{ hub['name'] }}"],
)
def test_who_is_given_the_whole_hub_may_read_anything(given_away: str, tmp_path: Path) -> None:
    theme = changed("story.html", "{{ meta.title }}", given_away)
    before = key_of(theme, tmp_path)

    assert before is not None
    assert key_of(theme, tmp_path, hub={**HUB, "tabs": []}) != before


@pytest.mark.parametrize(
    "theme",
    [
        changed("story.html", "{{ meta.title }}", "{{ self.header() }}"),
        changed("story.html", "{{ meta.title }}", "{{ nav }}"),
        changed("story.html", "{{ meta.title }}", "{% include meta.partial %}"),
        changed("story.html", "{{ meta.title }}", "{% include 'lost.html' %}"),
        changed("story.html", "'main.html'", "meta.parent"),
        changed("head.html", "<h1>", "{% extends 'base.html' %}"),
        changed("base.html", "<main>", "menu <main>"),
        changed("base.html", "</main>", "</main> more"),
        THEME | {"main.html": THEME["main.html"] + "{% block container %}{% endblock %}"},
        THEME | {"story.html": "a page without a base"},
    ],
)
def test_what_cannot_be_told_is_not_told(theme: Mapping[str, str], tmp_path: Path) -> None:
    assert key_of(theme, tmp_path) is None
