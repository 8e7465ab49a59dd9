"""The gate: serves the live release to whoever may read it, and to nobody else anything at all."""

import re
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import quote

from hub_site.asgi import HTML, NOT_ALLOWED, Answer, App, Request, app_of
from hub_site.errors import PressError
from hub_site.readers import AudiencesOf, Readers
from hub_site.releases import is_compressible
from hub_site.settings import PressSettings
from hub_site.shown import LiveRelease, Shown

CONTENT = "private, no-cache"
HASHED = "private, max-age=31536000, immutable"
VARY = "Cookie, Accept-Encoding"
_NEVER = {"cache-control": "no-store", "vary": "Cookie"}
_PATH = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")
_HASHED = re.compile(r"assets/(?:.*[./])?[0-9a-f]{8,64}\.[a-z0-9.]+")
_TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
}
_NO_RELEASE = """<!doctype html>
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
_SHUT = """<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<title>Even niet te lezen</title>
<h1>Even niet te lezen</h1>
<p>We kunnen nu niet nagaan wie je bent. Probeer het over een minuut nog eens.</p>
<p lang="en">We can't check who you are right now. Please try again in a minute.</p>
</html>
"""


def gate(settings: PressSettings, audiences_of: AudiencesOf, *, login: str = "/login/") -> App:
    """The ASGI application that serves the hub at `/`."""
    return app_of(Gate(LiveRelease(settings.releases_dir), Readers(audiences_of), login).answer)


def content_type(path: str) -> str:
    return _TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


class Gate:
    """Decides on the normalised path, and only after it knows that somebody may read."""

    def __init__(self, live: LiveRelease, readers: Readers, login: str) -> None:
        self._live = live
        self._readers = readers
        self._login = login

    async def answer(self, request: Request) -> Answer:
        """The same for every path without a session: what exists is not told."""
        if request.method not in {"GET", "HEAD"}:
            return NOT_ALLOWED
        try:
            audiences = await self._readers.audiences(request.headers.get("cookie", ""))
        except Exception:  # noqa: BLE001  a session that can't be checked opens nothing
            return _unavailable(_SHUT)
        if audiences is None:
            location = f"{self._login}?next={quote(request.path, safe='/')}"
            return Answer(HTTPStatus.FOUND, {**_NEVER, "location": location})
        try:
            return await self._shown(request)
        except FileNotFoundError:  # went between the look and the reading: look again
            return await self._shown(request, is_fresh=True)

    async def _shown(self, request: Request, *, is_fresh: bool = False) -> Answer:
        try:
            shown = await self._live.shown(is_fresh=is_fresh)
        except PressError:
            shown = None
        if shown is None:
            return _unavailable(_NO_RELEASE)
        return await self._page(request, shown)

    async def _page(self, request: Request, shown: Shown) -> Answer:
        path = file_at(request)
        if path is None:
            return await self._not_found(request, shown)
        if path in shown.files:
            return await self._file(request, shown, path=path)
        if f"{path}/index.html" in shown.files:
            query = f"?{request.query}" if request.query else ""
            headers = {"cache-control": CONTENT, "vary": VARY, "location": f"/{path}/{query}"}
            return Answer(HTTPStatus.PERMANENT_REDIRECT, headers)
        return await self._not_found(request, shown)

    async def _not_found(self, request: Request, shown: Shown) -> Answer:
        found = await self._file(request, shown, path="404.html", is_conditional=False)
        headers = {key: value for key, value in found.headers.items() if key != "etag"}
        return Answer(HTTPStatus.NOT_FOUND, headers, found.body)

    async def _file(
        self, request: Request, shown: Shown, *, path: str, is_conditional: bool = True
    ) -> Answer:
        digest = shown.files[path]
        kind = content_type(path)
        is_gzipped = is_compressible(path) and accepts_gzip(request)
        tag = f'"{digest[:32]}-gzip"' if is_gzipped else f'"{digest[:32]}"'
        headers = {
            "content-type": kind,
            "cache-control": HASHED if _HASHED.fullmatch(path) else CONTENT,
            "vary": VARY,
            "etag": tag,
        }
        if is_conditional and _is_known(request, tag):
            return Answer(HTTPStatus.NOT_MODIFIED, headers)
        if is_gzipped:
            headers["content-encoding"] = "gzip"
        body = await self._live.body(digest, is_gzipped=is_gzipped)
        return Answer(HTTPStatus.OK, headers, body)


def file_at(request: Request) -> str | None:
    """The file that a path names; None for every path that no page of ours could have."""
    is_odd = "%" in request.raw_path or request.raw_path != request.path
    if is_odd or not _PATH.fullmatch(request.path):
        return None
    path = request.path.removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def accepts_gzip(request: Request) -> bool:
    for choice in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = choice.strip().partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _is_known(request: Request, tag: str) -> bool:
    given = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return "*" in given or any(each.removeprefix("W/") == tag for each in given)


def _unavailable(page: str) -> Answer:
    headers = {**_NEVER, "content-type": HTML, "retry-after": "5"}
    return Answer(HTTPStatus.SERVICE_UNAVAILABLE, headers, page.encode())
