"""The gate: serves the live release to whoever may read it, and to nobody else anything at all."""

import os
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import quote

from hub_site.asgi import HTML, NOT_ALLOWED, Answer, App, Piecemeal, Request, app_of
from hub_site.conditions import accepts_gzip, is_known, part_asked, part_of, told_of
from hub_site.errors import PressError
from hub_site.readers import AudiencesOf, Readers, UncheckedError
from hub_site.readers_on_disk import ReadersOnDisk
from hub_site.ready import Ready, Shelf
from hub_site.releases import compressed, is_compressible
from hub_site.settings import PressSettings
from hub_site.shown import LiveRelease, Shown
from hub_site.trees import YOURS, YOURS_PAGE, tree_of
from hub_site.yours import Joined, joined, newest_of

NOT_FOUND = "404.html"
CONTENT = "private, no-cache"
HASHED = "private, max-age=31536000, immutable"
VARY = "Cookie, Accept-Encoding"
ASK = f"/{YOURS}"
ASKED_FOR = b"x-plein-audience"
_NEVER = {"cache-control": "no-store", "vary": "Cookie"}
HASHED_PATH = re.compile(r"assets/(?:.*[./])?[0-9a-f]{8,64}\.[a-z0-9.]+")
CONTENT_TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}
FILMS = (".mp4", ".webm")
"""Read from the disk a piece at a time, and never kept ready in memory."""
NO_RELEASE = """<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<title>De hub wordt klaargemaakt</title>
<h1>De hub wordt klaargemaakt</h1>
<p>Er is nog geen uitgave. Deze pagina kijkt elke vijf seconden opnieuw.</p>
<p lang="en">The hub is being made ready: there is no release yet. This page looks again
every five seconds.</p>
</html>
"""
SHUT = """<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<title>Even niet te lezen</title>
<h1>Even niet te lezen</h1>
<p>We kunnen nu niet nagaan wie je bent. Probeer het over een minuut nog eens.</p>
<p lang="en">We can't check who you are right now. Please try again in a minute.</p>
</html>
"""


def gate(
    settings: PressSettings,
    audiences_of: AudiencesOf,
    *,
    login: str = "/login/",
    always: Mapping[str, str] | None = None,
    disk: ReadersOnDisk | None = None,
) -> App:
    """The ASGI application that serves the hub at `/`.

    Args:
        settings: where the releases are.
        audiences_of: says who sent a Cookie header.
        login: where a stranger is sent.
        always: headers of every answer.
        disk: keeps who was let in through a restart.
    """
    live = LiveRelease(settings.releases_dir)
    readers = Readers(audiences_of, disk=disk)
    return app_of(Gate(live, readers, login=login, always=always or {}).answer)


def content_type(path: str) -> str:
    return CONTENT_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


