"""One door, several houses: hands each request to the part it is for, by its first segment."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from django.http.request import split_domain_port, validate_host

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH = "healthz"
METRICS = "metrics"
OF_DJANGO = (
    *("newsroom", "write", "w", "ask", "follow", "graphql", "login", "logout"),
    *("static", "media"),
)
OF_THE_PRESS = "preview"
WITH_SECRETS = frozenset({"w", "f"})
"""Below these an address may hold a code from paper or the key of a feed: no log must keep it."""
ANY_HOST = "*"
MOST_HOSTS = 1000
UNKNOWN_HOST = b"This hub has another name. Its administrator can add this one to PLEIN_HOSTS.\n"


@dataclass(frozen=True)
class Measured:
    """The numbers behind `/metrics`: who may have them, and how they are taken.

    Attributes:
        may: Given where a connection comes from and its headers, by lower-case name.
        take: Reads tables and files; called in a thread of its own.
        content_type: Of what it gives.
    """

    may: Callable[[str, Mapping[str, str]], bool]
    take: Callable[[], str]
    content_type: str


class Hosts:
    """The names this installation answers to; a request for another was led here by somebody."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = [host.lower() for host in allowed]
        self._seen: dict[bytes, bool] = {}

    def know(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Say whether the one Host header names us; two of them are a trick."""
        given = [value for name, value in headers if name == b"host"]
        if len(given) != 1:
            return ANY_HOST in self.allowed
        known = self._seen.get(given[0])
        if known is None:
            known = self._knows(given[0].decode("latin-1"))
            if len(self._seen) < MOST_HOSTS:
                self._seen[given[0]] = known
        return known

    def _knows(self, value: str) -> bool:
        host, _port = split_domain_port(value)
        return bool(host) and validate_host(host, self.allowed)


class Doorway:
    """The ASGI application that the server runs."""

    def __init__(
        self,
        *,
        houses: Mapping[str, Application],
        otherwise: Application,
        wrong: Callable[[], list[str]],
        measured: Measured | None = None,
        hosts: Iterable[str] = (ANY_HOST,),
    ) -> None:
        self.houses = houses
        self.otherwise = otherwise
        self.wrong = wrong
        self.measured = measured
        self.hosts = Hosts(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; answer the server's start and stop."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            segment = str(scope["path"]).removeprefix("/").partition("/")[0]
            if segment == HEALTH:
                await self._answer_health(send)
            elif segment == METRICS and self.measured:
                await _answer_metrics(scope, send, self.measured)
            elif not self.hosts.know(scope["headers"]):
                await _answer(send, 400, UNKNOWN_HOST, content_type="text/plain; charset=utf-8")
            else:
                house = self.houses.get(segment, self.otherwise)
                await house(_without_secret(scope, segment), receive, send)

    async def _answer_health(self, send: Send) -> None:
        wrong = self.wrong()
        body = json.dumps({"healthy": not wrong, "wrong": wrong}).encode()
        await _answer(send, 503 if wrong else 200, body, content_type="application/json")


def _without_secret(scope: Scope, segment: str) -> Scope:
    """Return what a house is asked; the server, which logs its own copy, keeps no secret."""
    if segment not in WITH_SECRETS:
        return scope
    asked = dict(scope)
    scope["path"] = f"/{segment}/"
    return asked


async def _answer_metrics(scope: Scope, send: Send, measured: Measured) -> None:
    """Give the numbers; whoever may not have them can't see that there are any."""
    headers = {key.decode("latin-1").lower(): value for key, value in scope["headers"]}
    told = {key: value.decode("latin-1") for key, value in headers.items()}
    client = str((scope.get("client") or ("",))[0])
    if not measured.may(client, told):
        await _answer(send, 404, b"Not found.\n", content_type="text/plain; charset=utf-8")
        return
    body = (await asyncio.to_thread(measured.take)).encode()
    await _answer(send, 200, body, content_type=measured.content_type)


async def _answer(send: Send, status: int, body: bytes, *, content_type: str) -> None:
    headers = [
        (b"content-type", content_type.encode("ascii")),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
