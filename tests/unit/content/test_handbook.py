"""Whoever is called at night finds the mail in the handbook, with what to do."""

from pathlib import Path

import pytest
from django.utils.translation import override

from cms.alarms.problems import Kind

PAGES = Path(__file__).resolve().parents[3] / "content" / "pages"


@pytest.mark.parametrize(("language", "page"), [("nl", "beheer.md"), ("en", "administering.md")])
def test_every_call_to_administrators_has_its_line_in_the_handbook(
    language: str, page: str
) -> None:
    lines = (PAGES / page).read_text().lower().splitlines()
    with override(language):
        called = [str(kind.label).lower() for kind in Kind if kind.is_of_machines]

    told = {name for name in called if any(line.startswith(f"| {name} |") for line in lines)}

    assert [name for name in called if name not in told] == []
