from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from hub_site.handkept import HandKeptError, read_page, read_pages, translation_of
from hub_site.stage import StagedPage
from tests.unit.hub_site.whole_tree import StagedTree, write_tree

GOOD = "---\ntitle: Hulp\nlanguage: nl\ndescription: Hoe en wat\norder: 2\n---\n# Hulp\n"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=20), inner),
    )
)
@settings(max_examples=40, deadline=None)
def test_front_matter_says_to_mkdocs_what_the_press_meant(value: object) -> None:
    staged = StagedPage("x/index.md", {"template": "story.html", "view": value})

    body, read = meta.get_data(staged.text)

    assert body == ""
    assert read == {"template": "story.html", "view": value}


@pytest.mark.parametrize(
    "letter",
    ["\x00", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\ufeff", "\uffff", "😀", "---\n", "\t"],
)
def test_awkward_letters_survive_the_front_matter(letter: str) -> None:
    title = f"een{letter}twee"

    assert meta.get_data(StagedPage("x/index.md", {"title": title}).text)[1] == {"title": title}


def tree(*pages: StagedPage, **files: bytes) -> StagedTree:
    return StagedTree("site_name: x\n", pages, files, {})


def test_tree_holds_exactly_what_is_staged(tmp_path: Path) -> None:
    one, two = StagedPage("a/index.md", {}), StagedPage("b/c/index.md", {})
    write_tree(tree(one, two), tmp_path)
    unchanged = (tmp_path / "docs/a/index.md").stat().st_mtime_ns

    write_tree(tree(one), tmp_path)

    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        *("docs", "docs/a", "docs/a/index.md", "mkdocs.yml"),
    ]
    assert (tmp_path / "docs/a/index.md").stat().st_mtime_ns == unchanged


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("hulp.md", "# Hulp\n", "start with front matter"),
        ("hulp.md", GOOD.replace("Hulp\nlang", "[\nlang"), "is not YAML"),
        ("hulp.md", GOOD.replace("title: Hulp\n", ""), "'title' is missing or empty"),
        ("hulp.md", GOOD.replace("nl", "fr"), "'language' should be nl or en"),
        ("hulp.md", GOOD.replace("order: 2", "order: two"), "'order' should be a whole number"),
        ("hulp.md", GOOD.replace("order", "hide: x\norder"), "'hide' is not a key"),
        (
            "hulp.md",
            GOOD.replace("order", "translation_of: help.md\norder"),
            "'translation_of' should name",
        ),
        ("Hulp!.md", GOOD, "the file name is the address"),
        ("login.md", GOOD, "the file name is the address"),
        ("index.md", GOOD, "the file name is the address"),
    ],
)
def test_faulty_hand_kept_page_names_file_key_and_remedy(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    (tmp_path / name).write_text(text)

    with pytest.raises(HandKeptError) as caught:
        read_page(tmp_path / name)
    assert str(caught.value).startswith(f"{name}: ")
    assert sentence in str(caught.value)


def test_the_hub_s_own_hand_kept_pages_are_in_order() -> None:
    kept = read_pages(Path(__file__).resolve().parents[3] / "content" / "pages")

    assert kept.errors == ()
    dutch = [page.name for page in kept.pages if page.language == "nl"]
    assert dutch == [
        *("over.md", "huisregels.md", "privacy.md", "toegankelijkheid.md", "hulp.md"),
        *("lezen.md", "meeschrijven.md", "geinterviewd-worden.md", "akkoord.md", "goedkeuren.md"),
        *("teamleiders.md", "beheer.md"),
    ]
    by_name = {page.name: page for page in kept.pages}
    assert translation_of(by_name["over.md"], kept.pages) == by_name["about.md"]
    assert translation_of(by_name["about.md"], kept.pages) == by_name["over.md"]
    assert "houdt niet bij wie wat leest" in by_name["privacy.md"].body
