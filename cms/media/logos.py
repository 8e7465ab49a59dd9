"""An organisation's logo: taken in like a picture, made as small as a part of every page has to be.

It is drawn once, in twice the size in which pages show it, and kept as a WebP.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageChops, ImageFilter, ImageOps, UnidentifiedImageError

from cms.core import colours
from cms.core.models import Ground, Logo
from cms.media.intake import take_in

SHOWN = (256, 64)
"""Within how many pixels the theme shows it at most, on a screen of ordinary density."""
TWICE = 2
HEAVIEST = 10_000
WIDEST, TALLEST = 8, 2
"""How often as wide as high, and as high as wide, it can be and still be read in a page's head."""
_KINDS = ["PNG", "WEBP"]
_DRAWING = ".svg"
_INK = 64
"""From this much of 255 on something is there."""
_SEEN = 1.5
"""Contrast below which a form and its ground are one. WCAG asks no contrast of a logo."""
_TOO_MUCH = 0.25
"""Of an outline: who can't see a quarter of it does not know what it is."""
_QUALITIES = (90, 80, 70, 60, 50)


def take_in_logo(upload: IO[bytes], *, name: str, for_dark: bool = False) -> Logo:
    """Return the logo in an uploaded file, not yet saved: its pixels alone, without margins.

    Args:
        upload: the file, at any position.
        name: what it is called, for who chose a drawing.
        for_dark: whether it is to be shown on a dark screen only.

    Raises:
        ValidationError: saying what to do, in the language of the person.
    """
    _refuse_drawing(name)
    clean = take_in(upload, name=name)
    _refuse_other_kinds(upload)
    with Pillow.open(BytesIO(clean.read())) as picture:
        drawn = _fitted(_without_margins(picture.convert("RGBA")))
    ink = _Outline.of(drawn)
    if for_dark and ink.vanishes_in_the_dark:
        words = _("This logo can't be seen on a dark screen. Choose a light one, or none.")
        raise ValidationError(words, code="unseen")
    encoded = _encoded(drawn)
    return Logo(
        content=encoded,
        content_hash=hashlib.sha256(encoded).hexdigest(),
        width=drawn.width,
        height=drawn.height,
        ground=ink.ground,
    )


def _refuse_drawing(name: str) -> None:
    if PurePath(name).suffix.lower() == _DRAWING:
        words = _(
            "A drawing (SVG) can hold more than a picture. Save the logo as PNG, with nothing"
            " behind it, and choose that."
        )
        raise ValidationError(words, code="drawing")


def _refuse_other_kinds(upload: IO[bytes]) -> None:
    """Refuse what can't be transparent, and what moves."""
    upload.seek(0)
    try:
        with Pillow.open(upload, formats=_KINDS) as picture:
            moves = getattr(picture, "is_animated", False)
    except UnidentifiedImageError as error:
        words = _("A logo is a PNG or a WebP. Save it as PNG, with nothing behind it.")
        raise ValidationError(words, code="kind") from error
    if moves:
        words = _("This logo moves. Save one still picture of it as PNG and choose that.")
        raise ValidationError(words, code="animated")


def _without_margins(picture: Pillow.Image) -> Pillow.Image:
    room = _ink_of(picture).getbbox()
    within = picture.crop(room)
    if room is None or _is_blank(within):
        words = _("There is nothing to see in this picture. Choose one that shows the logo.")
        raise ValidationError(words, code="blank")
    return within


def _ink_of(picture: Pillow.Image) -> Pillow.Image:
    return picture.getchannel("A").point([0] * _INK + [255] * (256 - _INK))


def _is_blank(picture: Pillow.Image) -> bool:
    """Whether it is one even plane."""
    return picture.getcolors(maxcolors=1) is not None


def _fitted(picture: Pillow.Image) -> Pillow.Image:
    """Draw it in the size in which it is kept; a smaller one would be blurred."""
    _refuse_odd_forms(picture)
    widest, highest = (side * TWICE for side in SHOWN)
    scale = min(widest / picture.width, highest / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    if picture.width < size[0] or picture.height < size[1]:
        words = _(
            "Without its margins this logo is %(width)s by %(height)s pixels. It is sharp from"
            " %(wide)s by %(high)s on: save it larger and choose that."
        )
        told = {"width": picture.width, "height": picture.height, "wide": size[0], "high": size[1]}
        raise ValidationError(words % told, code="too_small")
    return picture.resize(size, Pillow.Resampling.LANCZOS)


def _refuse_odd_forms(picture: Pillow.Image) -> None:
    if picture.width > picture.height * WIDEST:
        words = _(
            "This logo is more than %(times)s times as wide as it is high, so nobody could read it"
            " on a phone. Choose one that is less wide."
        )
        raise ValidationError(words % {"times": WIDEST}, code="too_wide")
    if picture.height > picture.width * TALLEST:
        words = _(
            "This logo is more than %(times)s times as high as it is wide, so nobody could read it"
            " on a phone. Choose one that is less high."
        )
        raise ValidationError(words % {"times": TALLEST}, code="too_tall")


@dataclass(frozen=True)
class _Outline:
    """Where a logo ends and its ground begins, and how much of that can't be seen on which ground.

    What is inside, such as white letters in a green sign, has its own ground there.
    """

    is_opaque: bool
    unseen_on_light: float
    unseen_on_dark: float

    @classmethod
    def of(cls, picture: Pillow.Image) -> "_Outline":
        is_opaque = _ink_of(picture).getextrema() == (255, 255)
        roomy = ImageOps.expand(picture, border=1, fill=(0, 0, 0, 0))
        ink = _ink_of(roomy)
        edge = ImageChops.subtract(ink, ink.filter(ImageFilter.MinFilter(3)))
        shown = Pillow.new("RGBA", roomy.size)
        shown.paste(roomy.convert("RGB"), mask=edge)
        counted = shown.getcolors(maxcolors=roomy.width * roomy.height) or []
        found = {
            colour[:3]: count
            for count, colour in counted
            if isinstance(colour, tuple) and colour[3]
        }
        unseen = (_share(found, colours.LIGHT_GROUNDS[0]), _share(found, colours.PAPER))
        return cls(is_opaque, *unseen)

    @property
    def vanishes_in_the_dark(self) -> bool:
        return not self.is_opaque and self.unseen_on_dark > _TOO_MUCH

    @property
    def ground(self) -> Ground:
        if self.is_opaque:
            return Ground.OWN
        is_pale = self.unseen_on_light > max(_TOO_MUCH, self.unseen_on_dark)
        return Ground.DARK if is_pale else Ground.LIGHT


def _share(found: dict[tuple[int, ...], int], ground: str) -> float:
    """Which part of these colours can't be told from a ground."""
    unseen = sum(
        count
        for (red, green, blue), count in found.items()
        if colours.contrast(f"#{red:02x}{green:02x}{blue:02x}", ground) < _SEEN
    )
    return unseen / max(1, sum(found.values()))


def _encoded(picture: Pillow.Image) -> bytes:
    """Encode it whole, or as well as its weight allows."""
    options: list[dict[str, int | bool]] = [
        {"lossless": True, "method": 6},
        *({"quality": quality, "method": 6} for quality in _QUALITIES),
    ]
    for each in options:
        encoded = BytesIO()
        picture.save(encoded, "webp", **each)
        if encoded.tell() <= HEAVIEST:
            return encoded.getvalue()
    words = _("This logo has so much detail that it slows down every page. Choose a plainer one.")
    raise ValidationError(words, code="too_heavy")
