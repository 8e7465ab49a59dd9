"""Colours that can be read: contrast as WCAG counts it, and the nearest colour that has enough."""

import math
import re

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3 level AA, for text of any size."""
INK = "#161e19"
PAPER = "#131815"
LIGHT_GROUNDS = ("#ffffff", "#f2f4ef")
DARK_GROUNDS = (PAPER, "#1c2420", "#232c27")
LIGHT_TINTS = ("#d3eef2", "#fbe1d6", "#dde7fb", "#f8dfec", "#d9f0df", "#fcebc2", "#e8e0fb")
DARK_TINTS = ("#0f333b", "#43200f", "#1b2850", "#42162f", "#143523", "#3a2a08", "#2e2150")
"""What a link may stand on; a test holds these to the theme's own."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_STEP = 0.005
_DARKEST_CURVED, _DARKEST_LINEAR = 0.04045, 0.0031308
"""Below these sRGB is a straight line."""
_HALF = 0.5005
_NEVER = "There is no colour that can be read on all of these."


def is_colour(text: str) -> bool:
    return _HEX.fullmatch(text) is not None


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb`."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def nearest(colour: str, grounds: tuple[str, ...]) -> str:
    """The colour of this hue that differs least in lightness and can be read on all grounds.

    Raises:
        ValueError: No lightness will do, because some grounds are light and others are dark.
    """
    lightness, green_red, blue_yellow = _oklab(colour)
    for away in range(round(1 / _STEP) + 1):
        for tried in (lightness - away * _STEP, lightness + away * _STEP):
            if 0 <= tried <= 1:
                found = colour if away == 0 else _in_gamut(tried, green_red, blue_yellow)
                if least_contrast(found, grounds) >= ENOUGH:
                    return found
    raise ValueError(_NEVER)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DARKEST_CURVED else ((part + 0.055) / 1.055) ** 2.4


def _curved(part: float) -> float:
    return part * 12.92 if part <= _DARKEST_LINEAR else 1.055 * part ** (1 / 2.4) - 0.055


def _oklab(colour: str) -> tuple[float, float, float]:
    """Björn Ottosson's Oklab, in which equal steps of lightness look equal."""
    r, g, b = (_linear(part) for part in _parts(colour))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _rgb(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _in_gamut(lightness: float, a: float, b: float) -> str:
    """As much of the colour as a screen can show at this lightness."""
    for part in range(20, -1, -1):
        rgb = _rgb(lightness, a * part / 20, b * part / 20)
        if all(abs(value - 0.5) <= _HALF for value in rgb):
            break
    shown = (round(255 * _curved(min(1.0, max(0.0, value)))) for value in rgb)
    return "#" + "".join(f"{value:02x}" for value in shown)
