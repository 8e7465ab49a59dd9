"""Bar charts as SVG that say themselves what they show, in light and in dark."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABELS, RIGHT, TOP, PITCH, THICK = 760, 200, 120, 84, 38, 22
_STYLE = """
  .paper{fill:#ffffff;stroke:#d6dbd2}.ink{fill:#161e19}.quiet{fill:#4b564e}
  .ours{fill:#0f5b3c}.ours-2{fill:#3fb37a}.ours-3{fill:#0b5a6b}.ours-4{fill:#2fa9bf}
  .peer{fill:#78837a}.limit{stroke:#9c3412}.halo{stroke:#ffffff}
  text{font:14px system-ui,sans-serif}.title{font-size:17px;font-weight:700}.number{font-weight:600}
  @media(prefers-color-scheme:dark){
    .paper{fill:#131815;stroke:#36423b}.ink{fill:#f0f3ec}.quiet{fill:#b6c0b8}
    .ours{fill:#8fddb4}.ours-2{fill:#3fb37a}.ours-3{fill:#8fdcea}.ours-4{fill:#2fa9bf}
    .peer{fill:#7f8c84}.limit{stroke:#ffb491}.halo{stroke:#131815}}
"""


@dataclass(frozen=True)
class Bar:
    """One thing measured: its parts in order, each with the shade it is drawn in."""

    label: str
    parts: Sequence[tuple[float, str]]
    number: str
    limit: float | None = None

    @property
    def total(self) -> float:
        return sum(value for value, _ in self.parts)


@dataclass(frozen=True)
class Chart:
    """What is drawn; the legend names shades, where parts have more than one."""

    title: str
    about: str
    bars: Sequence[Bar]
    legend: Sequence[tuple[str, str]] = ()  # shade, words

    def svg(self) -> str:
        """Draw it on paper of its own, so that whatever lies behind does not matter."""
        height = TOP + PITCH * len(self.bars) + (34 if self.legend else 12)
        spoken = "; ".join(f"{bar.label}: {bar.number}" for bar in self.bars)
        size = f'width="{WIDTH}" height="{height}"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {size}>',
            f"<title>{escape(self.title)}</title>",
            f"<desc>{escape(f'{self.about} {spoken}.')}</desc>",
            f"<style>{_STYLE}</style>",
            '<rect class="paper" x="1" y="1" width="99.7%" height="99%" rx="8"/>',
            _text(24, 34, self.title, "ink title"),
            _text(24, 58, self.about, "quiet"),
        ]
        longest = max(max(bar.total, bar.limit or 0) for bar in self.bars)
        scale = (WIDTH - LABELS - RIGHT) / longest
        for number, bar in enumerate(self.bars):
            lines += _drawn(bar, TOP + PITCH * number, scale=scale)
        lines += self._legend(height - 16)
        return "\n".join([*lines, "</svg>", ""])

    def _legend(self, y: int) -> list[str]:
        lines, x = [], LABELS
        for shade, words in self.legend:
            lines.append(f'<rect class="{shade}" x="{x}" y="{y - 11}" width="12" height="12"/>')
            lines.append(_text(x + 18, y, words, "quiet"))
            x += 40 + 8 * len(words)
        return lines


def _drawn(bar: Bar, y: int, *, scale: float) -> list[str]:
    lines = [_text(LABELS - 12, y + 16, bar.label, "ink", anchor="end")]
    x = float(LABELS)
    for value, shade in bar.parts:
        width = max(value * scale, 1)
        lines.append(
            f'<rect class="{shade}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{THICK}"/>'
        )
        x += width
    if bar.limit is not None:
        at = LABELS + bar.limit * scale
        line = f'd="M{at:.1f} {y - 4}v{THICK + 8}" fill="none"'
        lines.append(f'<path class="halo" {line} stroke-width="7"/>')
        lines.append(f'<path class="limit" {line} stroke-width="3" stroke-dasharray="4 3"/>')
        x = max(x, at)
    lines.append(_text(x + 10, y + 16, bar.number, "ink number"))
    return lines


def _text(x: float, y: float, words: str, kind: str, *, anchor: str = "start") -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {at}>{escape(words)}</text>'
