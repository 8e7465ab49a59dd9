"""Bytes of pictures and files for the press, by the hash of what they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from cms.core.models import Logo, Style
from cms.documents.models import PublicDocument
from cms.documents.sources import sources_of
from cms.media.models import Document as File
from cms.media.models import Image, Rendition
from hub_api.answers import refusal, stranger
from hub_api.callers import Caller, caller_of
from hub_api.preview import page_of_preview

TYPES = {"webp": "image/webp", "jpeg": "image/jpeg"}
ANY_TYPE = "application/octet-stream"
PIECE = 256 * 1024
# The one way in which our own preview asks; whoever asks otherwise gets the whole.
PART = re.compile(r"bytes=(\d{1,15})-(\d{1,15})")


class Film(FileResponse):
    """A file that may be too large for memory, sent in pieces that are worth their while."""

    block_size = PIECE


type _Found = Rendition | File | Logo


@require_safe
def picture(request: HttpRequest, content_hash: str) -> HttpResponseBase:
    """Send the bytes of what is public to the press, of what a draft shows to its preview."""
    caller = caller_of(request)
    token = request.GET.get("preview")
    if caller is None and (token is None or "Authorization" in request.headers):
        return stranger()
    wanted = _Wanted(
        renditions=Rendition.objects.for_hub().filter(content_hash=content_hash),
        files=File.objects.filter(content_hash=content_hash),
        logos=Logo.objects.filter(content_hash=content_hash),
    )
    found = None
    if caller is not None and caller.is_press:
        found = _public(wanted, caller)
    if found is None and token is not None:
        found = _of_preview(wanted, token)
    return _nothing() if found is None else _send(found, request.headers.get("Range", ""))


@dataclass(frozen=True)
class _Wanted:
    """What has the hash that was asked for: no two things of different content do."""

    renditions: QuerySet[Rendition]
    files: QuerySet[File]
    logos: QuerySet[Logo]

    def first(self, *, of_images: Any, among_files: Any, is_dressed: bool) -> _Found | None:
        """Return the first that belongs to one of these; a logo where the house style shows."""
        rendition = self.renditions.filter(**of_images).first()
        found = rendition or self.files.filter(**among_files).first()
        return found or (self.logos.first() if is_dressed else None)


def _public(wanted: _Wanted, caller: Caller) -> _Found | None:
    public = PublicDocument.objects.filter(caller.may_read).values("public_id")
    return wanted.first(
        of_images={"image__public_id__in": public.filter(kind="image")},
        among_files={"public_id__in": public.filter(kind="file")},
        is_dressed=public.filter(kind="style").exists(),
    )


def _of_preview(wanted: _Wanted, token: str) -> _Found | None:
    page = page_of_preview(token)
    if page is None:
        return None
    sources = sources_of(page)
    return wanted.first(
        of_images={"image__in": [each.pk for each in sources if isinstance(each, Image)]},
        among_files={"pk__in": [each.pk for each in sources if isinstance(each, File)]},
        is_dressed=any(isinstance(each, Style) for each in sources),
    )


def _send(found: _Found, asked: str) -> HttpResponseBase:
    try:
        response = _body_of(found, asked)
    except FileNotFoundError:
        return _nothing()
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _body_of(found: _Found, asked: str) -> HttpResponseBase:
    if isinstance(found, Logo):
        return HttpResponse(bytes(found.content), content_type=TYPES["webp"])
    content_type = TYPES[found.format] if isinstance(found, Rendition) else ANY_TYPE
    size = found.file.size
    part = _part_asked(asked, size)
    if part:
        told = {
            "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}",
            "Content-Length": str(len(part)),
        }
        pieces = _pieces(found.file, part)
        return StreamingHttpResponse(pieces, status=206, content_type=content_type, headers=told)
    response = Film(found.file.open("rb"), content_type=content_type)
    del response["Content-Disposition"]  # the hash says enough of what it is
    return response


def _part_asked(asked: str, size: int) -> range:
    """Read a Range header: the bytes that it names of so many, none where it names none."""
    found = PART.fullmatch(asked)
    return range(int(found[1]), min(int(found[2]) + 1, size)) if found else range(0)


def _pieces(file: FieldFile, part: range) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(part.start)
        for start in range(part.start, part.stop, PIECE):
            yield opened.read(min(PIECE, part.stop - start))


def _nothing() -> HttpResponseBase:
    return refusal(404, "NOT_FOUND", message="There is no such picture.")
