"""The page about performance says what was measured, and the peers' corpus says what ours does."""

from xml.etree import ElementTree as ET

import pytest
from markdown import markdown  # type: ignore[import-untyped]  # comes without types

from tests.benchmarks import charts
from tests.benchmarks.figures import percentile
from tests.benchmarks.peers.corpus import markdown as as_markdown
from tests.benchmarks.wording import LIMIT, read_tables

DOCUMENT = "01990000-0000-7000-8000-000000000001"


def test_the_page_tells_every_figure_that_is_kept() -> None:
    figures = charts.read_figures(charts.KEPT)
    page = charts.PAGE.read_text(encoding="utf-8")

    assert charts.page_with(figures, page) == page
    assert [name for name in figures if f"| `{name}` |" not in page] == []


def test_the_charts_are_those_of_the_figures_and_are_read_aloud() -> None:
    for name, chart in charts.charts(charts.read_figures(charts.KEPT)).items():
        drawn = (charts.PICTURES / f"{name}.svg").read_text(encoding="utf-8")
        assert drawn == chart.svg()
        spoken = "".join(ET.fromstring(drawn).itertext())  # noqa: S314 - our own drawing
        assert chart.title in spoken
        assert all(bar.number in spoken for bar in chart.bars)


def test_what_a_figure_stands_beside_is_named() -> None:
    figures = charts.read_figures(charts.KEPT)
    rows = [row for table in read_tables() for row in table.rows]
    assert [row.name for row in rows if row.least != 1 and row.beside == LIMIT] == []
    for row in rows:
        assert row.name not in figures or bool(row.beside) == (figures[row.name].peer is not None)


@pytest.mark.parametrize(("percent", "expected"), [(50, 5), (95, 10), (90, 9), (1, 1), (100, 10)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, expected: int) -> None:
    assert percentile([3, 1, 2, 10, 9, 8, 7, 4, 5, 6], percent) == expected


def test_rich_text_for_the_peers_says_what_ours_says() -> None:
    ours = (
        "<p>Een *ster*, een <b>vet</b> woord en [haken].<br>Nieuwe regel.</p>"
        '<ol><li>Eerst <a href="document:' + DOCUMENT + '">dit</a></li><li>Dan <i>dat</i></li></ol>'
    )
    held = {DOCUMENT: {"path": "goed-geregeld/dit/"}}

    theirs = markdown(as_markdown(ours, held))

    expected = (
        "<p>Een *ster*, een <strong>vet</strong> woord en [haken].<br>Nieuwe regel.</p>"
        '<ol><li>Eerst <a href="/goed-geregeld/dit/">dit</a></li><li>Dan <em>dat</em></li></ol>'
    )
    assert theirs.replace("\n", "").replace("<br />", "<br>") == expected
