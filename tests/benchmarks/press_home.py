"""The press's home by itself: what is measured of the press, and the hubs that that is done on."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub_site.settings import PressSettings
from tests.benchmarks.processes import Spent, measured

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "hub"


def press_settings(home: Path, address: str, token: Path, *, theme: Path = THEME) -> PressSettings:
    return PressSettings(
        home=home,
        api_url=f"{address}/graphql/",
        token_file=token,
        config_file=ROOT / "site" / "mkdocs.yml",
        theme_dir=theme,
        pages_dir=ROOT / "content" / "pages",
    )


@dataclass(frozen=True)
class PressHome:
    """A folder with a printed hub, and the theme to print it with."""

    folder: Path
    theme: Path = THEME

    @classmethod
    def copied(cls, source: Path, folder: Path) -> "PressHome":
        shutil.copytree(source, folder)
        return cls(folder)

    def ordered(self, act: str, **order: object) -> tuple[Any, Spent]:
        """Let a press of its own do one thing; give what it says, and what it all cost."""
        file = self.folder.with_suffix(".json")
        said = {"act": act, "home": str(self.folder), "theme": str(self.theme), **order}
        file.write_text(json.dumps(said), encoding="utf-8")
        spent = measured([sys.executable, "-m", "tests.benchmarks.pressing", file], cwd=ROOT)
        return json.loads(spent.said), spent


AROUND, WITHIN = "<head>", '<main class="'
"""What is on every page: around what pages have of their own, and in it."""


def another_look(folder: Path, number: int, *, at: str = AROUND) -> Path:
    """Change something in the theme in this folder that is on every page."""
    if not folder.exists():
        shutil.copytree(THEME, folder)
    file = folder / "base.html"
    before = file.read_text(encoding="utf-8")
    marks = {
        AROUND: f'<head><meta name="look" content="{number}">',
        WITHIN: f"{WITHIN}look-{number} ",
    }
    after = before.replace(at, marks[at])
    assert after != before, "The theme has another base than this benchmark knows."
    file.write_text(after, encoding="utf-8")
    return folder
