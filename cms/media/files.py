"""Files to hand out: which kinds, how large, and whether they are what their name says."""

from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_FILM = 500 * 1024 * 1024
"""What the press takes in, and a web server in front lets through; half an hour, well packed."""
_ZIP, _MP4, _WEBM = b"PK\x03\x04", b"ftyp", b"\x1a\x45\xdf\xa3"
KINDS_OF_FILES: dict[str, tuple[int, bytes]] = {
    "pdf": (0, b"%PDF-"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), (0, _ZIP)),
    "mp4": (4, _MP4),
    "webm": (0, _WEBM),
    "txt": (0, b""),
    "vtt": (0, b"WEBVTT"),
}
"""By extension: what a file of this kind begins with, and from which byte on."""
FILMS = frozenset({"mp4", "webm"})
CAPTIONS = "vtt"
_WRITTEN = frozenset({"txt", CAPTIONS})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def extension_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def check_file(upload: IO[bytes], *, name: str) -> None:
    """Refuse what is no file of the kind that its name promises, or more than the press takes.

    Raises:
        ValidationError: saying what to do, in the language of the person.
    """
    extension = extension_of(name)
    if extension not in KINDS_OF_FILES:
        words = _("This kind of file can't be handed out. Use %(kinds)s.")
        raise ValidationError(words % {"kinds": ", ".join(KINDS_OF_FILES)}, code="kind")
    size = upload.seek(0, 2)
    upload.seek(0)
    limit = LARGEST_FILM if extension in FILMS else LARGEST_FILE
    if size > limit:
        words = _("This file is %(size)s; it may be %(limit)s at most. Make it smaller first.")
        told = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        raise ValidationError(words % told, code="file_too_large")
    _check_content(upload, extension)
    upload.seek(0)


def _check_content(upload: IO[bytes], extension: str) -> None:
    start, signature = KINDS_OF_FILES[extension]
    is_written = extension in _WRITTEN
    content = upload.read() if is_written else upload.read(start + len(signature))
    if is_written and not _is_text(content):
        words = _("Save it as text in UTF-8 and try again.")
        raise ValidationError(words, code="encoding")
    if not content.removeprefix(_BYTE_ORDER_MARK)[start:].startswith(signature):
        words = _(
            "This file is not of the kind that its name says. Save it again and try once more."
        )
        raise ValidationError(words, code="other_kind")


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
