"""Logos from outside: what is refused in words, and what each page gets of the rest."""

import io
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import ImageDraw

from cms.core.models import Ground, Logo
from cms.media.logos import HEAVIEST, take_in_logo

GREEN, WHITE, BLACK, NOTHING = (11, 92, 60), (255, 255, 255), (0, 0, 0), (0, 0, 0, 0)


def sign(
    size: tuple[int, int], colour: tuple[int, int, int] = GREEN, *, margin: int = 0
) -> Pillow.Image:
    """A ring with nothing behind it, within an empty margin."""
    made = Pillow.new("RGBA", (size[0] + 2 * margin, size[1] + 2 * margin), NOTHING)
    across, down = margin + size[0] - 1, margin + size[1] - 1
    ImageDraw.Draw(made).ellipse((margin, margin, across, down), outline=colour, width=24)
    return made


def encoded(picture: Pillow.Image, kind: str = "PNG", **options: object) -> bytes:
    into = io.BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()


def taken(content: bytes, name: str = "logo.png", *, for_dark: bool = False) -> Logo:
    return take_in_logo(io.BytesIO(content), name=name, for_dark=for_dark)


def noise(width: int, height: int) -> Pillow.Image:
    return Pillow.merge("RGB", [Pillow.effect_noise((width, height), 160)] * 3)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((900, 300), (384, 128)), ((300, 300), (128, 128)), ((2400, 300), (512, 64))],
)
def test_a_logo_is_drawn_once_at_twice_its_size_without_margins(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    logo = taken(encoded(sign(size, margin=200)))

    assert (logo.width, logo.height) == kept
    assert len(logo.content) <= HEAVIEST
    with Pillow.open(io.BytesIO(logo.content)) as drawn:
        assert (drawn.format, drawn.size, drawn.mode) == ("WEBP", kept, "RGBA")
        assert not {"exif", "icc_profile", "xmp"} & drawn.info.keys()


def a_white_sign_in_a_green_one() -> Pillow.Image:
    made = sign((600, 200))
    draw = ImageDraw.Draw(made)
    draw.rounded_rectangle((0, 0, 599, 199), radius=40, fill=GREEN)
    draw.rectangle((60, 60, 540, 140), fill=WHITE)
    return made


@pytest.mark.parametrize(
    ("draw", "ground"),
    [
        (lambda: sign((600, 200)), Ground.LIGHT),
        (lambda: sign((600, 200), WHITE), Ground.DARK),
        (lambda: sign((600, 200), (255, 220, 60)), Ground.DARK),
        (a_white_sign_in_a_green_one, Ground.LIGHT),
        (lambda: sign((600, 200)).convert("RGB"), Ground.OWN),
    ],
    ids=["green", "white", "yellow", "white in green", "nothing transparent"],
)
def test_it_is_known_on_which_ground_a_logo_can_be_seen(
    draw: Callable[[], Pillow.Image], ground: Ground
) -> None:
    assert taken(encoded(draw())).ground == ground


def moving(kind: str) -> bytes:
    first, second = sign((600, 200)), sign((600, 200), BLACK)
    return encoded(first, kind, save_all=True, append_images=[second], duration=100)


WHOLE = encoded(sign((600, 200)))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", "drawing"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png", "invalid_image_known_format"),
        (encoded(sign((600, 200)).convert("RGB"), "JPEG"), "logo.jpg", "kind"),
        (encoded(sign((600, 200)).convert("RGB"), "JPEG"), "logo.png", "kind"),
        (WHOLE[: len(WHOLE) // 2], "logo.png", "invalid_image"),
        (moving("PNG"), "logo.png", "animated"),
        (moving("WEBP"), "logo.webp", "animated"),
        (encoded(sign((200, 100))), "logo.png", "too_small"),
        (encoded(sign((2420, 300))), "logo.png", "too_wide"),
        (encoded(sign((200, 420))), "logo.png", "too_tall"),
        (encoded(Pillow.new("RGBA", (600, 200), NOTHING)), "logo.png", "blank"),
        (encoded(Pillow.new("RGB", (600, 200), WHITE)), "logo.png", "blank"),
        (encoded(noise(600, 150)), "logo.png", "too_heavy"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(content: bytes, name: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        taken(content, name)

    assert refused.value.code == code
    assert "%(" not in refused.value.messages[0]


@pytest.mark.parametrize("name", ["logo.webp", "logo.jpg", "logo"])
def test_a_logo_is_what_is_in_the_file_whatever_it_is_called(name: str) -> None:
    assert taken(WHOLE, name).content == taken(WHOLE).content


def test_a_logo_for_the_dark_is_seen_there() -> None:
    with pytest.raises(ValidationError) as refused:
        taken(encoded(sign((600, 200), BLACK)), for_dark=True)

    assert refused.value.code == "unseen"
    assert taken(encoded(sign((600, 200), WHITE)), for_dark=True).ground == Ground.DARK
