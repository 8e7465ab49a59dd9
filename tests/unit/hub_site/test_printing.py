"""What makes printing quick may not change a letter of what is printed."""

import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import Context
from mkdocs.utils import normalize_url

from hub_site.printing.compiled import CompiledTemplates
from hub_site.printing.frames import Frames
from hub_site.printing.inlining import inline_includes
from hub_site.printing.light import LightPage
from hub_site.printing.theme_files import names

PARTIALS = {
    "plain.html": "<b>{{ text }}</b>",
    "escaping.html": "{% autoescape true %}<i>{{ text }}</i>{% endautoescape %}",
    "setting.html": "{% set text = 'inside' %}{{ text }}",
    "outer.html": "{% include 'escaping.html' %}{% include 'plain.html' %}",
    "row.html": "{% for x in rows %}{{ loop.index }}{{ x.path }}{% endfor %}{{ y is defined }}",
    "mirror.html": "{% if depth %}{% with depth=depth - 1 %}{% include 'mirror.html' %}"
    "{% endwith %}{% endif %}<",
    "faulty.html": "{% if %}",
    "drawing.html": "{% for x in range(number) %}{{ x }}{{ text }}{% endfor %}",
    "blocks/one.html": "[1 {{ text }}]",
    "blocks/two.html": "{% autoescape true %}[2 {{ text }}]{% endautoescape %}",
    "said.html": "{% set word = '<said>' %}{% macro say(x) %}{{ x }}{{ word }}{% endmacro %}",
}
VALUES: dict[str, object] = {
    "text": "a < b & 'c'",
    "number": 7,
    "nothing": None,
    "marked": "<u>safe</u>",
    "rows": [{"path": "p/", "items": "own", "title": "<t>"}, {"path": "q/", "keys": 3}],
    "kinds": ["one", "two", "unknown", "two"],
    "depth": 3,
    "item": {"title": "T", "rubric": {"colour": "teal"}, "none": None},
    "thing": SimpleNamespace(title="of an object", rubric=None),
}
SOURCES = [
    "{% include 'plain.html' %}{% include 'escaping.html' %}",
    "{% autoescape true %}{{ text }}{% include 'plain.html' %}{{ text }}{% endautoescape %}",
    "{% autoescape true %}{% include 'outer.html' %}{{ text }}{% endautoescape %}{{ text }}",
    "{% include 'setting.html' %}{{ text }}",
    (
        "{% for number in [3, true, 1, 3] %}{% autoescape true %}{% include 'drawing.html' %}"
        "{% with text=marked | safe %}{% include 'drawing.html' %}{% endwith %}{% endautoescape %}"
        "{% with text=text | escape %}{% include 'drawing.html' %}{% endwith %}{% endfor %}"
    ),
    "{% with text='<w>' %}{% include 'outer.html' %}{% endwith %}{{ text }}",
    (
        "{% for row in rows %}{% with text=row.title %}{% include 'plain.html' %}{% endwith %}"
        "{{ loop.index }}{% include 'row.html' %}{% endfor %}"
    ),
    "{% include 'mirror.html' %}",
    "{% if nothing %}{% include 'faulty.html' %}{% include 'absent.html' %}{% endif %}ok",
    "{% include 'absent.html' ignore missing %}{% include 'plain.html' without context %}",
    (
        "{% for kind in kinds if kind != 'unknown' %}"
        "{% include 'blocks/' ~ kind ~ '.html' %}{% endfor %}"
    ),
    (
        "{% autoescape true %}{{ text if number else 'no' }}{{ '<x>' if nothing }}"
        "{{ '<1>' if nothing else '<2>' if number else text }}{{ marked | safe }}"
        "{% endautoescape %}"
    ),
    "{{ text if number }}{{ '<x>' if nothing }}",
    (
        "{{ item.title }}{{ item.rubric.colour }}{{ item.absent }}{{ item.none }}"
        "{{ thing.title }}{{ thing.absent }}{{ item['title'] }}{{ (item.rubric or thing).colour }}"
    ),
    (
        "{% for row in rows %}{% if row.items is string %}{{ row.items }}{% endif %}"
        "{{ row['items'] }}{{ row.get('path') }}{% for key in row.keys() %}{{ key }}{% endfor %}"
        "{% endfor %}"
    ),
    (
        "{% autoescape true %}{{ number }}{{ -3 }}{{ 1.5 }}{{ true }}{{ nothing }}{{ absent }}"
        "{{ rows | length }}{{ ['<', 'b'] | join(', ') }}{{ text | replace('<', text) }}"
        "{{ text ~ marked }}{% endautoescape %}"
    ),
    (
        "{% from 'said.html' import say %}{{ say(text) }}"
        "{% autoescape true %}{{ say(text) }}{{ say(marked | safe) }}{% endautoescape %}"
    ),
    (
        "{% autoescape true %}{% macro own(x) %}{{ x }}"
        "{% autoescape true %}{{ x }}{% endautoescape %}"
        "{% include 'plain.html' %}{{ caller() }}{% endmacro %}"
        "{% call own(text) %}{{ text }}{% endcall %}{% endautoescape %}"
    ),
    (
        "{% set kept %}{% autoescape true %}{{ text }}{% endautoescape %}{% endset %}{{ kept }}"
        "{% filter upper %}{% autoescape true %}{{ text }}{% include 'plain.html' %}"
        "{% endautoescape %}{% endfilter %}"
    ),
    (
        "{% set ns = namespace(n=1) %}{% for x in rows %}{% set ns.n = ns.n * 3 %}{% endfor %}"
        "{{ ns.n }}{% autoescape number == 7 %}{{ text }}{% include 'escaping.html' %}"
        "{% endautoescape %}"
    ),
]


