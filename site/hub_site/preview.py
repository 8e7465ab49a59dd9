"""The preview: one draft, printed with the same code and templates as the hub."""

import asyncio
import re
import shutil
import weakref
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from urllib.parse import parse_qs, quote

from hub_site.asgi import ALWAYS, HTML, NOT_ALLOWED, Answer, App, Piecemeal, Request, app_of
from hub_site.client import Newsroom
from hub_site.conditions import accepts_gzip, is_known, part_asked, told_of
from hub_site.content.documents import Document, Rendition
from hub_site.content.feed import PreviewAnswer
from hub_site.content.fields import DocumentError
from hub_site.content.parsing import PATH, parse, parse_all
from hub_site.errors import PressError, PreviewRefusedError
from hub_site.handkept import HandKept, read_pages
from hub_site.pages import HubView, compose_one
from hub_site.releases import compressed, is_compressible
from hub_site.render import Renderer
from hub_site.serve import HASHED, content_type
from hub_site.settings import PressSettings
from hub_site.stage import stage_page, staged_config

CARD = "card"
CARD_TEMPLATE = "card.html"
STYLESHEET = "assets/hub.css"
_LINKED = re.compile(rb'(rel="stylesheet" href=")assets/hub\.css(?=")')
_MOST_LOOKS = 8
_LETTERS = "private, max-age=86400"
"""Letters are most of what a preview weighs; under one name they stay what they are."""
_LONGEST_TOKEN = 2048
_IMAGE = re.compile(r"image/([0-9a-f]{64})")
_PRIVATE = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
    "x-frame-options": "SAMEORIGIN",
    "content-security-policy": ALWAYS["content-security-policy"],
}
_MESSAGE = """<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<h1>{title}</h1>
<p>{dutch}</p>
<p lang="en">{english}</p>
</html>
"""
_EXPIRED = _MESSAGE.format(
    title="Dit voorbeeld is niet meer geldig",
    dutch="Een voorbeeld blijft een kwartier te bekijken. Open het opnieuw vanuit de redactie.",
    english="A preview can be looked at for fifteen minutes. Open it again from the newsroom.",
)
_UNFINISHED = _MESSAGE.format(
    title="Dit concept is nog niet te tonen",
    dutch="Er ontbreekt nog iets wat elke pagina nodig heeft. Vul het aan en kijk opnieuw.",
    english="Something that every page needs is still missing. Fill it in and look again.",
)
_FAILED = _MESSAGE.format(
    title="Het voorbeeld is niet gelukt",
    dutch="Je tekst is bewaard. Probeer het nog eens; blijft het zo, zeg het dan de beheerder.",
    english="Your text is saved. Try again; if it stays like this, tell the administrator.",
)


def preview_app(settings: PressSettings, *, mount: str = "/preview") -> App:
    """The ASGI application that shows drafts, to be mounted at `mount`."""
    return app_of(Preview(settings, Newsroom(settings), mount).answer)


