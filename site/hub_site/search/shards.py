"""A shard: everything that a browser needs to search one stretch of time, in small files.

Words are kept as people wrote them. What a question may mean (other endings, parts of compounds,
misspellings) is worked out in the browser against the list of words, so that a better rule needs
no new index. The same entries always give the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from hub_site.search.entries import Found

VERSION = 1
FOLDER = "assets/search/"
"""In each tree, where no document can be."""
INDEX = f"{FOLDER}index.json"
_WHOLE_UNTIL = 128_000
"""Characters: so much is one file, for a request costs a phone more than that."""
_PORTION = 16_000
_CARDS = 25
_PLACES = 8
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One stretch of time of one tree.

    Attributes:
        head: the file to read first, by its path in the tree.
        files: all of its files, the first included.
    """

    head: str
    files: Mapping[str, bytes]
    count: int
    first_day: str
    last_day: str


def shard_of(entries: Iterable[Found]) -> Shard:
    """Write the files of a shard; its entries stand in it newest first."""
    ordered = sorted(entries, key=lambda each: each.path)
    ordered.sort(key=lambda each: each.day, reverse=True)
    words, lines = _postings(ordered)
    rubrics = sorted({each.rubric for each in ordered if each.rubric})
    cards = [[each.title, each.path, each.note] for each in ordered]
    files: dict[str, bytes] = {}
    head: dict[str, object] = {
        "version": VERSION,
        "days": [each.day for each in ordered],
        "kinds": [each.kind for each in ordered],
        "languages": [each.language for each in ordered],
        "rubrics": rubrics,
        "rubric": [rubrics.index(each.rubric) if each.rubric else -1 for each in ordered],
        "words": _front_coded(words),
    }
    if sum(map(len, lines)) + sum(len(text) for card in cards for text in card) <= _WHOLE_UNTIL:
        head |= {"postings": "\n".join(lines), "cards": cards}
    else:
        cuts, portions = _portions(lines)
        head["cuts"] = cuts
        head["portions"] = [_put(files, "\n".join(portion)) for portion in portions]
        head["card_files"] = [_put(files, _json(some)) for some in batched(cards, _CARDS)]
        head["cards_in_file"] = _CARDS
    days = [each.day for each in ordered if each.day]
    return Shard(
        head=_put(files, _json(head)),
        files=files,
        count=len(ordered),
        first_day=min(days, default=""),
        last_day=max(days, default=""),
    )


def index_of(shards: Iterable[Shard | Mapping[str, object]], synonyms: object) -> bytes:
    """The one file with a fixed name: what shards a tree has now, the newest first."""
    return _json({"version": VERSION, "shards": list(shards), "synonyms": synonyms}).encode()


def row_of(shard: Shard, period: str) -> dict[str, object]:
    """A shard as the index tells of it."""
    return {
        "period": period,
        "file": shard.head,
        "count": shard.count,
        "first": shard.first_day,
        "last": shard.last_day,
    }


def _postings(entries: Sequence[Found]) -> tuple[list[str], list[str]]:
    """All words in order, and for each a line: in which entries it stands, and where there."""
    standing: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for place, words in enumerate(entry.words):
            mark = number * _PLACES + place
            for word in words.split():
                standing.setdefault(word, []).append(mark)
    ordered = sorted(standing)
    return ordered, [",".join(_gaps(standing[word])) for word in ordered]


def _gaps(marks: Iterable[int]) -> Iterator[str]:
    before = 0
    for mark in marks:
        yield _SMALL[mark - before] if mark - before < len(_SMALL) else _in_36(mark - before)
        before = mark - mark % _PLACES


def _in_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


_SMALL = [_in_36(number) for number in range(4096)]


def _front_coded(words: Sequence[str]) -> str:
    """Each word without what it has in common with the one before, and how much that is."""
    coded: list[str] = []
    before = ""
    for word in words:
        same = 0
        for mine, other in zip(word, before, strict=False):
            if mine != other or same == len(_DIGITS) - 1:
                break
            same += 1
        coded.append(f"{_DIGITS[same]}{word[same:]}")
        before = word
    return "\n".join(coded)


def _portions(lines: Sequence[str]) -> tuple[list[int], list[list[str]]]:
    """Cut the lines into files; words that begin alike stay beside each other."""
    cuts: list[int] = []
    portions: list[list[str]] = []
    length = _PORTION
    for number, line in enumerate(lines):
        if length >= _PORTION:
            cuts.append(number)
            portions.append([])
            length = 0
        portions[-1].append(line)
        length += len(line) + 1
    return cuts, portions


def _put(files: dict[str, bytes], text: str) -> str:
    body = text.encode()
    path = f"{FOLDER}{hashlib.sha256(body).hexdigest()[:20]}.json"
    files[path] = body
    return path


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
