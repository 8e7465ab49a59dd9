"""Feeds and calendars by a personal link: for programs that can't sign in.

`/f/<key>/agenda.ics` and the like. The key says who asks, in place of a cookie. She gets what is in
all trees that she may read, put together from the files of each; nobody else gets anything.
"""

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from hub_site.asgi import NOT_ALLOWED, Answer, App, Request, app_of
from hub_site.conditions import accepts_gzip, is_known
from hub_site.pages.outward import ATOM_FILE, ENTRIES, JSON_FILE
from hub_site.pages.writing import json_text
from hub_site.readers import AudiencesOf, Readers, UncheckedError
from hub_site.releases import compressed
from hub_site.settings import PressSettings
from hub_site.shown import LiveRelease, Shown
from hub_site.trees import EVERYONE, root_of, tree_of

FOLLOW = "f"
"""The first segment of such an address."""
TYPES = {
    ".ics": "text/calendar; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
}
_ADDRESS = re.compile(
    rf"/{FOLLOW}/(?P<key>[\w-]{{16,64}})/(?P<path>(?:[a-z0-9]+(?:-+[a-z0-9]+)*/)*"
    r"(?:agenda\.ics|feed\.atom|feed\.json))",
    re.ASCII,
)
_REMEMBERED = 256
_NEVER = {"cache-control": "no-store", "vary": "Accept-Encoding"}
_CONTENT = {"cache-control": "private, no-cache", "vary": "Accept-Encoding"}
# The same for a key that never was, one that was taken back, and a file that is not there.
NOTHING = Answer(
    HTTPStatus.NOT_FOUND,
    {**_NEVER, "content-type": "text/plain; charset=utf-8"},
    b"There is nothing here (any more). Make a new link on the hub, at /follow/.\n",
)
UNCHECKED = Answer(
    HTTPStatus.SERVICE_UNAVAILABLE,
    {**_NEVER, "content-type": "text/plain; charset=utf-8", "retry-after": "300"},
    b"Who you are can't be checked right now. Please try again later.\n",
)


@dataclass(frozen=True, slots=True)
class _Made:
    tag: str
    whole: Answer
    unchanged: Answer


def following_app(
    settings: PressSettings, audiences_of: AudiencesOf, *, always: Mapping[str, str] | None = None
) -> App:
    """The ASGI application that answers everything below `/f/`.

    Args:
        settings: where the releases are.
        audiences_of: says whose key it is, and for whom she counts; None for no key of ours.
        always: headers of every answer.
    """
    live = LiveRelease(settings.releases_dir)
    return app_of(Following(live, Readers(audiences_of), always=always or {}).answer)


