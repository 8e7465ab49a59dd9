"""Pictures from outside: what is refused, how cheaply, and what is left of what is kept."""

import io
import struct
import tracemalloc
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image as Pillow
from pytest_django import Settings

from cms.media.intake import LONGEST_SIDE, take_in

RED = (200, 20, 20)


def picture(
    kind: str = "JPEG", *, size: tuple[int, int] = (64, 32), mode: str = "RGB", **options: object
) -> bytes:
    """Return the bytes of a picture whose left half is red."""
    made = Pillow.new(mode, size, 0)
    made.paste(RED if mode == "RGB" else (*RED, 128), (0, 0, size[0] // 2, size[1]))
    encoded = io.BytesIO()
    made.save(encoded, kind, **options)
    return encoded.getvalue()


def taken(content: bytes, name: str) -> Pillow.Image:
    with take_in(io.BytesIO(content), name=name).open() as file:
        made = Pillow.open(file)
        made.load()
        return made


def redness(made: Pillow.Image, place: tuple[int, int]) -> int:
    pixel = made.getpixel(place)
    assert isinstance(pixel, tuple)
    return pixel[0]


def refusal(content: bytes, name: str) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        take_in(io.BytesIO(content), name=name)
    return caught.value


def png_header_only(width: int, height: int) -> bytes:
    """Return a PNG that says it is huge and holds nothing: a bomb costs its maker nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    pixels = zlib.compress(b"\x00" * 10_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("JPEG", "a.jpg", "JPEG"),
        ("JPEG", "A.JPEG", "JPEG"),
        ("PNG", "a.png", "PNG"),
        ("WEBP", "a.webp", "WEBP"),
        ("GIF", "a.gif", "PNG"),
        ("AVIF", "a.avif", "JPEG"),
        ("HEIF", "a.heic", "JPEG"),
    ],
)
def test_every_format_is_kept_as_one_that_all_can_read(kind: str, name: str, kept: str) -> None:
    made = taken(picture(kind), name)

    assert made.format == kept
    assert made.size == (64, 32)


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("HEIF", "IMG_4031.jpg", "IMG_4031.jpeg"),  # what a phone or a mail program makes of it
        ("PNG", "a.jpg", "a.png"),
        ("JPEG", "a.png", "a.jpeg"),
        ("WEBP", "a.jpg", "a.webp"),
        ("AVIF", "a.jpg", "a.jpeg"),
        ("JPEG", "image", "image.jpeg"),
        ("JPEG", "a.jpg.exe", "a.jpg.jpeg"),
    ],
)
def test_a_picture_is_what_is_in_it_whatever_it_is_called(kind: str, name: str, kept: str) -> None:
    clean = take_in(io.BytesIO(picture(kind)), name=name)

    assert clean.name == kept
    with Pillow.open(clean) as made:
        assert made.format == {"jpeg": "JPEG"}.get(kept.rpartition(".")[2], kind)
        assert made.size == (64, 32)


def test_place_camera_and_profile_are_left_behind() -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "SecretCam"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 0.0)
    content = picture(exif=exif, comment=b"SecretNote", icc_profile=b"SecretProfile" * 20)

    kept = take_in(io.BytesIO(content), name="a.jpg").read()

    assert b"Secret" in content
    assert b"Secret" not in kept
    assert b"Exif" not in kept
    assert not Pillow.open(io.BytesIO(kept)).getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_lose_their_notes_as_well(kind: str) -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "SecretCam"

    kept = take_in(io.BytesIO(picture(kind, exif=exif)), name=f"a.{kind.lower()}").read()

    assert b"SecretCam" not in kept


def test_a_picture_held_sideways_is_put_upright() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6

    made = taken(picture(exif=exif, quality=95), "a.jpg")

    assert made.size == (32, 64)
    assert redness(made, (16, 4)) > 150
    assert redness(made, (16, 60)) < 60


def test_transparency_stays_in_png_and_webp() -> None:
    for kind in ("PNG", "WEBP"):
        assert taken(picture(kind, mode="RGBA"), f"a.{kind.lower()}").mode == "RGBA"


def test_a_second_file_behind_the_picture_is_gone() -> None:
    content = picture("GIF") + b"<script>alert(1)</script>PK\x03\x04"

    assert b"<script>" not in take_in(io.BytesIO(content), name="a.gif").read()


def test_a_giant_is_made_smaller() -> None:
    made = taken(picture(size=(LONGEST_SIDE * 2, 100)), "a.jpg")

    assert made.size == (LONGEST_SIDE, 50)


@pytest.mark.parametrize("size", [(13_000, 13_000), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    content = png_header_only(*size)
    tracemalloc.start()
    try:
        error = refusal(content, "a.png")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert error.code == "file_too_many_pixels"
    assert peak < 3_000_000


def test_a_bomb_of_text_in_a_picture_is_refused() -> None:
    text = b"Comment\x00\x00" + zlib.compress(b"A" * 80_000_000)
    chunk = (
        struct.pack(">I", len(text))
        + b"zTXt"
        + text
        + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    )
    content = picture("PNG")

    assert refusal(content[:33] + chunk + content[33:], "a.png").code == "invalid_image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"])
def test_a_picture_that_was_cut_off_is_refused(kind: str) -> None:
    content = picture(kind, size=(400, 300))
    name = {"JPEG": "a.jpg", "HEIF": "a.heic"}.get(kind, f"a.{kind.lower()}")

    assert refusal(content[: len(content) // 2], name).code in {
        "invalid_image",
        "invalid_image_known_format",
    }


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.jpg", "invalid_image_known_format"),
        (b"no picture at all", "a.jpg", "invalid_image_known_format"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.jpg", "invalid_image_known_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "invalid_image_extension"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "invalid_image_known_format"),
        (picture("TIFF"), "a.tiff", "invalid_image_extension"),
        (picture("TIFF"), "a.jpg", "invalid_image_known_format"),
        (picture("BMP"), "a.png", "invalid_image_known_format"),
        (b"%PDF-1.4", "a", "invalid_image_extension"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name).code == code


def test_a_file_that_is_too_large_is_refused(settings: Settings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100

    assert refusal(picture(), "a.jpg").code == "file_too_large"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.svg", b"<svg/>"), ("a.png", b"<svg/>"), ("a.jpg", picture()[:300])],
)
def test_refusals_speak_the_language_of_the_person(name: str, content: bytes) -> None:
    with translation.override("en"):
        english = str(refusal(content, name).message)
    with translation.override("nl"):
        dutch = str(refusal(content, name).message)

    assert english != dutch
