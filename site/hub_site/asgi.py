"""The little of ASGI that the gate and the preview need: whole answers to GET and HEAD."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

# ASGI's own shape: a message holds whatever its type needs.
type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete response."""

    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    raw_path: str
    query: str
    headers: Mapping[str, str]


def request_of(scope: Scope) -> Request:
    """Read the parts of the scope that matter; repeated headers are joined as HTTP says."""
    headers: dict[str, str] = {}
    for key, value in scope["headers"]:
        name, text = key.decode("latin-1").lower(), value.decode("latin-1")
        separator = "; " if name == "cookie" else ", "
        headers[name] = f"{headers[name]}{separator}{text}" if name in headers else text
    path = str(scope["path"])
    raw = scope.get("raw_path")
    return Request(
        method=str(scope["method"]),
        path=path,
        raw_path=raw.decode("latin-1").split("?", 1)[0] if isinstance(raw, bytes) else path,
        query=bytes(scope.get("query_string", b"")).decode("latin-1"),
        headers=headers,
    )


async def respond(answer: Answer, send: Send, *, method: str) -> None:
    headers = {**ALWAYS, **answer.headers}
    if answer.status != HTTPStatus.NOT_MODIFIED:
        headers["content-length"] = str(len(answer.body))
    pairs = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": int(answer.status), "headers": pairs})
    body = b"" if method == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})


def app_of(answer_to: Callable[[Request], Awaitable[Answer]]) -> App:
    """Wrap a function from request to answer into an ASGI application."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            request = request_of(scope)
            await respond(await answer_to(request), send, method=request.method)

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
