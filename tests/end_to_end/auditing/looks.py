"""Whether the style guide looks as it did when somebody last looked at it.

A whole picture is kept at an eighth of its size, in 32 shades of grey, and compared in tiles of 64
by 64 px of the page. Measured, of 255 shades, in the tile that differs most: the same Chromium
0; letters drawn without hinting 25, and without subpixels 28; a button that lost its style 138,
a rubric's tag 184. What is finer than that (a name in thinner letters: 19) a person has to see.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

KEPT = Path(__file__).with_name("looks")
SMALLER, TILE = 8, 8
SHADES = 0xF8
MOST_SHADES = 40.0
"""Between what drawing letters otherwise does and what a fault does."""


@dataclass(frozen=True)
class Difference:
    """How the page differs, and where it does so most: px from its top."""

    shades: float
    top: int
    taller: int

    def __bool__(self) -> bool:
        return self.shades > MOST_SHADES or abs(self.taller) > TILE * SMALLER


def small(screenshot: bytes) -> Image.Image:
    whole = Image.open(BytesIO(screenshot)).convert("L")
    size = (whole.width // SMALLER, whole.height // SMALLER)
    return whole.resize(size, Image.Resampling.BOX).point(lambda shade: shade & SHADES)


def compare(name: str, screenshot: bytes) -> Difference:
    """Compare with what is kept; where nothing is, this is kept from now on."""
    now = small(screenshot)
    file = KEPT / f"{name}.png"
    if not file.exists():
        KEPT.mkdir(exist_ok=True)
        now.save(file, optimize=True)
    before = Image.open(file).convert("L")
    size = (min(now.width, before.width), min(now.height, before.height))
    apart = ImageChops.difference(now.crop((0, 0, *size)), before.crop((0, 0, *size)))
    tiles = [
        (ImageStat.Stat(apart.crop((x, y, x + TILE, y + TILE))).mean[0], y * SMALLER)
        for y in range(0, size[1], TILE)
        for x in range(0, size[0], TILE)
    ]
    shades, top = max(tiles)
    return Difference(shades, top, (now.height - before.height) * SMALLER)
