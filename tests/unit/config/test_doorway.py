import asyncio
import json
from typing import Any

import pytest

from cms.config.doorway import Doorway, Measured, Message, Receive, Scope, Send


def house(name: str) -> Any:
    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": name.encode()})

    return answer


def door(wrong: list[str] | None = None) -> Doorway:
    return Doorway(
        houses={"newsroom": house("newsroom")},
        otherwise=house("hub"),
        wrong=lambda: wrong or [],
        measured=Measured(
            may=lambda client, headers: (client, headers) == ("127.0.0.1", {"x-who": "me"}),
            take=lambda: "plein_release_number 412\n",
            content_type="text/plain",
        ),
    )


def ask(
    application: Doorway,
    path: str,
    *,
    client: str = "127.0.0.1",
    others: tuple[tuple[bytes, bytes], ...] = (),
) -> tuple[int, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"X-Who", b"me"), *others]
    scope = {"type": "http", "path": path, "headers": headers, "client": (client, 1)}
    asyncio.run(application(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/newsroom/", b"newsroom"),
        ("/newsroom", b"newsroom"),
        ("/newsrooms/", b"hub"),
        ("/", b"hub"),
        ("", b"hub"),
        ("/onderweg/newsroom/", b"hub"),
        ("//newsroom/", b"hub"),
    ],
)
def test_the_first_segment_decides_who_answers(path: str, name: bytes) -> None:
    assert ask(door(), path) == (200, name)


def test_health_is_200_when_nothing_is_wrong() -> None:
    status, body = ask(door(), "/healthz")

    assert (status, json.loads(body)) == (200, {"healthy": True, "wrong": []})


def test_health_is_503_and_says_what_is_wrong() -> None:
    status, body = ask(door(["The clock has not started yet."]), "/healthz/")

    assert status == 503
    assert json.loads(body)["wrong"] == ["The clock has not started yet."]


def test_the_numbers_are_given_to_who_may_have_them() -> None:
    assert ask(door(), "/metrics") == (200, b"plein_release_number 412\n")


def test_to_others_there_are_no_numbers() -> None:
    status, body = ask(door(), "/metrics", client="192.0.2.7")

    assert status == 404
    assert b"plein" not in body


def test_the_server_may_start_and_stop() -> None:
    asked = iter(["lifespan.startup", "lifespan.shutdown"])
    answered: list[str] = []

    async def receive() -> Message:
        return {"type": next(asked)}

    async def send(message: Message) -> None:
        answered.append(message["type"])

    asyncio.run(door()({"type": "lifespan"}, receive, send))

    assert answered == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_web_socket_is_not_answered() -> None:
    async def never(*_args: object) -> Any:
        pytest.fail("answered")

    asyncio.run(door()({"type": "websocket", "path": "/"}, never, never))


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        ([b"hub.example"], 200),
        ([b"HUB.example:8443"], 200),
        ([b"[::1]:8000"], 200),
        ([b"evil.example"], 400),
        ([b"hub.example.evil.example"], 400),
        ([b"hub.example@evil.example"], 400),
        ([b"hub.example", b"evil.example"], 400),
        ([b"hub.example, evil.example"], 400),
        ([b""], 400),
        ([], 400),
    ],
)
def test_a_host_that_is_not_ours_is_refused_by_every_house(hosts: list[bytes], status: int) -> None:
    named = Doorway(
        houses={"newsroom": house("newsroom")},
        otherwise=house("hub"),
        wrong=list,
        hosts=["hub.example", "[::1]"],
    )
    given = tuple((b"host", host) for host in hosts)

    for path in ("/", "/newsroom/"):
        assert ask(named, path, others=given)[0] == status
    assert ask(named, "/healthz", others=given)[0] == 200


def test_a_code_from_paper_reaches_its_house_and_no_log() -> None:
    heard: list[str] = []

    async def ways(scope: Scope, _receive: Receive, send: Send) -> None:
        heard.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_message: Message) -> None:
        return

    application = Doorway(houses={"w": ways}, otherwise=house("hub"), wrong=list)
    # The server keeps this one, and writes its path into the log.
    scope: Scope = {"type": "http", "path": "/w/7HK2M-9QXTB/", "headers": [(b"host", b"x")]}
    asyncio.run(application(scope, receive, send))

    assert heard == ["/w/7HK2M-9QXTB/"]
    assert scope["path"] == "/w/"
