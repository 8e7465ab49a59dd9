import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_site.pages.titles import (
    SOFT_HYPHEN,
    anchor_of,
    initials_of,
    names_in_a_row,
    with_soft_hyphens,
)


def test_long_words_may_break_and_short_ones_stay() -> None:
    title = with_soft_hyphens("De arbeidsongeschiktheidsverzekering van Jan", "nl")

    assert title.startswith("De ar")
    assert SOFT_HYPHEN in title
    assert title.endswith("van Jan")
    assert with_soft_hyphens("zestien letters.", "nl") == "zestien letters."


@given(st.text(), st.sampled_from(["nl", "en"]))
def test_soft_hyphens_change_nothing_else(text: str, language: str) -> None:
    broken = with_soft_hyphens(text, "nl" if language == "nl" else "en")

    assert broken.replace(SOFT_HYPHEN, "") == text.replace(SOFT_HYPHEN, "")


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Magda Kowalczyk", "MK"), ("Hennie te Velde", "HV"), ("Truus", "T"), ("jan", "J"), ("", "")],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_names_stand_in_a_row() -> None:
    assert names_in_a_row([], conjunction="en") == ""
    assert names_in_a_row(["A"], conjunction="en") == "A"
    assert names_in_a_row(["A", "B", "C"], conjunction="en") == "A, B en C"


def test_anchors_are_plain_and_differ() -> None:
    taken: set[str] = set()

    assert anchor_of("Financiën & Inkoop", taken) == "financien-inkoop"
    assert anchor_of("Financiën & Inkoop", taken) == "financien-inkoop-2"
    assert anchor_of("???", taken) == "deel"
