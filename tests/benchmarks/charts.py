"""`python -m tests.benchmarks.charts`: the page about performance, from the figures kept with it.

Draws the charts and writes the tables into the page; all else on it is written by hand.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.drawing import Bar, Chart
from tests.benchmarks.figures import Figure
from tests.benchmarks.wording import LIMIT, Row, Table, read_tables

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("bench.json")
PAGE = ROOT / "content" / "developers" / "performance.md"
PICTURES = PAGE.parent / "pictures"
BEGIN, END = "<!-- figures: written by `make charts` -->", "<!-- end of figures -->"
PHASES = {
    "start": ("ours-4", "start"),
    "make": ("ours-3", "make"),
    "print": ("ours", "print"),
    "release": ("ours-2", "make durable, check, switch"),
}

type Figures = Mapping[str, Figure]


def read_figures(file: Path) -> Figures:
    return {each["name"]: Figure(**each) for each in json.loads(file.read_text(encoding="utf-8"))}


def charts(figures: Figures) -> dict[str, Chart]:
    """Every chart by the name of its file."""
    stories = f"{figures['stories'].value:,.0f} stories"
    return {
        "publication": _publication(figures, stories),
        "approval": _approval(figures, stories),
        "full-render": _full_render(figures, stories),
        "contract": _contract(figures),
    }


def _publication(figures: Figures, stories: str) -> Chart:
    names = {"publish_p50_ms": "half of them", "publish_p95_ms": "95 of 100"}
    more = {"publish_100k_p50_ms": "half, at 100,000", "publish_100k_p95_ms": "95 of 100, there"}
    return Chart(
        "One publication by a warm press",
        f"Printed, checked, durable and live, on a hub of {stories}. Dashed: the most we allow.",
        [_bar(figures[name], label) for name, label in (names | more).items() if name in figures],
    )


def _approval(figures: Figures, stories: str) -> Chart:
    names = {"approval_to_hub_p50_ms": "half of them", "approval_to_hub_p95_ms": "95 of 100"}
    return Chart(
        "From the click on approve to a colleague's screen",
        f"A whole Plein with {stories}. Dashed: the most we allow.",
        [_bar(figures[name], label) for name, label in names.items()],
    )


def _full_render(figures: Figures, stories: str) -> Chart:
    bars = []
    for clock, name, suffix in (("wall", "wall time", ""), ("cpu", "CPU time", "_cpu")):
        parts = [
            (figures[f"full_render_{phase}_{clock}_s"].value, shade)
            for phase, (shade, _) in PHASES.items()
        ]
        ours = figures[f"full_render_{clock}_s"]
        bars.append(Bar(f"Plein, {name}", parts, _said(ours.value, "s"), limit=ours.peer))
        for peer in ("Hugo", "Material"):
            value = figures[f"full_render_vs_{peer.lower()}{suffix}"].peer or 0
            bars.append(Bar(f"{peer}, {name}", [(value, "peer")], _said(value, "s")))
    return Chart(
        "A new theme for the whole hub",
        f"Every page of {stories} anew, by programs that start cold. Dashed: the most we allow.",
        bars,
        legend=tuple(PHASES.values()),
    )


def _contract(figures: Figures) -> Chart:
    typed, feed = figures["typed_vs_api_v2"], figures["feed_vs_api_v2"]
    peer = typed.peer or 0
    return Chart(
        "A hundred stories by HTTP",
        "CPU time of the newsroom for one answer.",
        [
            Bar("Wagtail's API v2", [(peer, "peer")], _said(peer, "ms")),
            Bar("our typed graph", [(typed.value, "ours")], _said(typed.value, "ms")),
            Bar("our feed", [(feed.value, "ours")], _said(feed.value, "ms")),
        ],
    )


def _bar(figure: Figure, label: str) -> Bar:
    return Bar(label, [(figure.value, "ours")], _said(figure.value, figure.unit), limit=figure.peer)


def tables(figures: Figures) -> str:
    """Every figure that was measured, told in Markdown."""
    measured = (table for table in read_tables() if any(row.name in figures for row in table.rows))
    return "\n\n".join("\n".join(_lines(table, figures)) for table in measured)


def _lines(table: Table, figures: Figures) -> Iterator[str]:
    yield f"### {table.title}\n"
    yield "| name | what | measured | beside | |"
    yield "|---|---|--:|--:|---|"
    for row in table.rows:
        if row.name in figures:
            yield _line(row, figures[row.name])


def _line(row: Row, figure: Figure) -> str:
    measured, unit = _said(figure.value, figure.unit), figure.unit
    peer = "" if figure.peer is None else f"{row.beside} {_said(figure.peer, unit)}"
    return f"| `{row.name}` | {row.words} | {measured} | {peer} | {_verdict(row, figure)} |"


def _verdict(row: Row, figure: Figure) -> str:
    if figure.ratio is None:
        return ""
    if row.beside == LIMIT:
        return "reached" if figure.ratio >= 1 else "**not reached**"
    asked = f", {row.least:g} asked" if row.least > 1 else ""
    is_short = figure.ratio < row.least
    times = f"{figure.ratio:.3g} times as fast{asked}"
    return f"**{times}**" if is_short else times


def _said(value: float, unit: str) -> str:
    """Three digits are what such a figure is worth; of a unit its first word."""
    short = unit.split(",", maxsplit=1)[0].split(maxsplit=1)[0]
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {short}"


def page_with(figures: Figures, page: str) -> str:
    """The page with its tables written anew."""
    told = f"{BEGIN}\n\n{tables(figures)}\n\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: told, page, flags=re.DOTALL)


def main() -> None:
    """Bring charts and tables to what is in the figures."""
    figures = read_figures(KEPT)
    for name, chart in charts(figures).items():
        (PICTURES / f"{name}.svg").write_text(chart.svg(), encoding="utf-8")
    page = page_with(figures, PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
