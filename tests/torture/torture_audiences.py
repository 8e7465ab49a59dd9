"""Canaries in every item: whoever may not read it meets its words in no byte that can be had.

How large: `PLEIN_ITEMS` (10000), `PLEIN_AUDIENCES` (12), `PLEIN_PEOPLE` (200); `PLEIN_SEED` (1).
`PLEIN_PURGE=1` also purges old releases and searches every byte that is kept.
"""

import asyncio
import base64
import gzip
import html
import os
import random
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote_to_bytes

from hub_site.asgi import App, Message
from hub_site.build import Builder, open_releases
from hub_site.client import Newsroom
from hub_site.press import build_once
from hub_site.serve import gate
from hub_site.settings import PressSettings
from hub_site.trees import EVERYONE, MENTIONED, YOURS_PAGE
from tests.integration.press.browsing import Got
from tests.integration.press.conftest import press_settings
from tests.integration.press.newsroom import FakeNewsroom, serving
from tests.unit.hub_site import samples
from tests.unit.hub_site.samples import Json

LOST = "weg"
"""An audience that ends while something is for it."""
STATES = ("live", "coming", "ended", "withdrawn", "narrowed", "moved", "unprintable", "orphaned")
_SHOWN = {"live", "narrowed", "moved"}
_CANARY = re.compile(rb"kanarie(\d{5})")
_GZIP = b"\x1f\x8b"
_HASH = re.compile(rb"[0-9a-f]{64}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}".encode()


@dataclass(frozen=True, slots=True)
class Item:
    """One item with words in every place that a page takes from somewhere else."""

    number: int
    state: str
    was_for: str
    now_for: str

    @property
    def word(self) -> str:
        return f"kanarie{self.number:05}"

    @property
    def is_shown(self) -> bool:
        return self.state in _SHOWN

    def documents(self, audience: str, *, now: datetime) -> list[Json]:
        """The item with a tag, a picture and a person of its own."""
        word = self.word
        mention = EVERYONE if audience == EVERYONE else MENTIONED
        days = {"coming": -1.0, "ended": 9.0}.get(self.state, 0.5 + self.number % 90)
        published = now - timedelta(days=days)
        item = samples.item(
            "announcement" if self.number % 5 == 0 else "story",
            f"{word} titel",
            path=f"dagje-mee/{word}/",
            days=0,
            audience=audience,
            summary=f"{word} samenvatting",
            published_at=published.isoformat(),
            expires_at=(now - timedelta(days=1)).isoformat() if self.state == "ended" else None,
            rubric=samples.identity("rubric Dagje mee"),
            tags=[samples.identity(f"tag {word}"), samples.identity("tag Veiligheid")],
            people=[samples.person_ref(f"{word} naam", f"{word} rol", has_page=False)],
            authors=[samples.person_ref("Magda Kowalczyk")],
            lead_image=samples.image_ref(word, alt=f"{word} beschrijving"),
            body=samples.paragraphs(f"{word} tekst"),
        )
        if self.state == "unprintable":
            item["format"] = 2
        tag = samples.document("tag", word, audience=mention, path=f"onderwerp/{word}/")
        return [item, tag, samples.image(word, width=480) | {"audience": mention}]


@dataclass
class World:
    """The items, who may read them, and what was found."""

    items: list[Item]
    audiences: list[str]
    people: dict[str, frozenset[str]]
    newsroom: FakeNewsroom = field(default_factory=FakeNewsroom)
    numbers: dict[bytes, int] = field(default_factory=dict)

    def readable(self, audiences: frozenset[str]) -> frozenset[int]:
        shown = (item for item in self.items if item.is_shown and item.now_for in audiences)
        return frozenset(item.number for item in shown)

    async def audiences_of(self, cookie: str) -> frozenset[str] | None:
        return self.people.get(cookie)


@dataclass(frozen=True)
class Found:
    """How much was looked at, and what should not have been there."""

    files: int
    asked: int
    scanned: int
    wrong: list[str]
    missed: list[str]
    kept: int


def make_world(*, items: int, audiences: int, people: int, seed: int) -> World:
    chance = random.Random(seed)  # noqa: S311 - the same world for the same seed
    keys = [f"kring-{number}" for number in range(audiences)]
    made = []
    for number in range(items):
        state = STATES[number % len(STATES)]
        here, there = chance.sample(keys, 2)
        is_open = {"live": chance.random() < 0.3, "narrowed": True}.get(state, False)
        was_for = LOST if state == "orphaned" else EVERYONE if is_open else here
        made.append(Item(number, state, was_for, was_for if state == "live" else there))
    crowd = {
        f"plein_session={number}": frozenset(
            {EVERYONE, *chance.sample(keys, chance.randrange(0, audiences + 1))}
        )
        for number in range(people)
    }
    world = World(made, keys, crowd)
    for item in made:
        for form in ("webp", "jpeg"):
            for width in samples.WIDTHS:
                digest = samples.picture_hash(item.word, form, width)
                world.numbers[digest.encode()] = item.number
    return world


def live_through(world: World, press: PressSettings, *, purges: bool) -> None:
    """Publish everything; then withdraw, narrow, move and end what is to be."""
    now = datetime.now(UTC)
    newsroom = world.newsroom
    frame = [each for each in samples.sample_hub(0) if _is_frame(each)]
    newsroom.publish(*frame)
    newsroom.audiences = {key: key.upper() for key in (*world.audiences, LOST)}
    for item in world.items:
        newsroom.publish(*item.documents(item.was_for, now=now))
    build_once(press, report=_quiet)
    for item in world.items:
        if item.state in {"narrowed", "moved"}:
            newsroom.publish(*item.documents(item.now_for, now=now))
        elif item.state == "withdrawn":
            newsroom.remove(*(each["id"] for each in item.documents(item.was_for, now=now)))
    del newsroom.audiences[LOST]
    if purges:
        build_once(press, report=_quiet)
        return
    with Newsroom(press) as client:
        builder = Builder(press, client, report=_quiet)
        builder.documents.apply(client.feed(builder.documents.position()))
        builder.build(as_of=datetime.now(UTC))
        builder.search.follow()


def _is_frame(document: Json) -> bool:
    name = f"{document['kind']} {document['title']}"
    return name.startswith(("hub", "section", "rubric Dagje", "person Magda", "tag Veiligheid"))


def _quiet(_sentence: str) -> None:
    pass


class Reader:
    """Finds the canaries in bytes; whatever comes again is not read again."""

    def __init__(self, numbers: Mapping[bytes, int]) -> None:
        self._numbers = numbers
        self._read: dict[bytes, frozenset[int]] = {}

    @property
    def read(self) -> int:
        return len(self._read)

    def met(self, body: bytes) -> frozenset[int]:
        """The numbers of all items of which something is in these bytes, however it is written."""
        bare = gzip.decompress(body) if body[:2] == _GZIP else body
        key = blake2b(bare, digest_size=16).digest()
        if key not in self._read:
            self._read[key] = frozenset(self._found(bare))
        return self._read[key]

    def _found(self, body: bytes) -> Iterator[int]:
        for text in _readings(body):
            yield from map(int, _CANARY.findall(text.lower()))
            for digest in _HASH.findall(text):
                if digest in self._numbers:
                    yield self._numbers[digest]


def _readings(body: bytes) -> Iterator[bytes]:
    bare = body.replace(_SOFT_HYPHEN, b"")
    yield bare
    if b"%" in bare:
        yield unquote_to_bytes(bare)
    if b"&" in bare:
        with suppress(UnicodeDecodeError):
            yield html.unescape(bare.decode()).encode()
    for run in _BASE64.findall(bare):
        for start in range(4):
            with suppress(ValueError):
                part = run[start : start + (len(run) - start) // 4 * 4]
                yield base64.b64decode(part, altchars=b"-_" if b"_" in part else None)


@dataclass
class Look:
    """Asks the gate for every file as everybody, and reads whatever comes, each thing once.

    File by file, each for everybody: the gate holds less in memory than such a hub, and asked
    person by person it would read the whole of it from the disk two hundred times.
    """

    world: World
    press: PressSettings
    reader: Reader
    asked: int = 0
    wrong: set[str] = field(default_factory=set)

    def find(self) -> Found:
        paths = sorted(open_releases(self.press).live_files())
        app = gate(self.press, self.world.audiences_of)
        missed = asyncio.run(self._ask_all(app, ["/a/", *(f"/{path}" for path in paths)]))
        return Found(len(paths), self.asked, self.reader.read, sorted(self.wrong), missed, 0)

    async def _ask_all(self, app: App, paths: list[str]) -> list[str]:
        readable = {who: self.world.readable(who) for who in set(self.world.people.values())}
        seen = {cookie: set[int]() for cookie in self.world.people}
        for path in paths:
            known: dict[int, tuple[Got, frozenset[int]]] = {}
            for number, (cookie, audiences) in enumerate(self.world.people.items()):
                got = await _asked_for(app, path, cookie, "gzip" if number % 2 else "")
                self.asked += 1
                # The gate gives the very same bytes again: those are the same object.
                if id(got.body) not in known or known[id(got.body)][0] != got:
                    known[id(got.body)] = got, self._met(path, got)
                met = known[id(got.body)][1]
                if not met <= readable[audiences]:
                    self.wrong.add(f"{path} to {sorted(audiences)}")
                seen[cookie] |= met
        return [
            f"{each} by {sorted(audiences)}"
            for cookie, audiences in self.world.people.items()
            for each in sorted(readable[audiences] - seen[cookie])
        ]

    def _met(self, path: str, got: Got) -> frozenset[int]:
        met = self.reader.met(got.body) | self.reader.met(repr(got.headers).encode())
        return met | self.reader.met(path.encode()) if got.status == HTTPStatus.OK else met


async def _asked_for(app: App, path: str, cookie: str, encoding: str) -> Got:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"cookie", cookie.encode()), (b"accept-encoding", encoding.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    await app({**scope, "query_string": b"", "headers": headers}, _nothing, send)
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Got(sent[0]["status"], told, sent[1]["body"])


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def wrongly_kept(world: World, press: PressSettings, reader: Reader) -> tuple[int, list[str]]:
    """What is left on disk, in whichever release, of items that nobody may read any more."""
    blobs = open_releases(press).blobs
    gone = {item.number for item in world.items if not item.is_shown}
    count, found = 0, []
    for blob in blobs:
        count += 1
        if reader.met(blobs.read(blob)) & gone:
            found.append(blob)
    return count, found


def everyones_alone(world: World, folder: Path) -> dict[str, str]:
    """The files of a hub whose newsroom never had anything that is not for everyone."""
    folder.mkdir()
    settings = press_settings(folder)
    bare = FakeNewsroom()
    for _seq, document in sorted(world.newsroom.changes.values(), key=lambda each: each[0]):
        if document is not None and document["audience"] == EVERYONE:
            bare.publish(document)
    with serving(bare) as address:
        build_once(replace(settings, api_url=address), report=_quiet)
    return open_releases(settings).live_files()


def look(
    folder: Path, *, items: int, audiences: int, people: int, seed: int, purges: bool
) -> Found:
    """One whole look, from an empty newsroom to what was found."""
    world = make_world(items=items, audiences=audiences, people=people, seed=seed)
    press = press_settings(folder)
    with serving(world.newsroom) as address:
        press = replace(press, api_url=address)
        live_through(world, press, purges=purges)
    _say(f"published, withdrawn and moved {items} items")
    reader = Reader(world.numbers)
    found = Look(world, press, reader).find()
    _say(f"asked {found.asked} times")
    kept, left = wrongly_kept(world, press, reader) if purges else (0, [])
    live = open_releases(press).live_files()
    everyones = {p: b for p, b in live.items() if not p.startswith("a/") or p == YOURS_PAGE}
    alone = everyones_alone(world, folder / "alone")
    other = [
        path for path in everyones.keys() | alone.keys() if everyones.get(path) != alone.get(path)
    ]
    return replace(found, wrong=[*found.wrong, *left, *other], kept=kept)


def _say(sentence: str) -> None:
    """Tell how far it is: a look of this size takes long, and has no other sign of life."""
    sys.stdout.write(f"{datetime.now(UTC):%H:%M:%S} {sentence}, {time.process_time():.0f} CPU s\n")
    sys.stdout.flush()


def _asked(name: str, otherwise: int) -> int:
    return int(os.environ.get(name, otherwise))


def test_nobody_meets_a_word_that_is_not_theirs(tmp_path: Path) -> None:
    begun = time.monotonic()
    found = look(
        tmp_path,
        items=_asked("PLEIN_ITEMS", 10_000),
        audiences=_asked("PLEIN_AUDIENCES", 12),
        people=_asked("PLEIN_PEOPLE", 200),
        seed=_asked("PLEIN_SEED", 1),
        purges=bool(_asked("PLEIN_PURGE", 0)),
    )
    sys.stdout.write(
        f"{found.files} files, {found.asked} answers asked, {found.scanned} different ones read,"
        f" {found.kept} kept ones searched; wrong: {len(found.wrong)}, missed:"
        f" {len(found.missed)}; {time.monotonic() - begun:.0f} s\n"
    )
    assert found.wrong == []
    assert found.missed == []
