"""Titles and summaries as the screen says them: `[question 2]` in the place of a key."""

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.stories.questions.patterns import Piece, read

FACTS = {
    "person": gettext_lazy("name"),
    "role": gettext_lazy("job"),
    "department": gettext_lazy("department"),
    "location": gettext_lazy("place"),
    "start_month": gettext_lazy("here since"),
    "years": gettext_lazy("years here"),
}
"""What is known of the colleague it is about."""
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def in_words(source: str, keys: Sequence[str]) -> str:
    """Return a pattern with the numbers of questions in the place of their keys.

    Args:
        source: As it is kept, such as `{person}: excerpt(hands)`.
        keys: Of the questions in the order of the screen.
    """
    return "".join(
        f"[{_name(piece, keys)}]" if piece.name else piece.words for piece in read(source).pieces
    )


def from_words(text: str, keys: Sequence[str], *, left_out: frozenset[str] = frozenset()) -> str:
    """Return what was typed as it is kept; what stands for nothing is left for its reader to tell.

    Args:
        text: As it is typed, such as `[name]: [question 1, first sentence]`.
        keys: Of the questions in the order in which the screen showed them.
        left_out: Of those, the ones that go: their numbers are other questions' from now on.
    """
    meant = {_folded(str(word)): f"{{{fact}}}" for fact, word in FACTS.items()}
    for number, key in enumerate(keys, start=1):
        gone = f"{{{_('a question left out')}}}" if key in left_out else ""
        meant[_folded(_whole(number))] = gone or f"{{{key}}}"
        meant[_folded(_first(number))] = gone or f"excerpt({key})"
    return _BRACKETS.sub(_replacing(meant.get), text)


def example() -> str:
    return f"[{_first(1)}]"


def _replacing(meant: Callable[[str], str | None]) -> Callable[[re.Match[str]], str]:
    return lambda found: meant(_folded(found[1])) or f"{{{found[1]}}}"


def _name(piece: Piece, keys: Sequence[str]) -> str:
    if piece.name in FACTS:
        return str(FACTS[piece.name])
    if piece.name not in keys:
        return piece.name
    number = keys.index(piece.name) + 1
    return _first(number) if piece.is_excerpt else _whole(number)


def _whole(number: int) -> str:
    return _("question %(number)s") % {"number": number}


def _first(number: int) -> str:
    return _("question %(number)s, first sentence") % {"number": number}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
