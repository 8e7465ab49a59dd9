"""Before and after, sentence by sentence; and one sentence put back without losing the markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape, unescape

_PIECE = re.compile(r"<[^>]*>|&[#\w]+;|[^<&]|[<&]")
_END_OF_PART = re.compile(r"</(?:p|li)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_EMPTY = re.compile(r"<(b|strong|i|em|a|p|li)(?:\s[^>]*)?>\s*</\1>")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘„«(]?[A-ZÀ-Þ0-9])|(?=\n)|\Z)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and where it stands in the plain text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Change:
    """A few sentences as they were, and what stands there now; one of the two may be nothing.

    Attributes:
        number: Of the change, from nought, in the order of the text.
        start: Where `after` begins in the plain text.
        end: And where it ends.
    """

    number: int
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True)
class Same:
    """What nobody touched."""

    text: str
    is_same: bool = True


def sentences_in(text: str) -> list[Sentence]:
    """Return the sentences of a text; a line ends one as well."""
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    for found in _SENTENCE.finditer(text):
        words = found.group()
        start = found.start() + len(words) - len(words.lstrip())
        if words.strip():
            yield Sentence(words.strip(), start, start + len(words.strip()))


def compared(before: str, after: str) -> list[Change | Same]:
    """Return the text as it is now in pieces: what stayed the same and what was changed."""
    was, now = sentences_in(before), sentences_in(after)
    matcher = SequenceMatcher(None, _bare(was), _bare(now), autojunk=False)
    found: list[Change | Same] = []
    number = 0
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            found.append(Same(_joined(now[j1:j2])))
            continue
        for old, new in _pairs(was[i1:i2], now[j1:j2]):
            start, end = _place(new, now, j1)
            found.append(Change(number, _joined(old), _joined(new), start, end))
            number += 1
    return found


def _bare(sentences: Sequence[Sentence]) -> list[str]:
    return [_SPACE.sub(" ", each.text) for each in sentences]


def _pairs(
    was: Sequence[Sentence], now: Sequence[Sentence]
) -> list[tuple[Sequence[Sentence], Sequence[Sentence]]]:
    """Put sentences that were each rewritten side by side; else they are one change together."""
    if len(was) == len(now):
        return [([old], [new]) for old, new in zip(was, now, strict=True)]
    return [(was, now)]


def _place(new: Sequence[Sentence], now: Sequence[Sentence], place: int) -> tuple[int, int]:
    if new:
        return new[0].start, new[-1].end
    after = now[place - 1].end if place else 0
    return after, after


def _joined(sentences: Sequence[Sentence]) -> str:
    return " ".join(each.text for each in sentences)


def plain_of(html: str) -> str:
    """Return markup as plain text, a line for each paragraph."""
    return _mapped(html)[0]


def put_back(html: str, change: Change) -> str:
    """Return markup in which a change is undone; emphasis and links around it stay."""
    _plain, places = _mapped(html)
    before = escape(change.before, quote=False)
    if change.start == change.end:
        at = places[change.start - 1][1] if change.start else _first_text(html)
        space = " " if change.start else ""
        behind = "" if change.start else " "
        return f"{html[:at]}{space}{before}{behind}{html[at:]}"
    start, end = places[change.start][0], places[change.end - 1][1]
    tags = "".join(_TAG.findall(html[start:end]))
    return _tidied(f"{html[:start]}{before}{tags}{html[end:]}")


def put_back_in_plain(text: str, change: Change) -> str:
    """Return the same of a text without markup."""
    space = " " if change.start == change.end and change.start else ""
    return " ".join(f"{text[: change.start]}{space}{change.before}{text[change.end :]}".split())


def _first_text(html: str) -> int:
    found = re.match(r"(?:\s*<[^>]*>)*", html)
    return found.end() if found else 0


def _tidied(html: str) -> str:
    while (shorter := _EMPTY.sub("", html)) != html:
        html = shorter
    return re.sub(r" {2,}", " ", html).replace(" </p>", "</p>").replace("<p> ", "<p>")


def _mapped(html: str) -> tuple[str, list[tuple[int, int]]]:
    """Return plain text, and for each of its characters from where to where it is in the markup."""
    text: list[str] = []
    places: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(html):
        words = piece.group()
        if _TAG.fullmatch(words):
            if _END_OF_PART.fullmatch(words):
                _end_line(text, places, at=piece.start())
            continue
        for letter in unescape(words):
            if not letter.isspace():
                text.append(letter)
            elif text and text[-1] not in " \n":
                text.append(" ")
            else:
                continue
            places.append(piece.span())
    _drop_space(text, places)
    while text and text[-1] == "\n":
        text.pop()
        places.pop()
    return "".join(text), places


def _end_line(text: list[str], places: list[tuple[int, int]], *, at: int) -> None:
    _drop_space(text, places)
    if text and text[-1] != "\n":
        text.append("\n")
        places.append((at, at))


def _drop_space(text: list[str], places: list[tuple[int, int]]) -> None:
    if text and text[-1] == " ":
        text.pop()
        places.pop()
