"""Patterns for a title or a summary: words with answers in them.

`{key}` is the whole answer, `excerpt(key)` its first sentence, word for word, and `{person}`,
`{role}`, `{department}`, `{location}`, `{start_month}`, `{years}` come from the colleague it is
about.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

PERSON_FACTS = frozenset({"person", "role", "department", "location", "start_month", "years"})
KEY = re.compile(r"[a-z][a-z0-9_]{0,38}\Z")
_PLACE = re.compile(r"\{([^{}]*)\}|\bexcerpt\(([^()]*)\)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_LOOSE_END = re.compile(r"[\s,;:(–-]+\Z")
_LOOSE_START = re.compile(r"\A[\s.,;:)–-]+")
_DOUBLE_END = re.compile(r"([.!?…])(?:\s*\.)+")


@dataclass(frozen=True)
class Piece:
    """Words as they stand, or the name of what comes there."""

    words: str = ""
    name: str = ""
    is_excerpt: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern that was read."""

    source: str
    pieces: tuple[Piece, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The answers that it speaks of."""
        return frozenset(piece.name for piece in self.pieces if piece.name) - PERSON_FACTS

    @property
    def whole(self) -> frozenset[str]:
        """The answers that stand in it from beginning to end."""
        return frozenset(piece.name for piece in self.pieces if not piece.is_excerpt) & self.keys


def read(source: str) -> Pattern:
    """Read a pattern; which names exist is for the reader of the set to say."""
    pieces: list[Piece] = []
    end = 0
    for place in _PLACE.finditer(source):
        if place.start() > end:
            pieces.append(Piece(words=source[end : place.start()]))
        name = place[1] if place[1] is not None else place[2]
        pieces.append(Piece(name=name.strip(), is_excerpt=place[1] is None))
        end = place.end()
    if end < len(source):
        pieces.append(Piece(words=source[end:]))
    return Pattern(source, tuple(pieces))


def filled(pattern: Pattern, answers: Mapping[str, str], facts: Mapping[str, str]) -> str:
    """Return the pattern with what is known in it; nothing when none of its answers is there.

    The words before something unknown go with it: ‘A day with Kim, welder: …’ reads ‘A day with
    Kim: …’ where nobody knows Kim's work.
    """
    if pattern.keys and not any(answers.get(key, "").strip() for key in pattern.keys):
        return ""
    written, before, is_known = "", "", True
    for piece in pattern.pieces:
        if not piece.name:
            before = piece.words
            continue
        value = _value(piece, answers, facts)
        is_known = bool(value)
        if is_known:
            written += before + value
        before = ""
    return _tidied(written + (before if is_known else ""))


def _value(piece: Piece, answers: Mapping[str, str], facts: Mapping[str, str]) -> str:
    if piece.name in PERSON_FACTS:
        return facts.get(piece.name, "")
    answer = " ".join(answers.get(piece.name, "").split())
    return first_sentence(answer) if piece.is_excerpt else answer


def _tidied(written: str) -> str:
    text = _DOUBLE_END.sub(r"\1", " ".join(written.split()))
    return _LOOSE_END.sub("", _LOOSE_START.sub("", text))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, word for word."""
    words = " ".join(text.split())
    end = _SENTENCE_END.search(words)
    return words[: end.start()].rstrip() if end else words


def shortened(text: str, *, most: int) -> str:
    """Return at most so many characters, cut between words and marked as cut."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    at = kept.rfind(" ")
    return _LOOSE_END.sub("", kept[:at] if at > most // 2 else kept) + "…"


def unknown_in(patterns: Iterable[Pattern], known: Callable[[str], bool]) -> list[str]:
    """Return the names in patterns that stand for nothing."""
    names = (piece.name for pattern in patterns for piece in pattern.pieces if piece.name)
    return sorted({name for name in names if name not in PERSON_FACTS and not known(name)})
