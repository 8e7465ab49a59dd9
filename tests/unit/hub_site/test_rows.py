"""A row that is remembered is on every page what printing it there would have given."""

from types import SimpleNamespace

import jinja2
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import Context
from mkdocs.utils import normalize_url

from hub_site.printing.inlining import inline_includes
from hub_site.printing.light import LightPage

ROWS = {
    "list.html": (
        "{% autoescape true %}{% for item in items %}{% include 'line.html' %}{% endfor %}"
        "{% with level=3, items=more %}{% for item in items %}{% include 'line.html' %}{% endfor %}"
        "{% endwith %}{{ words.end }}{% endautoescape %}"
    ),
    "line.html": (
        "{% autoescape true %}<h{{ level | default(2) }}><a href='{{ item.path | url }}'>"
        "{{ item.title }}</a>{% if item.image %}{% for each in item.image %}{{ each | url }} "
        "{% endfor %}{% endif %}{{ words.by }}{% endautoescape %}"
    ),
}


@jinja2.pass_context
def _url(context: Context, path: str) -> str:
    page = context["page"]
    return page.link(path) or normalize_url(path, page=page)


def environment() -> jinja2.Environment:
    made = jinja2.Environment(loader=jinja2.DictLoader(ROWS))  # noqa: S701 - as MkDocs sets it up
    made.filters["url"] = _url
    return made


class Lists:
    """The same list on many pages, compiled as the press does and as Jinja does."""

    def __init__(self) -> None:
        self.words = {"by": "<by>", "end": "."}
        self.plain, self.ours = environment(), environment()
        inline_includes(self.ours)

    def printed(self, url: str, **values: object) -> str:
        """What the press prints, which is what Jinja prints."""
        page = LightPage(url, {}, full=lambda: None)
        given = {"page": page, "words": self.words, "more": [], **values}
        text = self.ours.get_template("list.html").render(given)
        assert text == self.plain.get_template("list.html").render(given)
        return text


class Counted(dict[str, str]):
    """Words that know how often they were asked for."""

    asked = 0

    def __contains__(self, key: object) -> bool:
        Counted.asked += 1
        return super().__contains__(key)

    def __getitem__(self, key: str) -> str:
        Counted.asked += key == "by"
        return super().__getitem__(key)


urls = st.lists(st.sampled_from(["a", "b", "2026", "x.y"]), max_size=3).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
paths = urls | st.sampled_from(["a/assets/1.jpg", "https://x.nl/a", "#top", "../a/", "é/", "."])
line = st.fixed_dictionaries(
    {"path": paths, "title": st.text(max_size=3) | st.just("\ue001")},
    optional={"image": st.lists(paths, max_size=2)},
)


@given(
    st.lists(st.tuples(urls, st.lists(line, max_size=3), st.lists(line, max_size=2)), max_size=6)
)
def test_a_row_is_on_every_page_what_its_template_prints_there(
    pages: list[tuple[str, list[object], list[object]]],
) -> None:
    lists = Lists()

    for url, items, more in pages:
        lists.printed(url, items=items, more=more)


def test_a_row_is_printed_once_for_all_pages_that_show_it() -> None:
    lists, item = Lists(), {"path": "a/b/", "title": "T"}
    lists.words = Counted(by="by", end=".")

    for number in range(5):
        # As it is read back from disk: another object that says the same.
        text = lists.ours.get_template("list.html").render(
            page=LightPage(f"onderwerp/{number}/", {}, full=lambda: None),
            words=lists.words,
            items=[dict(item), dict(item)],
            more=[],
        )
        assert text == "<h2><a href='../../a/b/'>T</a>by" * 2 + "."

    assert Counted.asked == 1


def test_rows_follow_what_decides_them() -> None:
    lists, item = Lists(), {"path": "a/b/", "title": "T", "image": ["a/1.jpg"]}
    first = lists.printed("c/", items=[item])

    assert lists.printed("c/", items=[{**item, "title": "U"}]) != first
    assert lists.printed("c/", items=[{**item, "image": ["a/2.jpg"]}]) != first
    assert lists.printed("c/", items=[item], level=4) != first
    assert lists.printed("a/", items=[item]) != first
    lists.words = {"by": "door", "end": "."}
    assert lists.printed("c/", items=[item]) != first
    assert lists.printed("c/", items=[item, {**item, "title": True}, {**item, "title": 1}])
    assert lists.printed("c/", items=[{**item, "title": SimpleNamespace()}], more=[item])


def test_words_that_are_others_on_every_page_are_no_reason_to_remember() -> None:
    lists, item = Lists(), {"path": "a/b/", "title": "T"}

    for number in range(30):
        lists.words = {"by": str(number), "end": ""}
        assert str(number) in lists.printed("c/", items=[item])
