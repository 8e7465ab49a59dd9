"""Every byte that somebody without a place in the newsroom can get."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from http.client import HTTPConnection

from playwright.sync_api import Page

from hub_site.releases.blobs import BlobStore
from hub_site.releases.manifest import Manifest
from tests.end_to_end.conftest import RunningPlein

EVERYTHING = """
query Everything($after: String) {
  hub { title organisation introduction editors }
  rubrics { path title purpose introductionHtml }
  sections { path title introduction }
  stories(first: 20, after: $after) {
    nodes {
      id path title summary language publishedAt
      leadImage { alt caption image { alt renditions { hash } } }
      authors { name role } people { name } tags { title path } departments { name }
      body {
        id __typename
        ... on ParagraphBlock { html }
        ... on HeadingBlock { text }
        ... on PullQuoteBlock { text }
        ... on QuestionAnswerBlock { question answerHtml }
        ... on CallOutBlock { title bodyHtml }
        ... on ImageBlock { image { alt caption } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
NAMES = """
query Names { tags(first: 100) { nodes { title path } }
  people(first: 50) { nodes { name aboutHtml } } }
"""
FEED = """
query Feed($after: String) {
  feed(after: $after, first: 500) {
    cursor hasMore entries { op publicId document }
  }
}
"""
STORY = "query Story($path: String!) { story(path: $path) { title summary } }"


class Stranger:
    """Somebody who asks by bare HTTP, with a session or a token or nothing."""

    def __init__(self, plein: RunningPlein, headers: dict[str, str] | None = None) -> None:
        self.port = plein.port
        self.headers = headers or {}

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Return the status, and every byte of the answer, unzipped; redirects are not followed."""
        return self._ask("GET", path, headers=headers)

    def ask(self, query: str, **variables: object) -> tuple[int, bytes]:
        """Put a question to the graph."""
        body = json.dumps({"query": query, "variables": variables})
        headers = {"Content-Type": "application/json"}
        return self._ask("POST", "/graphql/", headers=headers, body=body)

    def _ask(
        self, method: str, path: str, *, headers: dict[str, str], body: str | None = None
    ) -> tuple[int, bytes]:
        door = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            door.request(method, path, body=body, headers={**self.headers, **headers})
            answer = door.getresponse()
            received = answer.read()
        finally:
            door.close()
        if answer.headers.get("Content-Encoding") == "gzip":
            received = gzip.decompress(received)
        return answer.status, str(answer.headers).encode() + received


def reader(plein: RunningPlein, window: Page) -> Stranger:
    """Return the person of this window, without the browser."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in window.context.cookies())
    return Stranger(plein, {"Cookie": cookies})


def press(plein: RunningPlein) -> Stranger:
    token = (plein.home / "keys" / "press_token").read_text().strip()
    return Stranger(plein, {"Authorization": f"Bearer {token}"})


def live_release(plein: RunningPlein) -> dict[str, bytes]:
    """Return every file of the release that readers get now."""
    folder = plein.home / "press" / "releases"
    manifest, blobs = (
        Manifest(folder / "manifest.sqlite3", is_reader=True),
        BlobStore(folder / "blobs"),
    )
    while True:
        number = manifest.live_number()
        assert number
        try:
            return {path: blobs.read(digest) for path, digest in manifest.files(number).items()}
        except FileNotFoundError:
            # What a newer release is without may be purged while this one is read.
            if number == manifest.live_number():
                raise


def graph(asker: Stranger) -> Iterator[tuple[str, bytes]]:
    """Ask for everything there is in the typed graph, page by page."""
    yield "names", asker.ask(NAMES)[1]
    after = None
    while True:
        status, body = asker.ask(EVERYTHING, after=after)
        yield f"stories after {after}", body
        if status != 200:
            return
        page = json.loads(body[body.index(b'{"data"') :])["data"]["stories"]["pageInfo"]
        if not page["hasNextPage"]:
            return
        after = page["endCursor"]


def feed(asker: Stranger) -> Iterator[tuple[str, bytes]]:
    after = None
    while True:
        status, body = asker.ask(FEED, after=after)
        yield f"feed after {after}", body
        if status != 200 or b'"errors"' in body:
            return
        found = json.loads(body[body.index(b'{"data"') :])["data"]["feed"]
        if not found["hasMore"]:
            return
        after = found["cursor"]


def over_http(asker: Stranger, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Fetch paths as they are and as they are sent zipped."""
    for path in paths:
        yield path, asker.get(path)[1]
        yield f"{path} zipped", asker.get(path, **{"Accept-Encoding": "gzip"})[1]


def newsroom_doors(numbers: Iterable[int]) -> Iterator[str]:
    """Name the addresses where somebody curious would look for an item that is not hers."""
    yield from ("/newsroom/", "/newsroom/items/", "/newsroom/pages/", "/newsroom/reports/aging/")
    yield from (
        "/newsroom/api/main/pages/",
        "/newsroom/images/",
        "/api/v3/pages/",
        "/api/v2/pages/",
    )
    for number in numbers:
        for door in ("edit", "view_draft", "history"):
            yield f"/newsroom/pages/{number}/{door}/"
        yield f"/newsroom/approve/{number}/"
        yield f"/newsroom/accept/{number}/"
        yield f"/newsroom/api/main/pages/{number}/"
        yield f"/preview/?content_type=stories.story&token=id%3D{number}"


def found_in(answers: Iterable[tuple[str, bytes]], words: Iterable[str]) -> list[str]:
    """Return where one of these words stands, by any of its spellings; it should be nowhere."""
    spellings = {spelling for word in words for spelling in _spellings(word)}
    return [
        name
        for name, body in answers
        for plain in [_plain(body)]
        if any(spelling in plain for spelling in spellings)
    ]


def _spellings(word: str) -> set[bytes]:
    """Return a text as it could stand in a page, in JSON and in an address."""
    lower = word.lower()
    slug = re.sub(r"[^a-z0-9]+", "-", lower).strip("-")
    return {each.encode() for each in (lower, escape(lower), slug, json.dumps(lower)[1:-1])}


def _plain(body: bytes) -> bytes:
    """Take out case, and the soft hyphens that long words in titles get."""
    body = body.lower()
    for hyphen in ("\u00ad".encode(), b"\\u00ad", b"&shy;"):
        body = body.replace(hyphen, b"")
    return body


def everything_public(
    plein: RunningPlein, employee: Stranger, numbers: Iterable[int] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield all that a colleague, a stranger and the press itself are told."""
    release = live_release(plein)
    doors = list(newsroom_doors(numbers))
    yield from ((f"release:{path}", path.encode() + body) for path, body in release.items())
    yield from feed(press(plein))
    for name, asker in (("employee", employee), ("stranger", Stranger(plein))):
        opened = ((door, asker.get(door)[1]) for door in doors)
        for source in (graph(asker), feed(asker), opened):
            yield from ((f"{name}:{what}", body) for what, body in source)
