import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.config.home import CHECKOUT
from cms.core import colours
from cms.core.models import Style

SHEETS = CHECKOUT / "themes" / "hub" / "assets" / "css"


def tokens(name: str) -> dict[str, str]:
    sheet = (SHEETS / f"{name}.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--hub-([a-z0-9-]+): (#[0-9a-f]{6});", sheet))


@pytest.mark.parametrize(
    ("sheet", "grounds", "tints"),
    [
        ("tokens", colours.LIGHT_GROUNDS, colours.LIGHT_TINTS),
        ("dark", colours.DARK_GROUNDS, colours.DARK_TINTS),
    ],
)
def test_the_newsroom_knows_the_grounds_of_the_theme(
    sheet: str, grounds: tuple[str, ...], tints: tuple[str, ...]
) -> None:
    held = tokens(sheet)

    assert {held[name] for name in ("paper", "stone", "raised")} == {*grounds}
    assert {value for name, value in held.items() if name.endswith("-tint")} == {*tints}
    assert tokens("tokens")["on-sun"] == colours.INK


@settings(max_examples=25)
@given(colour=st.integers(0, 0xFFFFFF).map("#{:06x}".format), on=st.sampled_from([*Style.GROUNDS]))
def test_the_nearest_colour_can_be_read_and_one_that_can_is_its_own_nearest(
    colour: str, on: str
) -> None:
    grounds = Style.GROUNDS[on]
    found = colours.nearest(colour, grounds)

    assert colours.is_colour(found)
    assert colours.least_contrast(found, grounds) >= colours.ENOUGH
    assert colours.nearest(found, grounds) == found


def test_the_nearest_colour_keeps_its_hue() -> None:
    assert colours.nearest("#ff8800", Style.GROUNDS["light"]) == "#9e5200"
    assert colours.contrast("#ffffff", "#000000") == pytest.approx(21)
    with pytest.raises(ValueError, match="no colour"):
        colours.nearest("#808080", ("#ffffff", "#000000", "#808080"))
