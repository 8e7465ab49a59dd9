"""Where an audit leaves what it found: `build/audit/`, a file for each part."""

import json
import sys
from collections.abc import Mapping, Sequence

from cms.config.home import CHECKOUT

FOLDER = CHECKOUT / "build" / "audit"


def leave(name: str, found: object) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, indent=2, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def tell_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows of the same keys as a table."""
    if not rows:
        return
    table = [[*rows[0]], *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
