"""Where a page may lead, found quickly, because every page of a release is looked at.

A page is searched once for each name, without looking at tags. What surrounds its own part stands
on other pages too, and so do most addresses in it: what they come to is remembered.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hub_site.releases.links import addresses_in, from_root, is_outside, target_of, values_of

# What a page is searched for, and what may follow that: each makes an attribute of this name.
_STEMS: Mapping[bytes, Mapping[bytes, str]] = {
    b"href": {b"=": "href"},
    b"src": {b"=": "src", b"set=": "srcset"},
    b"action": {b"=": "action"},
    b"poster": {b"=": "poster"},
}
_LOADING = ("src", "srcset", "poster")
_ODD = re.compile(rb"(?:set)?\s*=")
# Where quotation marks come in pairs, the bracket before them is not in some value itself.
_IN_AN_A = re.compile(rb"<[aA]\s[^<>\"']*+(?:\"[^<>\"']*+\"[^<>\"']*+)*+")
_UP = "../"
_REMEMBERED = 5_000
"""Attributes, of pages of one depth: some megabytes."""
_PIECES = 5_000
"""What surrounds pages' own parts, and entries of lists: both are on many pages."""
_LARGE = 8_000
"""Bytes; what is larger, and not around a page, is a page's own text."""
_ENTRIES = re.compile(rb"<(?:li|article)")
"""What entries of lists begin with."""
_OF_A_HEAD = re.compile(rb"<(?:link|script)")
"""What the same things begin with in heads of which each has a title of its own."""

type _Attribute = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Glance:
    """Where a page may lead: everything it names, perhaps more, never less."""

    targets: frozenset[str]
    may_load_from_elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text names: files of the hub, and ways that are others from another folder."""

    targets: frozenset[str]
    ways: frozenset[str]
    is_outside: bool  # of an attribute: leads to another server; of more: may load from there


class Glancer:
    """Remembers what pages have in common."""

    def __init__(self) -> None:
        # By depth, because from there a way up to the root and down again leads to the same file.
        self._levels: dict[int, _Level] = {}

    def glance(self, page: str, body: bytes) -> Glance:
        """What this page names. A doubtful one is settled by `addresses_in`."""
        depth = page.count("/")
        level = self._levels.get(depth) or self._levels.setdefault(depth, _Level(depth))
        found = level.look(body)
        if found is None:
            return _at_leisure(page, body)
        ways = frozenset[str]().union(*(said.ways for said in found))
        return Glance(
            frozenset(_beside(page, ways)).union(*(said.targets for said in found)),
            any(said.is_outside for said in found),
        )


class _Level:
    """What is known of pages of one depth."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._attributes: dict[_Attribute, _Said] = {}
        self._pieces: dict[bytes, _Said | None] = {}

    def look(self, body: bytes) -> list[_Said] | None:
        """What the parts of a page name; None where a part can't be understood by itself.

        A cut in the midst of a value leaves a part that can't.
        """
        head, chrome, main, after, footer = _cut(body)
        if len(self._pieces) > _PIECES:
            self._pieces.clear()
        found = [self._known(chrome), self._said(after), self._known(footer)]
        known, pieces = self._pieces, _cut_at(head, _OF_A_HEAD) + _cut_at(main, _ENTRIES)
        found += [known.get(piece) or self._said_by(piece) for piece in pieces]
        understood = [said for said in found if said is not None]
        return understood if len(understood) == len(found) else None

    def _said_by(self, piece: bytes) -> _Said | None:
        return self._known(piece) if len(piece) < _LARGE else self._said(piece)

    def _known(self, piece: bytes) -> _Said | None:
        known = self._pieces
        if piece not in known:
            known[piece] = self._said(piece)
        return known[piece]

    def _said(self, part: bytes) -> _Said | None:
        attributes = _attributes(part)
        if attributes is None:
            return None
        known = self._attributes
        if len(known) > _REMEMBERED:
            known.clear()
        targets, ways, loads = set[str](), set[str](), False
        for attribute in attributes:
            said = known.get(attribute)
            if said is None:
                said = known[attribute] = _said(*attribute, depth=self._depth)
            targets |= said.targets
            ways |= said.ways
            if said.is_outside and not loads:
                loads = attribute[0] in _LOADING or not _is_to_follow(part, *attribute)
        return _Said(frozenset(targets), frozenset(ways), loads)


def _cut(body: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """The head of a page, what comes before its own part, that part, what is after it, the foot.

    What surrounds the page's own part is on other pages too, but for a link or two after it.
    """
    begun = max(0, body.find(b"<body"))
    main = max(begun, body.find(b"<main", begun))
    end = max(main, body.find(b"</main", main))
    foot = max(end, body.find(b"<footer", end))
    return body[:begun], body[begun:main], body[main:end], body[end:foot], body[foot:]


def _cut_at(part: bytes, beginnings: re.Pattern[bytes]) -> list[bytes]:
    """A part cut where an entry of a list may begin, or what a head asks for.

    Wherever that is, also in the midst of a value, the pieces name no less than the whole.
    """
    # What has no sign of equality names nothing.
    return [each for each in beginnings.split(part) if b"=" in each]


def _attributes(body: bytes) -> set[_Attribute] | None:
    """What follows the names, wherever they stand; None where one is written in another way."""
    found: set[_Attribute] = set()
    for stem, endings in _STEMS.items():
        for piece in body.split(stem)[1:]:
            parts = piece.split(b'"', 2)
            name = endings.get(parts[0])
            if name is not None and len(parts) > 2:  # noqa: PLR2004 - before, value, after
                found.add((name, parts[1]))
            elif _ODD.match(piece):
                return None
    return found


def _at_leisure(page: str, body: bytes) -> Glance:
    found = addresses_in(body.decode(errors="replace"))
    targets = {target_of(address.value, page) for address in found}
    return Glance(
        frozenset(target for target in targets if target is not None),
        any(address.is_loaded and is_outside(address.value) for address in found),
    )


def _said(name: str, value: bytes, *, depth: int) -> _Said:
    values = values_of(name, html.unescape(value.decode(errors="replace")))
    to_the_root = _UP * depth
    targets, ways = set[str | None](), set[str]()
    for each in values:
        if each.startswith(("/", to_the_root)):
            down = each[1:] if each.startswith("/") else each[len(to_the_root) :]
            targets.add(from_root(down) or target_of(each, "x/" * depth))
        elif not each.startswith("#"):
            ways.add(each)
    return _Said(
        frozenset(target for target in targets if target is not None),
        frozenset(ways),
        any(map(is_outside, values)),
    )


def _is_to_follow(text: bytes, name: str, value: bytes) -> bool:
    """Whether this is an attribute of nothing but an `<a>`, so that no browser loads it."""
    before = text.split(b'%s="%s"' % (name.encode(), value))[:-1]
    return all(_IN_AN_A.fullmatch(piece, max(0, piece.rfind(b"<"))) for piece in before)


def _beside(page: str, ways: Iterable[str]) -> Iterator[str]:
    """Where ways lead from a page; most go up a little and then down."""
    folder = page.split("/")[:-1]
    for way in ways:
        rest = way.lstrip("./")
        ups = (len(way) - len(rest)) // len(_UP)
        target = None
        if ups <= len(folder) and way == _UP * ups + rest:
            target = from_root("/".join([*folder[: len(folder) - ups], rest]))
        target = target or target_of(way, page)
        if target is not None:
            yield target
