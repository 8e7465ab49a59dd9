"""Words that mean the same: one line for each meaning."""

import pytest
from django.core.exceptions import ValidationError

from cms.stories.synonyms import MOST_LINES, refuse_odd_synonyms, synonyms_in


def test_lines_become_groups() -> None:
    text = "fiets, rijwiel ,tweewieler\n\n  OR, ondernemingsraad,OR\n"

    refuse_odd_synonyms(text)

    assert synonyms_in(text) == [["fiets", "rijwiel", "tweewieler"], ["OR", "ondernemingsraad"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fiets, rijwiel\nboterham", "2"),
        ("fiets,", "1"),
        ("a, " + "b" * 61, "1"),
        ("a, b\n" * (MOST_LINES + 1), str(MOST_LINES)),
    ],
)
def test_a_line_that_can_t_be_used_is_named(text: str, line: str) -> None:
    with pytest.raises(ValidationError, match=line):
        refuse_odd_synonyms(text)


def test_a_word_alone_puts_nothing_beside_each_other() -> None:
    assert synonyms_in("boterham\n,\n") == []
