"""Asks an ASGI application as a web server would."""

import asyncio
from dataclasses import dataclass

from hub_site.asgi import App, Message


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


def get(app: App, path: str, *, raw: str | None = None, method: str = "GET", **headers: str) -> Got:
    """One request; header names are written with underscores."""
    path, _, query = path.partition("?")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": (raw or path).encode(),
        "query_string": query.encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    start = sent[0]
    given = {name.decode(): value.decode() for name, value in start["headers"]}
    return Got(start["status"], given, b"".join(message["body"] for message in sent[1:]))
