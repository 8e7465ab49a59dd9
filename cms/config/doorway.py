"""One door, several houses: hands each request to the part it is for, by its first segment."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH = "healthz"


class Doorway:
    """The ASGI application that the server runs."""

    def __init__(
        self,
        *,
        houses: Mapping[str, Application],
        otherwise: Application,
        wrong: Callable[[], list[str]],
    ) -> None:
        self.houses = houses
        self.otherwise = otherwise
        self.wrong = wrong

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; answer the server's start and stop."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            segment = str(scope["path"]).removeprefix("/").partition("/")[0]
            if segment == HEALTH:
                await self._answer_health(send)
            else:
                await self.houses.get(segment, self.otherwise)(scope, receive, send)

    async def _answer_health(self, send: Send) -> None:
        wrong = self.wrong()
        body = json.dumps({"healthy": not wrong, "wrong": wrong}).encode()
        await send(
            {
                "type": "http.response.start",
                "status": 503 if wrong else 200,
                "headers": [
                    (b"content-type", b"application/json"),
                    (b"cache-control", b"no-store"),
                    (b"content-length", str(len(body)).encode()),
                ],
            }
        )
        await send({"type": "http.response.body", "body": body})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
