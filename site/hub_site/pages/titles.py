"""Titles of all shapes: soft hyphens for long words, anchors, initials, lists of names."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import pyphen

from hub_site.content.documents import Language

LONG_WORD = 16
SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(rf"[^\W\d_]{{{LONG_WORD + 1},}}")
_DICTIONARIES = {"nl": "nl_NL", "en": "en_GB"}
# Letters that are one piece in Unicode, so that decomposing leaves them as they are.
_WITHOUT_PARTS = str.maketrans({"\u0131": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss"})
_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=2)
def _dictionary(language: Language) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_DICTIONARIES[language], left=3, right=3)


@lru_cache(maxsize=4096)
def with_soft_hyphens(text: str, language: Language) -> str:
    """Let words of more than 16 letters break where the language allows it."""
    return _WORD.sub(lambda match: _hyphenated(match[0], language), text)


def _hyphenated(word: str, language: Language) -> str:
    # Positions with data would spell the word differently when it does not break there.
    breaks = [at for at in _dictionary(language).positions(word) if at.data is None]
    parts = [word[start:end] for start, end in zip([0, *breaks], [*breaks, None], strict=True)]
    return SOFT_HYPHEN.join(parts)


def plain_letters(text: str) -> str:
    """Reduce accented letters to plain ones, so that names sort and headings link as ASCII."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_WITHOUT_PARTS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def anchor_of(text: str, taken: set[str]) -> str:
    """Make an anchor that is not yet on this page, and take it."""
    stem = _NOT_IN_ANCHOR.sub("-", plain_letters(text).lower()).strip("-")[:60] or "deel"
    anchor, number = stem, 2
    while anchor in taken:
        anchor, number = f"{stem}-{number}", number + 1
    taken.add(anchor)
    return anchor


def initials_of(name: str) -> str:
    """First letters of the first and last word with a capital: 'Hennie te Velde' is HV."""
    words = [word for word in re.split(r"[\s]+", name) if word[:1].isupper()] or name.split()
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()


def names_in_a_row(names: Sequence[str], *, conjunction: str) -> str:
    """'A', 'A en B', 'A, B en C'."""
    if not names[1:]:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
