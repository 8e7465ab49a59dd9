"""The little of ASGI that the gate and the preview need: answers to GET and HEAD."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

# ASGI's own shape: a message holds whatever its type needs.
type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Nothing from elsewhere, nothing inline, and only the kinds of files that a page of ours loads.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
# What a page of text and pictures never asks a device for.
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture"),
        *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
        *("publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    )
)
ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": PERMISSIONS,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HTML = "text/html; charset=utf-8"
_NO_BODY: Message = {"type": "http.response.body", "body": b""}


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete response; its messages are made once, however often it is given."""

    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    _start: Message = field(init=False, repr=False, compare=False)
    _rest: Message = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        headers = dict(self.headers)
        if self.status not in {HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT}:
            headers["content-length"] = str(len(self.body))
        object.__setattr__(self, "_start", _start_of(self.status, headers))
        object.__setattr__(self, "_rest", {"type": "http.response.body", "body": self.body})

    async def give(self, send: Send, *, method: str) -> None:
        await send(self._start)
        await send(_NO_BODY if method == "HEAD" else self._rest)


@dataclass(frozen=True, slots=True)
class Piecemeal:
    """An answer that is too large for memory: each piece is read when the one before it went.

    Attributes:
        close: lets go of what the pieces come from, whether all of them were given or none.
    """

    status: HTTPStatus
    headers: Mapping[str, str]
    pieces: AsyncIterator[bytes]
    close: Callable[[], None]

    async def give(self, send: Send, *, method: str) -> None:
        try:
            await send(_start_of(self.status, self.headers))
            if method != "HEAD":
                async for piece in self.pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send(_NO_BODY)
        finally:
            self.close()


def _start_of(status: HTTPStatus, headers: Mapping[str, str]) -> Message:
    pairs = [
        (key.encode("latin-1"), value.encode("latin-1"))
        for key, value in {**ALWAYS, **headers}.items()
    ]
    return {"type": "http.response.start", "status": int(status), "headers": pairs}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; header names and values are as they came, names in lower case."""

    method: str
    path: str
    raw_path: bytes
    query: str
    headers: Mapping[bytes, bytes]


def request_of(scope: Scope) -> Request:
    """Read the parts of the scope that matter."""
    path = scope["path"]
    raw = scope.get("raw_path")
    return Request(
        method=scope["method"],
        path=path,
        raw_path=path.encode() if raw is None else raw.partition(b"?")[0],
        query=scope.get("query_string", b"").decode("latin-1"),
        headers=_headers_of(scope["headers"]),
    )


def _headers_of(pairs: list[tuple[bytes, bytes]]) -> Mapping[bytes, bytes]:
    headers = dict(pairs)
    return headers if len(headers) == len(pairs) else _joined(pairs)


def _joined(pairs: list[tuple[bytes, bytes]]) -> Mapping[bytes, bytes]:
    """Join repeated headers as HTTP says; HTTP/2 sends each cookie in one of its own."""
    headers: dict[bytes, bytes] = {}
    for name, value in pairs:
        separator = b"; " if name == b"cookie" else b", "
        headers[name] = headers[name] + separator + value if name in headers else value
    return headers


def app_of(answer_to: Callable[[Request], Awaitable[Answer | Piecemeal]]) -> App:
    """Wrap a function from request to answer into an ASGI application."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            request = request_of(scope)
            answer = await answer_to(request)
            await answer.give(send, method=request.method)

    return app


async def _live(receive: Receive, send: Send) -> None:
    while True:
        phase = str((await receive())["type"]).removeprefix("lifespan.")
        await send({"type": f"lifespan.{phase}.complete"})
        if phase == "shutdown":
            return


NOT_ALLOWED = Answer(
    HTTPStatus.METHOD_NOT_ALLOWED,
    {
        "allow": "GET, HEAD",
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
    },
    b"Only GET and HEAD.\n",
)
