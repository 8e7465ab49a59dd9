import re
from pathlib import Path

import pytest

from tests.unit.themes.theme import (
    PARTIALS,
    STYLES,
    TEMPLATES,
    THEME,
    classes_in,
    render_template,
)

JOINED = (THEME / "assets" / "hub.css").read_text(encoding="utf-8")
LISTED = re.findall(r'"([a-z0-9-]+)"', JOINED.split("{%- set dark")[0])
LISTED += re.findall(r'"([a-z0-9-]+)"', JOINED.split("{%- for name in [\n")[1])
SHEETS = sorted(STYLES.glob("*.css"))
COLOURS = ("teal", "rust", "blue", "plum", "green", "amber", "violet")
TILES = ["bend", "stair", "person", "rings", "pennant", "bowl"]
TILES += ["corner", "arch", "wave", "diamond", "gate", "bars"]

# Words and shapes without a look of their own, and lists whose look is that of their parts.
NO_SHEET_NEEDED = {
    *("sprite", "latest", "rows", "related", "announcement-list", "parts", "coming"),
    *("archive-year", "archive-before", "year-month", "notice"),
}


def declarations(name: str) -> dict[str, str]:
    sheet = (STYLES / f"{name}.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--hub-([a-z0-9-]+): (#[0-9a-f]{6});", sheet))


LIGHT = declarations("tokens")
SCHEMES = {"light": LIGHT, "dark": LIGHT | declarations("dark")}

PAIRS = [
    *((text, ground) for text in ("ink", "ink-2", "link") for ground in ("paper", "stone")),
    *(("ink", "raised"), ("ink-2", "raised"), ("paper", "ink"), ("on-sun", "sun")),
    *(("brand", "paper"), ("error", "paper"), ("ok", "paper"), ("ink-2", "mark")),
    *((colour, ground) for colour in COLOURS for ground in ("paper", f"{colour}-tint")),
    *((text, f"{colour}-tint") for text in ("ink", "ink-2", "link") for colour in COLOURS),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_text_is_readable_on_its_ground(scheme: str, pair: tuple[str, str]) -> None:
    text, ground = (SCHEMES[scheme][name] for name in pair)

    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "stone", "raised", *(f"{c}-tint" for c in COLOURS)])
def test_focus_stands_out_on_every_ground(scheme: str, ground: str) -> None:
    colours = SCHEMES[scheme]

    assert contrast(colours["focus"], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "stone"])
def test_borders_of_controls_are_seen(scheme: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme]["line-strong"], SCHEMES[scheme][ground]) >= 3


def test_the_dark_scheme_renames_nothing() -> None:
    assert set(declarations("dark")) <= set(LIGHT)


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_family_of_the_contract_has_its_class(colour: str) -> None:
    assert f".r-{colour} {{" in (STYLES / "tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("tile", TILES)
def test_every_tile_of_the_contract_is_drawn(tile: str) -> None:
    assert f'id="t-{tile}"' in (THEME / "partials" / "sprite.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("partial", PARTIALS, ids=lambda path: path.stem)
def test_every_partial_has_its_stylesheet(partial: Path) -> None:
    has_sheet = (STYLES / f"{partial.stem}.css").is_file()

    assert has_sheet != (partial.stem in NO_SHEET_NEEDED)


def test_every_stylesheet_is_joined_once() -> None:
    assert sorted([*LISTED, "dark"]) == [path.stem for path in SHEETS]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_stylesheets_are_no_templates(sheet: Path) -> None:
    assert not re.search(r"\{[%#{]", sheet.read_text(encoding="utf-8"))


def test_templates_and_stylesheets_know_the_same_classes() -> None:
    used = set().union(*(classes_in(path.read_text(encoding="utf-8")) for path in TEMPLATES))
    styled = set().union(
        *(
            {name.removeprefix(".") for name in re.findall(r"\.hub-[a-z0-9_-]+", rules)}
            for rules in (path.read_text(encoding="utf-8") for path in SHEETS)
        )
    )

    assert {name for name in styled if not _is_named(name, used)} == set()


def _is_named(name: str, used: set[str]) -> bool:
    """Variants are put together in the template: `hub-teaser--{{ variant }}`."""
    return name in used or name.partition("--")[0] in used


def test_every_icon_and_font_that_is_asked_for_exists() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    sprite = (THEME / "partials" / "sprite.html").read_text(encoding="utf-8")
    fonts = (STYLES / "fonts.css").read_text(encoding="utf-8")

    asked = set(re.findall(r'with name="([a-z]+)"', templates)) | {"alert", "info"}
    assert asked == set(re.findall(r'id="i-([a-z]+)"', sprite))
    for url in re.findall(r'url\("([^"]+)"\)', fonts):
        assert (THEME / "assets" / url).is_file()


def test_the_focal_point_has_a_class_for_every_step() -> None:
    sheet = (STYLES / "image.css").read_text(encoding="utf-8")

    for step in range(21):
        assert f".fx-{step} {{ --fx: {step * 5}%; }}" in sheet
        assert f".fy-{step} {{ --fy: {step * 5}%; }}" in sheet


def test_the_organisation_s_own_colours_hold_by_day_and_by_night() -> None:
    style = {"light": "#0a4f8a", "dark": "#8fc3f4", "accent": "", "letters": "literata"}
    hub = {"look": "0f0f", "style": {**style, "headings": "schibsted"}}

    sheet = render_template("assets/hub.css", hub=hub)

    assert sheet.startswith("/* Look 0f0f */")
    assert sheet.count("--hub-link: #0a4f8a") == 1
    assert sheet.count("--hub-link: #8fc3f4") == 2  # chosen, and as the device has it
    assert "--hub-sun: ;" not in sheet
    assert "--hub-display: var(--hub-sans)" in sheet
    assert "#0a4f8a" not in render_template("assets/hub.css", hub={"look": "0f0f", "style": None})
