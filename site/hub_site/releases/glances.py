"""Where a page may lead, found quickly, because every page of a release is looked at.

A page is searched once, for signs of equality, without looking at tags. What surrounds its own part
stands on other pages too, and so do most addresses in it: what they come to is remembered.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hub_site.releases.links import addresses_in, from_root, is_outside, target_of, values_of

_NAMES = (b"href", b"src", b"action", b"poster", b"srcset")
# A sign is found so much sooner than a name that looking back from there is what costs least.
_AFTER_ONE, _AFTER_A_SET = (
    b"|".join(b"(?<=%b=)" % name for name in names) for names in (_NAMES[:-1], _NAMES[-1:])
)
_VALUES = re.compile(
    rb'=(?<=[fcnrt\s]=)((?:%b)(?:"[^"]*")?|%b(?:"[^"]*(?="))?|(?<=\s=))'
    % (_AFTER_ONE, _AFTER_A_SET)
)
"""What a name has in quotation marks, of a set without the last of them; nothing where it may have
it in another way. Names end in one of these letters."""
_NAMED = re.compile(rb"(?:%b)\s*=" % b"|".join(_NAMES))
_SPACED = re.compile(rb"(?:%b)\s+=" % b"|".join(_NAMES))
# Where quotation marks come in pairs, the bracket before them is not in some value itself.
_IN_AN_A = re.compile(rb"<[aA]\s[^<>\"']*+(?:\"[^<>\"']*+\"[^<>\"']*+)*+")
_OWN = b"<main"
_UP = "../"
_REMEMBERED = 5_000
"""Values, of pages of one depth: some megabytes."""
_SURROUNDINGS = 500
"""Of pages' own parts, of pages of one depth."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Where a page may lead: everything it names, perhaps more, never less.

    Attributes:
        own_of: the hash of a page whose own part this one has, where that was not looked at; its
            bytes were, when they became a page of a release.
    """

    targets: frozenset[str]
    may_load_from_elsewhere: bool
    own_of: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text names: files of the hub, and ways that are others from another folder."""

    targets: frozenset[str]
    ways: frozenset[str]
    is_outside: bool  # of a value: leads to another server; of more: may load from there


class Glancer:
    """Remembers what pages have in common."""

    def __init__(self) -> None:
        # By depth, because from there a way up to the root and down again leads to the same file.
        self._levels: dict[int, _Level] = {}

    def glance(self, page: str, body: bytes) -> Glance:
        """What this page names. A doubtful one is settled by `addresses_in`."""
        found = self._level(page).look(body)
        return _at_leisure(page, body) if found is None else _seen(page, found)

    def glance_around(self, page: str, body: bytes, own: bytes) -> Glance | None:
        """What this page names around its own part; None where that can't be told from the rest."""
        found = self._level(page).look(body, but=own)
        return None if found is None else _seen(page, found)

    def _level(self, page: str) -> "_Level":
        depth = page.count("/")
        return self._levels.get(depth) or self._levels.setdefault(depth, _Level(depth))


