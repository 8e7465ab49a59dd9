"""The formats that feed readers and calendars read: Atom, JSON Feed and iCalendar, as text.

Written by hand: each is a few lines, the same input has to give the same bytes, and a reader of
several trees gets one file put together from several (`hub_site.following`), entry by entry.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed last that never had anything in it."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_REMEMBERED = 2_000
"""Entries in each format: some 2 MB. One that comes moves nineteen others along in four feeds."""
_FOLD = 73
"""Octets of a line; with the space that marks a line as going on, 75 at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    identity: str
    address: str
    title: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    identity: str
    title: str
    home: str
    language: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An event as calendars know it; `sequence` rises with every change."""

    identity: str
    address: str
    title: str
    text: str
    place: str
    starts: datetime
    ends: datetime | None
    created: datetime
    changed: datetime
    sequence: int
    is_cancelled: bool


def atom(feed: Feed) -> str:
    """Atom (RFC 4287), without an address of its own: it is read at several."""
    updated = max((entry.updated for entry in feed.entries), default=BEGINNING)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(feed.language)}>\n'
        f"<id>{_text(feed.identity)}</id>\n<title>{_text(feed.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href={_attribute(feed.home)}/>\n'
        f"<author><name>{_text(feed.title)}</name></author>\n"
        f"<updated>{stamp(updated)}</updated>\n"
    )
    return f"{head}{''.join(map(_atom_entry, feed.entries))}</feed>\n"


@lru_cache(_REMEMBERED)
def _atom_entry(entry: Entry) -> str:
    authors = "".join(f"<author><name>{_text(name)}</name></author>" for name in entry.authors)
    category = f"<category term={_attribute(entry.category)}/>" if entry.category else ""
    return (
        f"<entry xml:lang={_attribute(entry.language)}>"
        f"<published>{stamp(entry.published)}</published>"
        f"<updated>{stamp(entry.updated)}</updated>"
        f"<id>{_text(entry.identity)}</id><title>{_text(entry.title)}</title>"
        f'<link rel="alternate" type="text/html" href={_attribute(entry.address)}/>'
        f"{authors}{category}<summary>{_text(entry.summary)}</summary></entry>\n"
    )


def json_feed(feed: Feed) -> str:
    """JSON Feed 1.1, with a line for each item."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "language": feed.language,
    }
    return _json_lines(head, map(_json_item, feed.entries))


def json_text(head: Mapping[str, object], items: Iterable[object]) -> str:
    """A feed of JSON with its items, one a line."""
    return _json_lines(head, map(_json, items))


def _json_lines(head: Mapping[str, object], items: Iterable[str]) -> str:
    lines = ",\n".join(items)
    return f'{_json(head).removesuffix("}")}, "items": [\n{lines}\n]}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@lru_cache(_REMEMBERED)
def _json_item(entry: Entry) -> str:
    item: dict[str, object] = {
        "id": entry.identity,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": stamp(entry.published),
        "date_modified": stamp(entry.updated),
        "language": entry.language,
    }
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    if entry.category:
        item["tags"] = [entry.category]
    return _json(item)


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def calendar(title: str, occasions: Sequence[Occasion]) -> str:
    """ICalendar (RFC 5545); times in UTC, which no change of the clock makes ambiguous."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Plein//Hub//NL",
        "CALSCALE:GREGORIAN",
        f"NAME:{_value(title)}",
        f"X-WR-CALNAME:{_value(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for occasion in occasions for line in _event_lines(occasion)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event_lines(occasion: Occasion) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{occasion.identity}"
    yield f"DTSTAMP:{_compact(occasion.changed)}"
    yield f"CREATED:{_compact(occasion.created)}"
    yield f"LAST-MODIFIED:{_compact(occasion.changed)}"
    yield f"SEQUENCE:{occasion.sequence}"
    yield f"STATUS:{'CANCELLED' if occasion.is_cancelled else 'CONFIRMED'}"
    yield f"DTSTART:{_compact(occasion.starts)}"
    if occasion.ends is not None:
        yield f"DTEND:{_compact(occasion.ends)}"
    yield f"SUMMARY:{_value(occasion.title)}"
    if occasion.text:
        yield f"DESCRIPTION:{_value(occasion.text)}"
    if occasion.place:
        yield f"LOCATION:{_value(occasion.place)}"
    yield f"URL:{occasion.address}"
    yield "END:VEVENT"


def _compact(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _value(text: str) -> str:
    r"""A text as a value: its own signs escaped, a new line as `\n`."""
    bare = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        bare = bare.replace(sign, f"\\{sign}")
    return _CONTROL.sub("", bare.replace("\n", "\\n"))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which ends within a character."""
    rest = line.encode()
    pieces: list[bytes] = []
    while len(rest) > _FOLD:
        end = _FOLD
        while rest[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte in the midst of a character
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*pieces, rest]).decode()


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", text))
