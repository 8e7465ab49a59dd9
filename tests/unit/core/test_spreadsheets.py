import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.core.spreadsheets import STARTS_FORMULA, lines, safe


@settings(max_examples=40)
@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_no_cell_begins_like_a_formula_and_none_is_lost(rows: list[list[str]]) -> None:
    text = "".join(lines(["Kop", "Twee"], rows)).removeprefix("\ufeff")

    read = list(csv.reader(io.StringIO(text, newline="")))

    assert read[1:] == [[safe(cell) for cell in row] for row in rows]
    for row, written in zip(rows, read[1:], strict=True):
        for cell, kept in zip(row, written, strict=True):
            assert kept.lstrip(" \u00a0")[:1] not in STARTS_FORMULA or not kept.strip(" \u00a0")
            assert kept.removeprefix("'") == cell.removeprefix("'") or kept == f"'{cell}"


def test_the_known_tricks_stay_text() -> None:
    for trick in ("=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "  =1", "=HYPERLINK(1)", "|calc"):
        assert safe(trick) == f"'{trick}"
    assert safe("Ria zegt: = is gelijk") == "Ria zegt: = is gelijk"
