"""Asks a server by bare HTTP, byte for byte as written: no library tidies an address up."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def told(self) -> tuple[int, dict[str, str], bytes]:
        """All that somebody could learn from it; the time of day is no secret."""
        headers = {name: value for name, value in self.headers.items() if name != "date"}
        return self.status, headers, self.body


class Line:
    """One connection, opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._left = b""

    def ask(self, target: str | bytes, *, method: str = "GET", **headers: str) -> Reply:
        """Send one request; header names are written with underscores."""
        raw = target.encode("latin-1") if isinstance(target, str) else target
        given = {"host": f"127.0.0.1:{self.port}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        lines = b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in given.items())
        return self.send(method.encode() + b" " + raw + b" HTTP/1.1\r\n" + lines + b"\r\n", method)

    def send(self, request: bytes, method: str = "GET") -> Reply:
        for attempt in (1, 2):
            try:
                self._open().sendall(request)
                return self._reply(method)
            except (ConnectionError, EOFError):
                self.close()
                if attempt == 2:
                    return Reply(0, {}, b"", b"")
        raise AssertionError

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket, self._left = None, b""

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return self._socket

    def _reply(self, method: str) -> Reply:
        head = self._until(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")[:-2]
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        status = int(status_line.split(" ")[1])
        body = self._body(method, status, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Reply(status, headers, body, head + body)

    def _body(self, method: str, status: int, headers: dict[str, str]) -> bytes:
        if method == "HEAD" or status in {204, 304}:
            return b""
        if "content-length" in headers:
            return self._exactly(int(headers["content-length"]))
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int(self._until(b"\r\n"), 16):
                parts.append(self._exactly(size))
                self._exactly(2)
            self._exactly(2)
            return b"".join(parts)
        return b""

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._left:
            self._more()
        end = self._left.index(mark) + len(mark)
        found, self._left = self._left[:end], self._left[end:]
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._left) < size:
            self._more()
        found, self._left = self._left[:size], self._left[size:]
        return found

    def _more(self) -> None:
        received = self._open().recv(65536)
        if not received:
            raise EOFError
        self._left += received


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    line = Line(port)
    try:
        yield line
    finally:
        line.close()