def environment(templates: dict[str, str], folder: Path | None = None) -> jinja2.Environment:
    if folder is not None:
        for name, source in templates.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(source, encoding="utf-8")
        loader: jinja2.BaseLoader = jinja2.FileSystemLoader(folder)
    else:
        loader = jinja2.DictLoader(templates)
    return jinja2.Environment(loader=loader)  # noqa: S701 - as MkDocs sets it up


@pytest.mark.parametrize("source", SOURCES)
def test_a_compiled_template_prints_what_jinja_prints(source: str, tmp_path: Path) -> None:
    templates = {**PARTIALS, "page.html": source}
    plain, ours = environment(templates, tmp_path), environment(templates, tmp_path)
    inline_includes(ours)

    expected = plain.get_template("page.html").render(VALUES)
    assert ours.get_template("page.html").render(VALUES) == expected


def test_what_is_included_is_no_longer_looked_up(tmp_path: Path) -> None:
    source = "{% include 'outer.html' %}{% include 'blocks/' ~ kinds[1] ~ '.html' %}"
    ours = environment({**PARTIALS, "page.html": source}, tmp_path)
    inline_includes(ours)
    page = ours.get_template("page.html")
    expected = page.render(VALUES)

    for file in [*tmp_path.glob("[!p]*.html"), *tmp_path.glob("blocks/*")]:
        file.unlink()

    assert expected.startswith("<i>")
    assert page.render(VALUES) == expected


def test_a_drawing_is_made_once_for_the_values_that_decide_it() -> None:
    source = "{% for text in texts %}{% include 'drawing.html' %};{% endfor %}"
    ours = environment({**PARTIALS, "page.html": source})
    inline_includes(ours)
    made: list[int] = []

    def counted(count: int) -> range:
        made.append(count)
        return range(count)

    ours.globals["range"] = counted
    page = ours.get_template("page.html")

    assert page.render(texts="aba", number=2) == "0a1a;0b1b;0a1a;"
    assert page.render(texts="ab", number=1) == "0a;0b;"
    assert made == [2, 2, 1, 1]


@pytest.mark.parametrize("name", ["faulty.html", "absent.html"])
def test_a_faulty_partial_says_so_where_it_is_reached(name: str, tmp_path: Path) -> None:
    ours = environment({**PARTIALS, "page.html": f"{{% include '{name}' %}}"}, tmp_path)
    inline_includes(ours)

    with pytest.raises(jinja2.TemplateError, match=r"absent|Expected"):
        ours.get_template("page.html").render(VALUES)