class Gate:
    """Decides on the path of the file itself, and only after it knows that somebody may read."""

    def __init__(
        self, live: LiveRelease, readers: Readers, *, login: str, always: Mapping[str, str]
    ) -> None:
        self._live = live
        self._readers = readers
        self._login = login
        self._always = always
        self._shelf = Shelf()
        self._yours = Joined()

    async def answer(self, request: Request) -> Answer | Piecemeal:
        """The same for every path without a session: what exists is not told."""
        if request.method not in {"GET", "HEAD"}:
            return NOT_ALLOWED
        try:
            audiences = await self._readers.audiences(request.headers.get(b"cookie", b""))
        except UncheckedError:  # a session that can't be checked opens nothing
            return self._unavailable(SHUT)
        if request.path == ASK and ASKED_FOR in request.headers:
            return _told(audiences, request.headers[ASKED_FOR].decode("latin-1"))
        if audiences is None:
            location = f"{self._login}?next={quote(request.path, safe='/')}"
            return self._made(HTTPStatus.FOUND, {**_NEVER, "location": location})
        try:
            return await self._shown(request, audiences)
        except FileNotFoundError:  # went between the look and the reading: look again
            return await self._shown(request, audiences, is_fresh=True)

    async def _shown(
        self, request: Request, audiences: frozenset[str], *, is_fresh: bool = False
    ) -> Answer | Piecemeal:
        try:
            shown = await self._live.shown(is_fresh=is_fresh)
        except PressError:
            shown = None
        if shown is None:
            return self._unavailable(NO_RELEASE)
        self._shelf.follow(shown.files)
        self._yours.follow(shown.files)
        if request.raw_path == ASK.encode() == request.path.encode():
            return await self._yours_of(request, shown, audiences)
        return await self._page(request, shown, audiences)

    async def _yours_of(self, request: Request, shown: Shown, audiences: frozenset[str]) -> Answer:
        """The trees that this reader may read, each with what is newest in it, and no other."""
        if YOURS_PAGE not in shown.files:
            return await self._not_found(request, shown)
        names = [YOURS_PAGE, *newest_of(shown.files, audiences)]
        is_gzipped = accepts_gzip(request.headers.get(b"accept-encoding", b""))
        key = (tuple(names), is_gzipped)
        answer = self._yours.take(key)
        if answer is None:
            page, *parts = [
                await self._live.body(shown.files[name], is_gzipped=False) for name in names
            ]
            answer = self._put_together(page, parts, is_gzipped=is_gzipped)
            self._yours.put(key, shown.files, answer)
        return answer

    def _put_together(self, page: bytes, parts: Sequence[bytes], *, is_gzipped: bool) -> Answer:
        headers = {**_NEVER, "content-type": HTML, "vary": VARY}
        body = joined(page, parts)
        if is_gzipped:
            headers["content-encoding"] = "gzip"
            body = compressed(body)
        return self._made(HTTPStatus.OK, headers, body)

    async def _page(
        self, request: Request, shown: Shown, audiences: frozenset[str]
    ) -> Answer | Piecemeal:
        path = file_at(request)
        if path is None or tree_of(path) not in audiences:
            return await self._not_found(request, shown)
        if path in shown.files:
            if path.endswith(FILMS):
                return await self._film(request, path=path, digest=shown.files[path])
            return await self._file(request, shown, path=path)
        if f"{path}/index.html" in shown.files:
            query = f"?{request.query}" if request.query else ""
            headers = {"cache-control": CONTENT, "vary": VARY, "location": f"/{path}/{query}"}
            return self._made(HTTPStatus.PERMANENT_REDIRECT, headers)
        return await self._not_found(request, shown)

    async def _not_found(self, request: Request, shown: Shown) -> Answer:
        ready = await self._ready(request, shown, path=NOT_FOUND)
        told = {"etag", "accept-ranges"}
        headers = {key: value for key, value in ready.whole.headers.items() if key not in told}
        return Answer(HTTPStatus.NOT_FOUND, headers, ready.whole.body)

    async def _file(self, request: Request, shown: Shown, *, path: str) -> Answer:
        ready = await self._ready(request, shown, path=path)
        headers = request.headers
        known = headers.get(b"if-none-match")
        if known is not None and is_known(known, ready.tag):
            return ready.unchanged
        part = headers.get(b"range")
        if part is not None and request.method == "GET":
            return part_of(ready, part, headers.get(b"if-range"))
        return ready.whole

    async def _film(self, request: Request, *, path: str, digest: str) -> Answer | Piecemeal:
        """A film, or the part of it that a player asks for."""
        tag, asked = _tag_of(digest), request.headers
        headers = _headers_of(path, tag)
        known = asked.get(b"if-none-match")
        if known is not None and is_known(known, tag.encode()):
            return self._made(HTTPStatus.NOT_MODIFIED, headers)
        file = await self._live.opened(digest)
        size = os.fstat(file.fileno()).st_size
        headers["accept-ranges"] = "bytes"
        status, part = HTTPStatus.OK, range(size)
        wanted = part_asked(request, tag, size)
        if wanted is not None:
            part = wanted
            status, told = told_of(part, size)
            headers |= told
        headers["content-length"] = str(len(part))
        pieces = self._live.pieces(file, part)
        return Piecemeal(status, {**self._always, **headers}, pieces, file.close)

    async def _ready(self, request: Request, shown: Shown, *, path: str) -> Ready:
        digest = shown.files[path]
        accepted = request.headers.get(b"accept-encoding", b"")
        is_gzipped = is_compressible(path) and accepts_gzip(accepted)
        ready = self._shelf.take(path, digest, is_gzipped=is_gzipped)
        if ready is None:
            body = await self._live.body(digest, is_gzipped=is_gzipped)
            ready = self._make_ready(path, digest, body, is_gzipped=is_gzipped)
            self._shelf.put(path, ready, is_gzipped=is_gzipped)
        return ready

    def _make_ready(self, path: str, digest: str, body: bytes, *, is_gzipped: bool) -> Ready:
        tag = _tag_of(digest, is_gzipped=is_gzipped)
        headers = _headers_of(path, tag)
        encoding = {"content-encoding": "gzip"} if is_gzipped else {}
        whole = {**headers, **encoding, "accept-ranges": "bytes"}
        return Ready(
            digest,
            tag.encode(),
            self._made(HTTPStatus.OK, whole, body),
            self._made(HTTPStatus.NOT_MODIFIED, headers),
        )

    def _made(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        return Answer(status, {**self._always, **headers}, body)

    def _unavailable(self, page: str) -> Answer:
        headers = {**_NEVER, "content-type": HTML, "retry-after": "5"}
        return self._made(HTTPStatus.SERVICE_UNAVAILABLE, headers, page.encode())


def _tag_of(digest: str, *, is_gzipped: bool = False) -> str:
    return f'"{digest[:32]}-gzip"' if is_gzipped else f'"{digest[:32]}"'


def _headers_of(path: str, tag: str) -> dict[str, str]:
    return {
        "content-type": content_type(path),
        "cache-control": HASHED if HASHED_PATH.fullmatch(path) else CONTENT,
        "vary": VARY,
        "etag": tag,
    }


def file_at(request: Request) -> str | None:
    """The file that a path names, as it was sent: an escaped address names no page of ours."""
    if request.raw_path != request.path.encode() or not request.path.startswith("/"):
        return None
    path = request.path[1:]
    return f"{path}index.html" if not path or path.endswith("/") else path


def _told(audiences: frozenset[str] | None, audience: str) -> Answer:
    """What a server in front wants to know of a reader and a tree, in a form it understands."""
    if audiences is None:
        return Answer(HTTPStatus.UNAUTHORIZED, _NEVER)
    return Answer(HTTPStatus.NO_CONTENT if audience in audiences else HTTPStatus.FORBIDDEN, _NEVER)
