"""What keeps the desk readable: columns, and words that are too long for them."""

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


@pytest.mark.parametrize("sheet", ["screens.css", "write.css"])
def test_a_word_that_is_too_long_breaks_where_it_would_be_cut(sheet: str) -> None:
    styles = (DESK / "static" / "desk" / sheet).read_text()
    (page,) = re.findall(r"^\.page {([^}]*)}", styles, re.MULTILINE)

    # What is written from right to left would stick out on the left, where nobody can scroll to.
    assert "overflow-wrap: anywhere;" in page
