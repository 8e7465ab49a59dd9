"""What comes in from outside: bounded before it is decoded, decoded once, written anew.

An original that passed holds pixels and nothing else: no place, no camera, no second file.
"""

from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

READABLE = {
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "avif": "AVIF",
    "heic": "HEIF",
}
FORMATS = list(dict.fromkeys(READABLE.values()))
KEPT_AS = {"PNG": "png", "GIF": "png", "WEBP": "webp"}
"""Formats that may be transparent stay so; everything else becomes a JPEG."""
LONGEST_SIDE = 4000
JPEG_OPTIONS: dict[str, Any] = {"quality": 90, "optimize": True, "progressive": True}
OPTIONS: dict[str, dict[str, Any]] = {
    "jpeg": JPEG_OPTIONS,
    "png": {"optimize": False},
    "webp": {"quality": 90, "method": 4},
}
BROKEN = (OSError, SyntaxError, ValueError, EOFError, MemoryError)
"""What Pillow raises, depending on the format, when a file is not what it says."""


class CleanPicture(ContentFile[bytes]):
    """A picture that was taken in: safe to keep and to decode again."""


def take_in(upload: IO[bytes], *, name: str) -> CleanPicture:
    """Return the picture in an uploaded file, written anew without anything but its pixels.

    What is in it decides, not what it is called: phones and mail programs call a HEIC a JPG.

    Raises:
        ValidationError: saying what is wrong with it, in the language of the person.
    """
    _check_bytes(upload)
    try:
        with _open(upload, name) as picture:
            _check_pixels(picture)
            encoded, kept_as = _encode(picture)
    except ValidationError:
        raise
    except BROKEN as error:
        raise ValidationError(_broken(), code="invalid_image") from error
    return CleanPicture(encoded, name=f"{PurePath(name).stem[:80]}.{kept_as}")


def _check_bytes(upload: IO[bytes]) -> None:
    size = upload.seek(0, 2)
    upload.seek(0)
    if size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        message = _("This file is %(size)s; a picture may be %(limit)s at most.") % {
            "size": filesizeformat(size),
            "limit": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
        }
        raise ValidationError(message, code="file_too_large")


def _open(upload: IO[bytes], name: str) -> Pillow.Image:
    """Read the header only."""
    try:
        return Pillow.open(upload, formats=FORMATS)
    except UnidentifiedImageError as error:
        # The name only chooses the words.
        if PurePath(name).suffix.lower().removeprefix(".") not in READABLE:
            raise ValidationError(_not_supported(), code="invalid_image_extension") from error
        raise ValidationError(_no_picture(), code="invalid_image_known_format") from error
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as error:
        raise ValidationError(_too_many_pixels(), code="file_too_many_pixels") from error


def _check_pixels(picture: Pillow.Image) -> None:
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(_too_many_pixels(), code="file_too_many_pixels")


def _encode(picture: Pillow.Image) -> tuple[bytes, str]:
    kept_as = KEPT_AS.get(picture.format or "", "jpeg")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    upright = _in_screen_colours(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Pillow.Resampling.LANCZOS)
    clean = _pixels_only(upright, kept_as)
    encoded = BytesIO()
    clean.save(encoded, kept_as, **OPTIONS[kept_as])
    return encoded.getvalue(), kept_as


def _in_screen_colours(picture: Pillow.Image) -> Pillow.Image:
    """Convert a camera's wide colours; a broken profile is no reason to refuse a picture."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, screen, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _pixels_only(picture: Pillow.Image, kept_as: str) -> Pillow.Image:
    mode = "RGBA" if kept_as != "jpeg" and picture.has_transparency_data else "RGB"
    clean = picture.convert(mode)
    clean.info.clear()
    return clean


def _too_many_pixels() -> str:
    return _("This picture has too many pixels. Make it smaller, up to %(limit)s million.") % {
        "limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    }


def _not_supported() -> str:
    return _("This kind of file can't be used as a picture. Use JPG, PNG, WebP or HEIC.")


def _no_picture() -> str:
    return _("There is no picture in this file, whatever its name. Save it as JPG or PNG again.")


def _broken() -> str:
    return _("This picture is damaged or incomplete. Save or send it again and try once more.")