class Preview:
    """Keeps its own warm renderer; one draft is printed at a time."""

    def __init__(self, settings: PressSettings, newsroom: Newsroom, mount: str) -> None:
        self._settings = settings
        self._newsroom = newsroom
        self._mount = mount
        # Of this process alone: several web workers would write over each other in one folder.
        folder = mkdtemp(prefix="plein-preview-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._renderer = Renderer(Path(folder), compiled=settings.staged_dir / "compiled")
        self._lock = Lock()
        self._templates: Mapping[str, bytes] = {}
        self._looks: OrderedDict[str, bytes] = OrderedDict()

    @cached_property
    def _kept(self) -> tuple[HandKept, ...]:
        return read_pages(self._settings.pages_dir).pages

    async def answer(self, request: Request) -> Answer | Piecemeal:
        if request.method not in {"GET", "HEAD"}:
            return NOT_ALLOWED
        path = request.path.removeprefix(self._mount).removeprefix("/")
        token = _token_in(request.query)
        if path.startswith("assets/"):
            return await asyncio.to_thread(self._asset, path, request)
        image = _IMAGE.fullmatch(path)
        if image is not None:
            return await self._media(image[1], token, request)
        if path:
            # A link inside the draft leads to the hub itself.
            headers = {**_PRIVATE, "location": f"/{quote(path)}"}
            return Answer(HTTPStatus.TEMPORARY_REDIRECT, headers)
        look = parse_qs(request.query).get("look", [""])[0]
        return await asyncio.to_thread(self._page, token, request, as_card=look == CARD)

    def _page(self, token: str | None, request: Request, *, as_card: bool) -> Answer:
        try:
            if token is None:
                return _message(HTTPStatus.FORBIDDEN, _EXPIRED)
            body = self._print(self._newsroom.preview(token), token, as_card=as_card)
        except PreviewRefusedError:
            return _message(HTTPStatus.FORBIDDEN, _EXPIRED)
        except DocumentError:
            return _message(HTTPStatus.UNPROCESSABLE_ENTITY, _UNFINISHED)
        except PressError:
            return _message(HTTPStatus.BAD_GATEWAY, _FAILED)
        headers = {**_PRIVATE, "content-type": HTML}
        if accepts_gzip(request.headers.get(b"accept-encoding", b"")):
            return _squeezed(headers, body)
        return Answer(HTTPStatus.OK, headers, body)

    def _print(self, answer: PreviewAnswer, token: str, *, as_card: bool) -> bytes:
        def picture_address(rendition: Rendition) -> str:
            return f"{self._mount}/image/{rendition.hash}?token={quote(token, safe='')}"

        references = parse_all((str(raw.get("id")), raw) for raw in answer.references)
        hub, page = compose_one(
            references.documents,
            _draft(answer.document, answer.as_of),
            as_of=answer.as_of,
            kept=self._kept,
            picture_address=picture_address,
        )
        if as_card and "standfirst" in page.view:
            # What is said of an item in a list is part of what its own page says.
            page = replace(page, template=CARD_TEMPLATE)
        # Printed as the page at the root of the preview, so that its relative links start there.
        staged = stage_page(page, uri="index.md")
        config = staged_config(hub, self._settings)
        with self._lock:
            body = self._renderer.render_one(staged, config)
            self._templates = self._printed_templates(config)
            return _LINKED.sub(rb"\g<0>?look=" + self._kept_look().encode(), body)

    async def _media(self, digest: str, token: str | None, request: Request) -> Answer | Piecemeal:
        """A picture, or a film or the part of it that a player asks for."""
        if token is None:
            return _message(HTTPStatus.NOT_FOUND, _EXPIRED)
        try:
            if request.method == "GET" and b"range" in request.headers:
                return await self._part(digest, token, request)
            return await self._sent(digest, token)
        except PressError:
            return _message(HTTPStatus.BAD_GATEWAY, _FAILED)

    async def _part(self, digest: str, token: str, request: Request) -> Answer | Piecemeal:
        found = await asyncio.to_thread(self._newsroom.beginning, digest, preview=token)
        if found is None:
            return _message(HTTPStatus.NOT_FOUND, _EXPIRED)
        beginning, size = found
        part = part_asked(request, _tag_of(digest), size)
        if part is None:
            return await self._sent(digest, token)
        status, told = told_of(part, size)
        headers = {**_media_headers(digest, beginning), **told}
        if not part:
            return Answer(status, headers)
        headers["content-length"] = str(len(part))
        return await self._sent(digest, token, part=part, status=status, headers=headers)

    async def _sent(
        self,
        digest: str,
        token: str,
        *,
        part: range | None = None,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
    ) -> Answer | Piecemeal:
        line = ExitStack()
        coming = self._newsroom.picture(digest, preview=token, part=part)
        try:
            pieces = await asyncio.to_thread(line.enter_context, coming)
            first = await asyncio.to_thread(next, pieces, b"") if pieces else None
        except PressError:
            line.close()
            raise
        if pieces is None or first is None:
            line.close()
            return _message(HTTPStatus.NOT_FOUND, _EXPIRED)
        told = headers or _media_headers(digest, first)
        return Piecemeal(status, told, _one_by_one(first, pieces), line.close)

    def _asset(self, path: str, request: Request) -> Answer:
        """The theme's own files, which hold nothing of anybody."""
        look = parse_qs(request.query).get("look", [""])[0]
        with self._lock:
            named = self._looks.get(look) if path == STYLESHEET else None
            body = self._theme_file(path) if named is None else named
        if body is None:
            return _message(HTTPStatus.NOT_FOUND, _EXPIRED)
        lasting = _LETTERS if path.endswith(".woff2") else "private, no-cache"
        return _file(path, body, request, cached=lasting if named is None else HASHED)

    def _theme_file(self, path: str) -> bytes | None:
        if not self._templates:
            self._templates = self._printed_templates(self._plain_config())
        file = self._renderer.assets.get(path)
        return file.read_bytes() if file else self._templates.get(path)

    def _printed_templates(self, config: str) -> Mapping[str, bytes]:
        printed = self._renderer.render_templates(config, "assets/")
        return {each.path: each.body for each in printed}

    def _kept_look(self) -> str:
        """Keep the stylesheet of the draft just printed, in the colours of its hub; name it.

        Where several web workers answer, one that never printed in this look gives its newest.
        """
        sheet = self._templates[STYLESHEET]
        name = sha256(sheet).hexdigest()[:16]
        self._looks[name] = sheet
        self._looks.move_to_end(name)
        while len(self._looks) > _MOST_LOOKS:
            self._looks.popitem(last=False)
        return name

    def _plain_config(self) -> str:
        """The configuration before any draft was seen: the theme in its own colours."""
        hub = HubView(
            name="Plein",
            organisation="",
            introduction="",
            language="nl",
            headcount=None,
            editors="",
            editors_email=None,
            ask=False,
            tabs=[],
            rubrics=[],
            pages=[],
            style=None,
        )
        return staged_config(hub, self._settings)


async def _one_by_one(first: bytes, rest: Iterator[bytes]) -> AsyncIterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = await asyncio.to_thread(next, rest, b"")


def _draft(raw: Mapping[str, object], as_of: datetime) -> Document:
    """Read a draft, which may still lack the address and the date that publishing gives it."""
    # For whom it is decides who may read the page, not what the page looks like.
    draft = {**raw, "audience": "everyone"}
    if draft.get("kind") != "hub" and not PATH.fullmatch(str(draft.get("path"))):
        draft["path"] = "concept/"
    if draft.get("published_at", as_of) is None:
        draft["published_at"] = as_of.isoformat()
    return parse(draft)


def _file(path: str, body: bytes, request: Request, *, cached: str) -> Answer:
    """A file of the theme, small where it is text, and not again to who has it."""
    is_gzipped = is_compressible(path) and accepts_gzip(
        request.headers.get(b"accept-encoding", b"")
    )
    tag = f'"{sha256(body).hexdigest()[:32]}{"-gzip" if is_gzipped else ""}"'
    headers = {**_PRIVATE, "cache-control": cached, "etag": tag}
    headers |= {"content-type": content_type(path), "vary": "Accept-Encoding"}
    if is_known(request.headers.get(b"if-none-match", b""), tag.encode()):
        return Answer(HTTPStatus.NOT_MODIFIED, headers)
    return _squeezed(headers, body) if is_gzipped else Answer(HTTPStatus.OK, headers, body)


def _squeezed(headers: Mapping[str, str], body: bytes) -> Answer:
    return Answer(HTTPStatus.OK, {**headers, "content-encoding": "gzip"}, compressed(body))


def _token_in(query: str) -> str | None:
    token = parse_qs(query).get("token", [""])[0]
    return token if 0 < len(token) <= _LONGEST_TOKEN else None


def _message(status: HTTPStatus, page: str) -> Answer:
    return Answer(status, {**_PRIVATE, "content-type": HTML}, page.encode())


def _tag_of(digest: str) -> str:
    return f'"{digest[:32]}"'


def _media_headers(digest: str, beginning: bytes) -> dict[str, str]:
    told = {"etag": _tag_of(digest), "accept-ranges": "bytes"}
    return {**_PRIVATE, **told, "content-type": _kind_of(beginning)}


def _kind_of(body: bytes) -> str:
    """What the newsroom's bytes are, which are addressed by their hash and so have no name."""
    if body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp":
        return "video/mp4"
    for start, kind in _STARTS.items():
        if body.startswith(start):
            return kind
    return "application/octet-stream"


_STARTS = {
    b"\xff\xd8": "image/jpeg",
    b"\x1a\x45\xdf\xa3": "video/webm",
    b"%PDF-": "application/pdf",
    b"WEBVTT": "text/vtt; charset=utf-8",
    b"\xef\xbb\xbfWEBVTT": "text/vtt; charset=utf-8",
}
