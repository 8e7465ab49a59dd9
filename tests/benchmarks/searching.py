"""A hub of many invented stories to search in, served as the gate serves it, every byte counted."""

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from urllib.parse import urlsplit

from hub_site.content.parsing import parse_all
from hub_site.handkept import HandKeptPages
from hub_site.pages import compose
from hub_site.releases import compressed, is_compressible
from hub_site.render import Renderer
from hub_site.search.entries import TEXT, TEXT_TWICE, TITLE, Found
from hub_site.search.memory import period_of
from hub_site.search.shards import INDEX, index_of, row_of, shard_of
from hub_site.search.words import words_of
from hub_site.serve import content_type
from hub_site.settings import PressSettings
from tests.unit.hub_site import samples
from tests.unit.hub_site.whole_tree import print_tree, stage, write_tree

VOCABULARY, WORDS_OF_A_STORY = 20_000, 530
LAST_DAY = date(2026, 11, 22)
_BEGIN = [*"bdfghjklmnprstvwz", "br", "dr", "kl", "pl", "sch", "sl", "st", "tr"]
_MIDDLE = [*"aeiou", "aa", "ee", "ie", "oo", "oe", "ui", "ij", "ou", "eu"]
_END = ["", "n", "r", "l", "s", "t", "k", "m", "nd", "rt", "st", "ng", "cht"]


def vocabulary(chance: random.Random) -> list[str]:
    """Words that could be Dutch, the ones that are used most first."""
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        parts = (
            chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END)
            for _ in range(chance.choice((1, 2, 2, 3)))
        )
        found["".join(parts) + chance.choice(("", "", "en", "ing", "heid", "je", "s"))] = None
    return list(found)


def entries(stories: int, words: list[str], chance: random.Random) -> Iterator[Found]:
    """Stories as even over ten years as people write them; a few words are in nearly all."""
    weights = list(accumulate(1 / (rank + 8) ** 0.95 for rank in range(len(words))))
    for number in range(stories):
        title = " ".join(chance.choices(words[200:], k=6))
        note = " ".join(chance.choices(words, cum_weights=weights, k=22))
        said = Counter(chance.choices(words, cum_weights=weights, k=WORDS_OF_A_STORY))
        places: list[set[str]] = [set() for _ in range(TITLE + 1)]
        places[TITLE] = set(words_of(title))
        places[TEXT_TWICE] = {word for word in said if said[word] > 1} - places[TITLE]
        places[TEXT] = said.keys() - places[TEXT_TWICE] - places[TITLE]
        day = LAST_DAY - timedelta(days=number * 3650 // stories)
        yield Found(
            tree="everyone",
            kind="story",
            path=f"verhalen/{number:05}/",
            day=day.isoformat(),
            language="nl",
            title=title,
            note=note,
            rubric=f"Rubriek {number % 12}",
            words=tuple(" ".join(sorted(each)) for each in places),
        )


def search_files(found: Iterator[Found]) -> dict[str, bytes]:
    """What the press would write for these."""
    periods: defaultdict[str, list[Found]] = defaultdict(list)
    for each in found:
        periods[period_of(each.day[:7], newest=LAST_DAY.isoformat()[:7])].append(each)
    files: dict[str, bytes] = {}
    told = []
    for period in sorted(periods, reverse=True):
        shard = shard_of(periods[period])
        files |= shard.files
        told.append(row_of(shard, period))
    return files | {INDEX: index_of(told, [])}


def sample_site(settings: PressSettings) -> dict[str, bytes]:
    """The sample hub with the real theme."""
    parsed = parse_all(samples.by_id(samples.sample_hub(6)))
    site = compose(parsed.documents, as_of=samples.NOW)
    tree = stage(site, HandKeptPages((), ()), pictures={}, settings=settings)
    write_tree(tree, settings.staged_dir)
    renderer = Renderer(settings.staged_dir)
    files = {printed.path: printed.body for printed in print_tree(renderer, tree)}
    return files | {path: file.read_bytes() for path, file in renderer.assets.items()}


@dataclass
class Served:
    """Where it is served, and what went over the line for each address."""

    address: str = ""
    sent: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(files: Mapping[str, bytes], story: bytes) -> Iterator[Served]:
    """Serve these; every story that was invented has the same page."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_what: object) -> None:
            served.asked.append(self.path)

        def do_GET(self) -> None:
            path = urlsplit(self.path).path[1:]
            path = f"{path}index.html" if not path or path.endswith("/") else path
            body = story if path.startswith("verhalen/") else files.get(path)
            is_there = body is not None
            body = compressed(body or b"") if is_compressible(path) else body or b""
            self.send_response(200 if is_there else 404)
            self.send_header("Content-Type", content_type(path))
            self.send_header("Content-Length", str(len(body)))
            if is_compressible(path):
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)
            served.sent[path] = served.sent.get(path, 0) + len(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
