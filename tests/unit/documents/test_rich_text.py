"""Whatever an editor pasted, a document carries only the contract's markup."""

import re
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.documents.rich_text import contract_html, linked_pages

ID = UUID("0192f4a0-0000-7000-8000-000000000000")
ALLOWED = re.compile(
    r"</?(?:p|br|b|strong|i|em|ul|ol|li)>|<a href=\"(document|https?|mailto|tel):[^\"<>]*\">|</a>"
)
FRAGMENTS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br/>", "<ul>", "<li>", "</ul>", "<h2>", "<script>"),
        *('<a href="', '">', "</a>", "javascript:", "https://a.example/", "//evil.example", "&lt;"),
        *(
            '<a linktype="page" id="3">',
            '<a linktype="page" id="9">',
            '<a linktype="document" id="1">',
        ),
        *('<img src=x onerror="x">', "<!--", "-->", "<style>", '<a href="data:text/html,x">'),
        *("tekst", "&amp;", "\x00", '"', "'", "<", ">"),
    ]
)


@example(["<li>", "<h2>", "<li>"])
@given(st.lists(FRAGMENTS | st.text(max_size=5), max_size=12))
def test_nothing_but_the_contracts_markup_comes_out(parts: list[str]) -> None:
    clean = contract_html("".join(parts), {3: ID})

    assert "<" not in ALLOWED.sub("", clean)
    assert contract_html(clean, {}) == clean


@pytest.mark.parametrize(
    ("stored", "carried"),
    [
        ('<p data-block-key="x">A</p>', "<p>A</p>"),
        ('<a linktype="page" id="3">A</a>', f'<a href="document:{ID}">A</a>'),
        ('<p><a id="3" linktype="page">A</a></p>', f'<p><a href="document:{ID}">A</a></p>'),
        ('<p>B <a linktype="page" id="4">A</a></p>', "<p>B A</p>"),
        ('<p><a linktype="document" id="3">A</a></p>', "<p>A</p>"),
        ('<p><a href="https://a.example/?b=1&amp;c=2">A</a></p>',) * 2,
        ('<p><a href="mailto:ad@a.example">A</a></p>',) * 2,
        ('<p><a href="//evil.example">A</a></p>', "<p>A</p>"),
        ('<p><a href="/newsroom/">A</a></p>', "<p>A</p>"),
        ('<p><a href="#kop">A</a></p>', "<p>A</p>"),
        ('<p><a href="javascript:alert(1)">A</a></p>', "<p>A</p>"),
        ('<p><a href=" JavaScript:alert(1)">A</a></p>', "<p>A</p>"),
        ("<p><a>A</a></p>", "<p>A</p>"),
        ("<h2>A</h2>", "A"),
        ("<p>A<script>alert(1)</script></p>", "<p>A</p>"),
        ("<p></p><p>A</p><p> </p>", "<p>A</p>"),
        ("<p>3 < 4 & 5</p>", "<p>3 &lt; 4 &amp; 5</p>"),
        ("", ""),
        (None, ""),
    ],
)
def test_rich_text_becomes_markup_of_the_contract(stored: str | None, carried: str) -> None:
    assert contract_html(stored, {3: ID}) == carried


def test_links_to_pages_are_found() -> None:
    html = '<a linktype="page" id="3">A</a><a id="7" linktype="page">B</a>'
    html += '<a linktype="document" id="9">C</a>'

    assert linked_pages(html) == {3, 7}
    assert linked_pages(None) == set()