class Following:
    """Decides on the file that an address names, after it knows whose key it is."""

    def __init__(self, live: LiveRelease, readers: Readers, *, always: Mapping[str, str]) -> None:
        self._live = live
        self._readers = readers
        self._always = always
        self._made: OrderedDict[tuple[tuple[str, ...], bool], _Made] = OrderedDict()
        self._files: Mapping[str, str] = {}

    async def answer(self, request: Request) -> Answer:
        """What this key opens; the address is judged as it was sent, letter by letter."""
        if request.method not in {"GET", "HEAD"}:
            return NOT_ALLOWED
        asked = _ADDRESS.fullmatch(request.path)
        if asked is None or request.raw_path != request.path.encode():
            return self._with_headers(NOTHING)
        try:
            audiences = await self._readers.audiences(asked["key"].encode())
        except UncheckedError:
            return self._with_headers(UNCHECKED)
        if audiences is None:
            return self._with_headers(NOTHING)
        try:
            return await self._shown(request, audiences, asked["path"])
        except FileNotFoundError:  # went between the look and the reading: look again
            return await self._shown(request, audiences, asked["path"], is_fresh=True)

    async def _shown(
        self, request: Request, audiences: frozenset[str], path: str, *, is_fresh: bool = False
    ) -> Answer:
        shown = await self._live.shown(is_fresh=is_fresh)
        paths = paths_of(shown, audiences, path) if shown else ()
        if shown is None or not paths:
            return self._with_headers(NOTHING)
        made = await self._made_of(request, shown, paths)
        known = request.headers.get(b"if-none-match")
        is_same = known is not None and is_known(known, made.tag.encode())
        return made.unchanged if is_same else made.whole

    async def _made_of(self, request: Request, shown: Shown, paths: tuple[str, ...]) -> _Made:
        if shown.files is not self._files:
            # Something of it may be withdrawn.
            self._files = shown.files
            self._made.clear()
        is_gzipped = accepts_gzip(request.headers.get(b"accept-encoding", b""))
        made = self._made.get((paths, is_gzipped))
        if made is None:
            bodies = [await self._live.body(shown.files[each], is_gzipped=False) for each in paths]
            made = self._make(paths[0], together(paths[0], bodies), is_gzipped=is_gzipped)
            if shown.files is self._files:
                self._made[paths, is_gzipped] = made
                if len(self._made) > _REMEMBERED:
                    self._made.popitem(last=False)
        return made

    def _make(self, path: str, body: bytes, *, is_gzipped: bool) -> _Made:
        kind = next(kind for suffix, kind in TYPES.items() if path.endswith(suffix))
        digest = hashlib.sha256(body).hexdigest()[:32]
        tag = f'"{digest}-gzip"' if is_gzipped else f'"{digest}"'
        headers = {**self._always, **_CONTENT, "content-type": kind, "etag": tag}
        encoded = {**headers, "content-encoding": "gzip"} if is_gzipped else headers
        whole = Answer(HTTPStatus.OK, encoded, compressed(body) if is_gzipped else body)
        return _Made(tag, whole, Answer(HTTPStatus.NOT_MODIFIED, headers))

    def _with_headers(self, answer: Answer) -> Answer:
        return Answer(answer.status, {**self._always, **answer.headers}, answer.body)


def paths_of(shown: Shown, audiences: frozenset[str], path: str) -> tuple[str, ...]:
    """The files of this name in the trees that somebody may read, everyone's first.

    The tree is judged by the very path of the file: what was asked for may name one itself.
    """
    trees = sorted(audiences, key=lambda audience: (audience != EVERYONE, audience))
    found = ((f"{root_of(audience)}{path}", audience) for audience in trees)
    return tuple(
        each for each, audience in found if each in shown.files and tree_of(each) == audience
    )


def together(path: str, bodies: Sequence[bytes]) -> bytes:
    """One file of several of the same kind, as `hub_site.pages.writing` writes them."""
    if len(bodies) == 1:
        return bodies[0]
    if path.endswith(ATOM_FILE):
        return _feeds(bodies)
    return _json_feeds(bodies) if path.endswith(JSON_FILE) else _calendars(bodies)


def _calendars(bodies: Sequence[bytes]) -> bytes:
    end = b"END:VCALENDAR\r\n"
    first, *rest = (body.removesuffix(end) for body in bodies)
    more = (body[body.index(b"BEGIN:VEVENT") :] for body in rest if b"BEGIN:VEVENT" in body)
    return b"".join((first, *more, end))


def _feeds(bodies: Sequence[bytes]) -> bytes:
    """The newest entries of all; each stands on a line of its own and tells first since when."""
    head, *_ = bodies[0].partition(b"<entry ")
    entries = sorted({line for body in bodies for line in _entries(body)}, key=_since, reverse=True)
    updated = max(_updated_in(body) for body in bodies)
    head = re.sub(rb"<updated>[^<]*</updated>", b"<updated>" + updated + b"</updated>", head)
    head = head.removesuffix(b"</feed>\n")
    return b"".join((head, *entries[:ENTRIES], b"</feed>\n"))


def _entries(body: bytes) -> Iterator[bytes]:
    return (line for line in body.splitlines(keepends=True) if line.startswith(b"<entry "))


def _since(entry: bytes) -> bytes:
    return entry[entry.index(b"<published>") :]


def _updated_in(body: bytes) -> bytes:
    return body.partition(b"<updated>")[2].partition(b"</updated>")[0]


def _json_feeds(bodies: Sequence[bytes]) -> bytes:
    feeds: list[dict[str, Any]] = [json.loads(body) for body in bodies]
    items = [item for feed in feeds for item in feed.pop("items")]
    items.sort(key=lambda item: (item["date_published"], item["id"]), reverse=True)
    return json_text(feeds[0], items[:ENTRIES]).encode()
