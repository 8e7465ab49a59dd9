"""Image bytes for the press, by the hash of what they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from cms.documents.models import PublicDocument
from cms.documents.sources import sources_of
from cms.media.models import Image, Rendition
from hub_api.answers import refusal, stranger
from hub_api.callers import Caller, caller_of
from hub_api.preview import page_of_preview

TYPES = {"webp": "image/webp", "jpeg": "image/jpeg"}


@require_safe
def picture(request: HttpRequest, content_hash: str) -> HttpResponseBase:
    """Send the bytes of a public picture to the press, of a draft's picture to its preview."""
    caller = caller_of(request)
    token = request.GET.get("preview")
    if caller is None and (token is None or "Authorization" in request.headers):
        return stranger()
    wanted = Rendition.objects.for_hub().filter(content_hash=content_hash)
    found = None
    if caller is not None and caller.is_press:
        found = _public(wanted, caller)
    if found is None and token is not None:
        found = _of_preview(wanted, token)
    return _nothing() if found is None else _send(found)


def _public(wanted: Any, caller: Caller) -> Rendition | None:
    public = PublicDocument.objects.filter(caller.may_read, kind="image").values("public_id")
    return wanted.filter(image__public_id__in=public).first()  # type: ignore[no-any-return]


def _of_preview(wanted: Any, token: str) -> Rendition | None:
    page = page_of_preview(token)
    if page is None:
        return None
    shown = [source.pk for source in sources_of(page) if isinstance(source, Image)]
    return wanted.filter(image__in=shown).first()  # type: ignore[no-any-return]


def _send(rendition: Rendition) -> HttpResponseBase:
    try:
        with rendition.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=TYPES[rendition.format])
    except FileNotFoundError:
        return _nothing()
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _nothing() -> HttpResponseBase:
    return refusal(404, "NOT_FOUND", message="There is no such picture.")
