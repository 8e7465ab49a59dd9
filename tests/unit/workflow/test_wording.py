import re

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.workflow.wording import in_plain_words, marked

words = st.text(alphabet="ab <>&'\n•é", max_size=40)


def test_only_the_words_that_changed_are_marked() -> None:
    with translation.override("nl"):
        html = marked("Kees komt om acht uur", "Kees komt om negen uur")

    assert html.startswith("Kees komt om <del>")
    assert '<span class="w-sr-only">weg: </span>acht</del>' in html
    assert '<span class="w-sr-only">erbij: </span>negen</ins> uur' in html


def test_texts_with_nothing_in_common_are_shown_whole() -> None:
    html = marked("Bus geladen, zeef vergeten", "Iedereen neemt dinsdag taart mee")

    assert html.count("<del>") == html.count("<ins>") == 1


@given(old=words, new=words)
def test_both_texts_can_be_read_back_and_nothing_else_is_markup(old: str, new: str) -> None:
    html = re.sub(r'<span class="w-sr-only">[^<]*</span>', "", str(marked(old, new)))

    def without(*, tag: str, kept: str) -> str:
        text = re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)
        text = text.replace(f"<{kept}>", "").replace(f"</{kept}>", "")
        assert "<" not in text
        for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")):
            text = text.replace(escaped, plain)
        return text

    assert without(tag="ins", kept="del") == old
    assert without(tag="del", kept="ins") == new


def test_rich_text_reads_as_lines_with_emphasis_and_addresses() -> None:
    html = (
        "<p>Om <b>zes</b> uur &amp; later</p><ul><li>bus</li><li><i>zeef</i></li></ul>"
        '<p><a href="https://example.test/">hier</a> en <a linktype="page" id="3">daar</a></p>'
    )

    with translation.override("en"):
        lines = in_plain_words(html).split("\n")

    assert lines == [
        "Om **zes** uur & later",
        "• bus",
        "• _zeef_",
        "hier (https://example.test/) en daar (page 3)",
    ]