class _Level:
    """What is known of pages of one depth."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._values: dict[bytes, _Said] = {}
        self._surroundings: dict[bytes, _Said | None] = {}
        self._last = b""  # what came before the own part of the page before

    def look(self, body: bytes, *, but: bytes = b"") -> list[_Said] | None:
        """What the parts of a page name; None where a part can't be understood by itself.

        `but` is the page's own part, where nobody is to look.

        What surrounds the page's own part is on other pages too, but for a link or two after it.
        Wherever a page is cut, the parts name what the whole does; but for a cut in the midst of a
        value, and that leaves a part that can't be understood.
        """
        begun = max(0, body.find(b"<body"))
        own = begun + len(self._last)
        if not (body.startswith(_OWN, own) and body.startswith(self._last, begun)):
            own = max(begun, body.find(_OWN, begun))
            self._last = body[begun:own]
        if not body.startswith(but, own):
            return None
        own += len(but)
        foot = body.rfind(b"<footer", own)
        end = foot if foot >= 0 else len(body)
        found = [
            self._known(self._last),
            self._known(body[end:]),
            self._said(body, 0, begun),
            self._said(body, own, end),
        ]
        understood = [said for said in found if said is not None]
        return understood if len(understood) == len(found) else None

    def _known(self, part: bytes) -> _Said | None:
        known = self._surroundings
        if part not in known:
            if len(known) > _SURROUNDINGS:
                known.clear()
            known[part] = self._said(part, 0, len(part))
        return known[part]

    def _said(self, body: bytes, start: int, end: int) -> _Said | None:
        values = set(_VALUES.findall(body, start, end))
        if b"" in values:
            if not _is_plain(body[start:end]):
                return None
            values.remove(b"")
        known = self._values
        if len(known) > _REMEMBERED:
            known.clear()
        unknown = [value for value in values if value not in known]
        if any(b"=" in value and _NAMED.search(value) for value in unknown):
            return None  # a quotation mark was forgotten
        for value in unknown:
            known[value] = _said_by(value, depth=self._depth)
        found = [known[value] for value in values]
        outside = [value for value, said in zip(values, found, strict=True) if said.is_outside]
        return _Said(
            frozenset[str]().union(*[said.targets for said in found]),
            frozenset[str]().union(*[said.ways for said in found]),
            not all(_is_to_follow(body[start:end], value) for value in outside),
        )


def _seen(page: str, found: Sequence[_Said]) -> Glance:
    ways = frozenset[str]().union(*(said.ways for said in found))
    return Glance(
        frozenset(_beside(page, ways)).union(*(said.targets for said in found)),
        any(said.is_outside for said in found),
    )


def _is_plain(part: bytes) -> bool:
    """Whether every name has its sign at once, and after that a value in quotation marks."""
    is_bare = any(
        value == b"" and part[at - 1 : at].strip()
        for value, at in ((found[1], found.start()) for found in _VALUES.finditer(part))
    )
    return not is_bare and _SPACED.search(part) is None


def _at_leisure(page: str, body: bytes) -> Glance:
    found = addresses_in(body.decode(errors="replace"))
    targets = {target_of(address.value, page) for address in found}
    return Glance(
        frozenset(target for target in targets if target is not None),
        any(address.is_loaded and is_outside(address.value) for address in found),
    )


def _said_by(value: bytes, *, depth: int) -> _Said:
    name = "href" if value.endswith(b'"') else "srcset"
    addresses = values_of(name, html.unescape(value.strip(b'"').decode(errors="replace")))
    to_the_root = _UP * depth
    targets, ways = list[str](), list[str]()
    for each in addresses:
        if each.startswith(("/", to_the_root)):
            down = each[1:] if each.startswith("/") else each[len(to_the_root) :]
            target = from_root(down)
            targets.append((target_of(each, "x/" * depth) or "") if target is None else target)
        elif not each.startswith("#"):
            ways.append(each)
    return _Said(frozenset(filter(None, targets)), frozenset(ways), any(map(is_outside, addresses)))


def _is_to_follow(part: bytes, value: bytes) -> bool:
    """Whether only an `<a>` names this, so that no browser loads it."""
    before = part.split(b"=" + value)[:-1]
    return all(
        _IN_AN_A.fullmatch(piece, max(0, piece.rfind(b"<")))
        for piece in before
        if piece.endswith(_NAMES)
    )


def _beside(page: str, ways: Iterable[str]) -> Iterator[str]:
    """Where ways lead from a page; most go up a little and then down."""
    folder = page.split("/")[:-1]
    for way in ways:
        rest = way.lstrip("./")
        ups = (len(way) - len(rest)) // len(_UP)
        target = None
        if ups <= len(folder) and way == _UP * ups + rest:
            target = from_root("/".join([*folder[: len(folder) - ups], rest]))
        if target is None:
            target = target_of(way, page)
        if target:
            yield target
