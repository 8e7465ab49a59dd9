"""A small newsroom that speaks the contract over real HTTP, for the press's tests."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json

TOKEN = "press-token"
PREVIEW_TOKEN = "preview-token"
PART = re.compile(r"bytes=(\d+)-(\d+)")


@dataclass
class FakeNewsroom:
    """Holds documents in the order of their last change and hands them out as a feed."""

    epoch: str = "epoch-1"
    page_size: int = 500
    is_down: bool = False
    refuses_reports: bool = False
    changes: dict[str, tuple[int, Json | None]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    drafts: dict[str, Json] = field(default_factory=dict)
    releases: list[Json] = field(default_factory=list)
    removals: list[Json] = field(default_factory=list)
    audiences: dict[str, str] = field(default_factory=dict)
    cuts: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _seq: int = 0

    def publish(self, *documents: Json) -> None:
        for document in documents:
            self._seq += 1
            self.changes[str(document["id"])] = (self._seq, document)
            self._keep_pictures(document)

    def cut(self, document: Json) -> None:
        """Publish a document of which something was taken out on request."""
        self.publish(document)
        self.cuts[str(document["id"])] = self._seq

    def remove(self, *public_ids: object) -> None:
        for public_id in public_ids:
            self._seq += 1
            self.changes[str(public_id)] = (self._seq, None)

    def restore_backup(self, *documents: Json) -> None:
        """Start again as another epoch that holds only these documents."""
        self.epoch = f"{self.epoch}-restored"
        self.changes.clear()
        self._seq = 0
        self.publish(*documents)

    def _keep_pictures(self, document: Json) -> None:
        name = str(document["title"])
        kept: list[tuple[str, int]] = []
        if document["kind"] == "image":
            kept = [(form, width) for form in ("webp", "jpeg") for width in samples.WIDTHS]
        elif document["kind"] == "file":
            kept = [(str(document["extension"]), 0)]
        for form, width in kept:
            digest = samples.picture_hash(name, form, width)
            self.pictures[digest] = samples.picture_bytes(name, form, width)

    def feed(self, after: str | None, first: int) -> Json:
        epoch, _, seq = (after or ":0").partition(":")
        is_reset = epoch not in {"", self.epoch}
        since = 0 if is_reset else int(seq)
        later = (
            sorted((s, i, d) for i, (s, d) in self.changes.items() if s > since)
            if self.changes
            else []
        )
        size = min(first, self.page_size)
        page = later[:size]
        cursor = page[-1][0] if page else since
        return {
            "epoch": self.epoch,
            "cursor": f"{self.epoch}:{cursor}",
            "hasMore": len(later) > size,
            "reset": is_reset,
            "audiences": [{"key": key, "name": name} for key, name in self.audiences.items()],
            "entries": [
                {
                    "seq": s,
                    "op": "UPSERT" if d else "REMOVE",
                    "publicId": i,
                    "document": d,
                    "cutSeq": self.cuts.get(i),
                }
                for s, i, d in page
            ],
        }

    def preview(self, token: str) -> Json | None:
        draft = self.drafts.get(token)
        if draft is None:
            return None
        references = [document for _, document in self.changes.values() if document]
        return {"document": draft, "references": references, "asOf": samples.moment()}

    def answer(self, query: str, variables: Json) -> Json:
        if "feed(" in query:
            after, first = variables["after"], variables["first"]
            assert after is None or isinstance(after, str)
            assert isinstance(first, int)
            return {"data": {"feed": self.feed(after, first)}}
        if "preview(" in query:
            answer = self.preview(str(variables["token"]))
            if answer is None:
                return {"errors": [{"message": "This preview has expired."}], "data": None}
            return {"data": {"preview": answer}}
        if self.refuses_reports:
            return {"errors": [{"message": "Not now."}], "data": None}
        if "recordRemoval(" in query:
            return self._record_removal(variables["removal"])
        release = variables["release"]
        assert isinstance(release, dict)
        self.releases.append(release)
        return {"data": {"recordRelease": {"number": release["number"]}}}

    def _record_removal(self, removal: object) -> Json:
        assert isinstance(removal, dict)
        self.removals.append(removal)
        return {"data": {"recordRemoval": {"publicId": removal["publicId"]}}}


class Door(BaseHTTPRequestHandler):
    """Answers one request to the newsroom that its class was given."""

    newsroom: FakeNewsroom

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        self.newsroom.asked.append(format % args)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        if self.newsroom.is_down:
            self._send(503, b"down", "text/plain")
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._send(401, b"{}", "application/json")
        else:
            answer = self.newsroom.answer(body["query"], body["variables"])
            self._send(200, json.dumps(answer).encode(), "application/json")

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        token = parse_qs(parts.query).get("preview", [""])[0]
        may_see = (
            self.headers.get("Authorization") == f"Bearer {TOKEN}" or token in self.newsroom.drafts
        )
        picture = self.newsroom.pictures.get(parts.path.rpartition("/")[2])
        part = PART.fullmatch(self.headers.get("Range", ""))
        if self.newsroom.is_down or not may_see or picture is None:
            self._send(404, b"no", "text/plain")
        elif part is None:
            self._send(200, picture, "image/webp")
        else:
            self._send_part(picture, range(int(part[1]), min(int(part[2]) + 1, len(picture))))

    def _send_part(self, picture: bytes, part: range) -> None:
        told = f"bytes {part.start}-{part.stop - 1}/{len(picture)}"
        self._send(206, picture[part.start : part.stop], "image/webp", told=told)

    def _send(self, status: int, body: bytes, kind: str, *, told: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if told:
            self.send_header("Content-Range", told)
        with suppress(BrokenPipeError, ConnectionResetError):  # who asked was killed
            self.end_headers()
            self.wfile.write(body)


@contextmanager
def serving(newsroom: FakeNewsroom, port: int = 0) -> Iterator[str]:
    """Serve it on loopback; gives the address of the GraphQL endpoint."""
    door = type("Door", (Door,), {"newsroom": newsroom})
    server = ThreadingHTTPServer(("127.0.0.1", port), door)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/graphql/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
