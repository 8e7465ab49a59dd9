"""The ways in which people read, as a browser can imitate them, and what axe says of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

AXE = Axe()
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
WITHOUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Way:
    """How somebody reads.

    Attributes:
        letters: Percent of the usual size, as set in the browser.
        media: What the device prefers.
        rules: Options of axe; forced colours are the device's own, so theirs is its contrast.
    """

    name: str
    viewport: ViewportSize
    letters: int = 100
    media: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)


WAYS = tuple(
    Way(f"{name} {viewport['width']}", viewport, letters=letters, media=media, rules=rules)
    for viewport in (WIDE, NARROW)
    for name, letters, media, rules in (
        ("light", 100, {"color_scheme": "light"}, {}),
        ("dark", 100, {"color_scheme": "dark"}, {}),
        ("letters of 200 %", 200, {"color_scheme": "light"}, {}),
        ("forced colours", 100, {"forced_colors": "active"}, WITHOUT_COLOURS),
        ("no motion", 100, {"color_scheme": "dark", "reduced_motion": "reduce"}, {}),
    )
)
AS_USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}


def faults(page: Page, way: Way) -> Iterator[str]:
    """Say what is wrong with the open page for who reads it so."""
    page.set_viewport_size(way.viewport)
    page.emulate_media(**{**AS_USUAL, **way.media})
    page.evaluate(f"document.documentElement.style.fontSize = '{way.letters}%'")
    response: Any = AXE.run(page, options=way.rules).response
    for violation in response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']} {node['target']} {node['failureSummary'][:160]}"
    sideways = page.evaluate(SIDEWAYS)
    if sideways > 0:
        yield f"it is {sideways} px wider than the window"
    if way.media.get("reduced_motion") == "reduce":
        moving = page.evaluate("document.getAnimations().length")
        if moving:
            yield f"{moving} things move"
