"""The organisation's own logo, colours and letters, as templates and the stylesheet read them."""

from collections.abc import Callable
from typing import TypedDict

from hub_site.content.documents import Ground, Logo, Style


class LogoView(TypedDict):
    """`ground` is what it has to stand on to be seen; `own` is any."""

    path: str
    width: int
    height: int
    ground: Ground


class StyleView(TypedDict):
    """Colours as `#rrggbb`, or empty for the theme's own."""

    light: str
    dark: str
    accent: str
    headings: str
    letters: str
    logo: LogoView | None
    logo_dark: LogoView | None


def style_view(style: Style, show: Callable[[Logo | None], LogoView | None]) -> StyleView:
    """`show` says where a logo is, or that it can't be had."""
    logo = show(style.logo)
    return StyleView(
        light=style.light,
        dark=style.dark,
        accent=style.accent,
        headings=style.headings,
        letters=style.letters,
        logo=logo,
        # Half a pair is none: the name in letters is seen on any screen.
        logo_dark=show(style.logo_dark) if logo else None,
    )
