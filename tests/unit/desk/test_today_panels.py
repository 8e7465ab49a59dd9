"""The panels of Today lie in a grid of twelve columns."""

import re
from pathlib import Path

import pytest
from django.conf import settings

DESK = Path(settings.PLEIN_CHECKOUT) / "cms" / "desk"
PANELS = sorted(
    file
    for file in (DESK / "templates" / "desk" / "today").glob("*.html")
    if "<section id=" in file.read_text()
)


@pytest.mark.parametrize("panel", PANELS, ids=lambda file: str(file.stem))
def test_each_panel_takes_its_share_of_the_width(panel: Path) -> None:
    (classes,) = re.findall(r'<section id="[^"]*" class="([\w -]+)', panel.read_text())
    styles = "".join(sheet.read_text() for sheet in (DESK / "static" / "desk").glob("*.css"))
    wide = {name for name in classes.split() if re.search(_spanning(name), styles)}

    assert wide, f"{classes} is one column of twelve"


def _spanning(name: str) -> str:
    return rf"\.{name}(?:,\s*\.[\w-]+)* {{[^}}]*grid-column:"
