"""The sizes in which the hub shows a picture, made once, at upload."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from PIL import Image as Pillow

from cms.media.models import Image, Rendition
from cms.media.signals import renditions_made

WEBP_WIDTHS = (160, 320, 480, 800, 1200, 1600)
JPEG_WIDTHS = (800, 1200)
QUALITY = {"webp": 74, "jpeg": 78}
WHITE = (255, 255, 255)


def specs_for(image: Image) -> list[str]:
    """Return the sizes this image is shown in, none wider than itself, as Wagtail names them."""
    return [
        f"width-{width}|format-{format_name}"
        for format_name, widths in (("webp", WEBP_WIDTHS), ("jpeg", JPEG_WIDTHS))
        for width in sorted({min(width, image.width) for width in widths})
    ]


def missing_renditions(image: Image) -> list[str]:
    """Return the sizes that are still to be made."""
    made = set(
        Rendition.objects.for_hub().filter(image=image).values_list("filter_spec", flat=True)
    )
    return [spec for spec in specs_for(image) if spec not in made]


def ensure_renditions(image: Image) -> list[str]:
    """Make the sizes that are missing, decoding the picture once; return which were made."""
    missing = missing_renditions(image)
    if not missing:
        return []
    with image.open_file() as file, Pillow.open(file) as picture:
        picture.load()
        # Pillow lets go of the interpreter while it scales and encodes: both cores work.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as encoders:
            encoded_files = encoders.map(partial(_encode, picture), missing)
            files = dict(zip(missing, encoded_files, strict=True))
    with transaction.atomic(), _only_whole() as stored:
        for spec, encoded in files.items():
            _keep(image, spec, encoded=encoded, stored=stored)
        renditions_made.send(sender=Image, instance=image)
    return missing


@contextmanager
def _only_whole() -> Iterator[list[str]]:
    """Take away the files that are named, the half of one as well, when their rows don't come."""
    stored: list[str] = []
    try:
        yield stored
    except BaseException:
        for name in stored:
            _storage().delete(name)
        raise


def _encode(picture: Pillow.Image, spec: str) -> bytes:
    _width, format_name = _parts(spec)
    size = _size(spec, width=picture.width, height=picture.height)
    # By whole steps first: of a large picture a small one costs a tenth, and looks the same.
    sized = picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)
    if format_name == "jpeg":
        sized = _flat(sized)
    encoded = BytesIO()
    options = {"method": 6} if format_name == "webp" else {"optimize": True, "progressive": True}
    sized.save(encoded, format_name, quality=QUALITY[format_name], **options)
    return encoded.getvalue()


def _parts(spec: str) -> tuple[int, str]:
    width, format_name = spec.split("|")
    return int(width.removeprefix("width-")), format_name.removeprefix("format-")


def _size(spec: str, *, width: int, height: int) -> tuple[int, int]:
    """Return the width that a picture gets by this name, and the height that goes with it."""
    wanted, _format_name = _parts(spec)
    return wanted, max(1, round(height * wanted / width))


def _flat(picture: Pillow.Image) -> Pillow.Image:
    """Return a picture without transparency: JPEG has none."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    flat = Pillow.new("RGB", clear.size, WHITE)
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _keep(image: Image, spec: str, *, encoded: bytes, stored: list[str]) -> None:
    _wanted, format_name = _parts(spec)
    width, height = _size(spec, width=image.width, height=image.height)
    digest = hashlib.sha256(encoded).hexdigest()
    file = _store(f"{digest}.{format_name}", encoded, stored)
    rendition, is_new = Rendition.objects.get_or_create(
        image=image,
        filter_spec=spec,
        focal_point_key="",
        defaults={
            "file": file,
            "width": width,
            "height": height,
            "content_hash": digest,
            "content_size": len(encoded),
        },
    )
    if not is_new:
        rendition.file = file
        rendition.content_hash, rendition.content_size = digest, len(encoded)
        rendition.save()


def _store(name: str, encoded: bytes, stored: list[str]) -> str:
    """Write a file and return its name; saved with its row, it would be decoded once more."""
    field = Rendition._meta.get_field("file")  # noqa: SLF001 (Django's public name)
    wanted = field.generate_filename(Rendition(), name)
    free = _storage().get_available_name(wanted, max_length=field.max_length)
    stored.append(free)
    written: str = _storage().save(free, ContentFile(encoded), max_length=field.max_length)
    return written


def _storage() -> Storage:
    storage: Storage = Rendition._meta.get_field("file").storage  # noqa: SLF001 (as above)
    return storage
