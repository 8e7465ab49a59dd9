"""The organisation's own colours and letters, as the stylesheet reads them."""

from typing import TypedDict

from hub_site.content.documents import Style


class StyleView(TypedDict):
    """Colours as `#rrggbb`, or empty for the theme's own."""

    light: str
    dark: str
    accent: str
    headings: str
    letters: str


def style_view(style: Style) -> StyleView:
    return StyleView(
        light=style.light,
        dark=style.dark,
        accent=style.accent,
        headings=style.headings,
        letters=style.letters,
    )