urls = st.lists(st.sampled_from(["a", "b", "over", "2026", "x.y"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
paths = st.one_of(
    urls,
    urls.map(lambda url: f"{url}assets/hub.css"),
    urls.map(lambda url: url.removesuffix("/")),
    st.sampled_from(["https://x.nl/a", "/preview/image/1?token=x", "#top", "../a/", "a//b/", "."]),
    st.text(max_size=12),
)


@given(urls | st.just("caf%C3%A9/") | st.just("a/b.html"), paths)
def test_a_way_is_the_one_that_mkdocs_would_write(url: str, path: str) -> None:
    way = LightPage(url, {}, full=lambda: None).link(path)

    if way is not None:
        assert way == normalize_url(path, page=SimpleNamespace(url=url))  # type: ignore[arg-type]


def test_plain_ways_do_not_take_mkdocs() -> None:
    page = LightPage("dagje-mee/zes-uur/", {}, full=lambda: None)

    assert page.link("assets/hub.css") == "../../assets/hub.css"
    assert page.link("dagje-mee/vijf-uur/") == "../vijf-uur/"
    assert page.link("dagje-mee/zes-uur/") == "./"


def test_a_page_becomes_mkdocs_own_only_when_more_is_asked_of_it() -> None:
    made: list[object] = []

    def full() -> object:
        made.append(1)
        return SimpleNamespace(toc=["x"], is_homepage=False)

    page = LightPage("a/", {"title": "T"}, full=full)

    assert (page.url, page.meta["title"]) == ("a/", "T")
    assert made == []
    assert (page.toc, page.is_homepage) == (["x"], False)
    assert made == [1]
    assert not hasattr(page, "absent")


BASE = """{% set meta = page.meta %}{% set view = meta.view or {} %}<html>
{% block head %}<title>{{ meta.title }}</title>{% endblock %}
{% block shared %}{{ shared() }}{% for tab in tabs %}<a href="{{ tab | url }}"
{% if tab == page.url %} current{% endif %}{% if tab == meta.tab %} tab{% endif %}>{% endfor %}
{% endblock %}
{% block outer %}<main>{% block content %}{% endblock %}</main>{% endblock %}
{% block place %}{{ page.url }}{% endblock %}
{% block quoted %}{{ page.url | urlencode }}{% endblock %}
{% for tab in tabs %}{% block each scoped %}{{ tab }}{% endblock %}{% endfor %}
{% if view %}{% block viewed %}{{ view.text }}{% endblock %}{% endif %}
{% block asked %}{% if page.is_homepage is defined %}home{% endif %}{{ meta | length }}
{% endblock %}</html>"""
CHILD = """{% extends "base.html" %}{% block content %}{{ view.text }}{% endblock %}
{% block shared %}[{{ super() }}]{% endblock %}"""
TABS = ["", "a/", "a/b/", "over/", "assets/hub.css"]


class Theme:
    """A theme of two templates, that counts how often the shared block is printed."""

    def __init__(self) -> None:
        self.printed = 0
        self.environment = environment({"base.html": BASE, "page.html": CHILD})
        self.environment.filters["url"] = _url
        self.template = self.environment.get_template("page.html")
        self.variables: dict[str, object] = {"tabs": TABS, "shared": self._shared}

    def _shared(self) -> str:
        self.printed += 1
        return "shared"

    def page(self, url: str, text: str, *, tab: str | None = "a/") -> LightPage:
        view = {"text": text} if text else {}
        meta = {"template": "page.html", "tab": tab, "title": f"{text}!", "view": view}
        return LightPage(url, meta, full=lambda: SimpleNamespace(is_homepage=url == ""))

    def plainly(self, page: LightPage) -> str:
        return self.template.render(self.variables, page=page)


@jinja2.pass_context
def _url(context: Context, path: str) -> str:
    page = context["page"]
    page.link(path)
    return normalize_url(path, page=page)


def frames_of(theme: Theme) -> Callable[[LightPage], str]:
    frames = Frames(lambda _url: theme.variables)
    return lambda page: frames.of(theme.template, page).print(theme.template, page)


@given(st.lists(st.tuples(urls, st.text(max_size=3), st.sampled_from([None, "a/", "x"]))))
def test_framed_pages_are_what_their_template_prints(
    pages: list[tuple[str, str, str | None]],
) -> None:
    theme = Theme()
    framed = frames_of(theme)

    for url, text, tab in pages:
        page = theme.page(url, text, tab=tab)
        assert framed(page) == theme.plainly(page)


def test_what_pages_share_is_printed_once_for_all_of_a_place() -> None:
    theme = Theme()
    framed = frames_of(theme)

    printed = [framed(theme.page(f"a/stuk-{number}/", str(number))) for number in range(50)]
    spent = theme.printed

    assert len(set(printed)) == 50
    assert 0 < spent <= 3


def test_a_page_that_fails_says_so_itself() -> None:
    theme = Theme()
    frames = Frames(lambda _url: {"tabs": None})

    page = theme.page("a/x/", "text")
    frame = frames.of(theme.template, page)

    with pytest.raises(jinja2.UndefinedError):
        frame.print(theme.template, page)


def compiling(theme: Path, kept: Path) -> jinja2.Environment:
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(theme))  # noqa: S701
    inline_includes(made)
    made.bytecode_cache = CompiledTemplates(kept, theme_dirs=[str(theme)])
    return made


def test_a_changed_partial_is_never_printed_from_what_was_compiled(tmp_path: Path) -> None:
    theme, kept = tmp_path / "theme", tmp_path / "kept"
    theme.mkdir()
    (theme / "page.html").write_text("{% include 'part.html' %}")
    (theme / "part.html").write_text("old")
    assert compiling(theme, kept).get_template("page.html").render() == "old"
    files = {file: file.stat().st_mtime_ns for file in kept.iterdir()}

    assert compiling(theme, kept).get_template("page.html").render() == "old"
    assert files == {file: file.stat().st_mtime_ns for file in kept.iterdir()}
    (theme / "part.html").write_text("new")
    assert compiling(theme, kept).get_template("page.html").render() == "new"


CHANGED_PARTIALS = {
    "{% include 'a/part.html' %}": ["a/part.html"],
    "{% include 'a/outer.html' %}": ["a/part.html", "a/outer.html"],
    "{%- include 'a/' ~ which ~ '.html' -%}": ["a/part.html", "a/outer.html"],
    "{% include 'a/' 'part.html' %}": ["a/part.html"],
    "{% include 'a\\x2fpart.html' %}": ["a/part.html"],
    "{% include 'a/late.html' ignore missing %}": ["a/late.html"],
    "{% for one in [1] %}{% include\n'a/part.html'\n%}{% endfor %}": ["a/part.html"],
}


@pytest.mark.parametrize("source", CHANGED_PARTIALS)
def test_whatever_comes_to_stand_in_a_template_makes_it_anew(tmp_path: Path, source: str) -> None:
    theme, kept = tmp_path / "theme", tmp_path / "kept"
    (theme / "a").mkdir(parents=True)
    (theme / "a/part.html").write_text("old")
    (theme / "a/outer.html").write_text("{% include 'a/part.html' %}")
    (theme / "page.html").write_text(source)
    compiling(theme, kept).get_template("page.html").render(which="part")

    for number, name in enumerate(CHANGED_PARTIALS[source]):
        (theme / name).write_text(f"new {number}")
        printed = compiling(theme, kept).get_template("page.html").render(which=Path(name).stem)
        assert printed == f"new {number}"


def test_a_template_is_kept_while_others_change(tmp_path: Path) -> None:
    theme, kept = tmp_path / "theme", tmp_path / "kept"
    theme.mkdir()
    (theme / "base.html").write_text("{% block own %}{% endblock %}")
    (theme / "page.html").write_text(
        "{% extends 'base.html' %}{% block own %}{% include 'part.html' %}{% endblock %}"
    )
    (theme / "part.html").write_text("part")
    (theme / "other.html").write_text("{% include 'another.html' %}")
    assert compiling(theme, kept).get_template("page.html").render() == "part"
    files = {file: file.stat().st_mtime_ns for file in kept.iterdir()}

    (theme / "another.html").write_text("not in this one")
    (theme / "base.html").write_text("<p>{% block own %}{% endblock %}")

    assert compiling(theme, kept).get_template("page.html").render() == "<p>part"
    again = {file: file.stat().st_mtime_ns for file in kept.iterdir()}
    assert sum(files[file] == again[file] for file in files) == 1


def test_templates_that_cannot_be_kept_are_printed_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    theme, kept = tmp_path / "theme", tmp_path / "kept"
    theme.mkdir()
    (theme / "page.html").write_text("printed")
    kept.write_text("a file where a folder should be")

    with caplog.at_level(logging.WARNING):
        assert compiling(theme, kept).get_template("page.html").render() == "printed"
    assert "can't be kept" in caplog.text


def test_hidden_files_are_no_part_of_a_theme(tmp_path: Path) -> None:
    for name in ("a.css", "css/b.css", ".icons/c.svg", "css/.d.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    assert names([str(tmp_path), str(tmp_path / "css")]) == ["a.css", "b.css", "css/b.css"]
