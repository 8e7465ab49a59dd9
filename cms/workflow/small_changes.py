"""Which change of a live item is so small that a second pair of eyes takes it in at a glance.

The measure errs to the safe side: whatever could change what a text says goes the whole way.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from cms.stories.models import EditorialPage
from cms.workflow.differences import Difference, between
from cms.workflow.texts import Text
from cms.workflow.wording import TOKEN

MOST_WORDS = 3
"""Words that differ, all together."""
ALIKE = 0.6
"""How much of a word stays when it was only misspelt."""
FIELDS = frozenset({"title", "summary", "lead_image_alt", "lead_image_caption", "body"})
TELLING = frozenset(
    ["niet", "geen", "nooit", "niemand", "wel", "not", "no", "never", "nobody", "don't", "can't"]
)
"""Small words that turn a sentence round."""


@dataclass(frozen=True)
class SmallChange:
    """A correction of spelling: how many words, and exactly which."""

    words: int
    differences: list[Difference]


def small_change(item: EditorialPage, text: Text) -> SmallChange | None:
    """Return how small a newer text differs from what is live; None when it is not small.

    Args:
        item: As its row is: what stands on the hub.
        text: The newest text of it.
    """
    if not item.live:
        return None
    differences = between(item, text.page)
    counted = [_changed_words(difference) for difference in differences]
    if not counted or None in counted:
        return None
    words = sum(number for number in counted if number)
    return SmallChange(words, differences) if words <= MOST_WORDS else None


def _changed_words(difference: Difference) -> int | None:
    """Return how many words were respelt; None when it is more than that."""
    is_part_of_body = difference.field != "body" or difference.block is not None
    if difference.field not in FIELDS or not is_part_of_body:
        return None
    if not difference.old or not difference.new:
        return None
    was, now = TOKEN.findall(difference.old), TOKEN.findall(difference.new)
    number = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        around = {token.casefold() for token in now[max(0, j1 - 2) : j2 + 2]}
        respelt = _respelt(was[i1:i2], now[j1:j2], around=around)
        if respelt is None:
            return None
        number += respelt
    return number


def _respelt(gone: list[str], come: list[str], *, around: set[str]) -> int | None:
    """Return how many words a changed place has; None when it could say something else now."""
    if any(_is_telling(token) for token in [*gone, *come]):
        return None
    left, right = _words(gone), _words(come)
    if not left and not right:
        return 1
    if not right and len(left) == 1 and left[0] in around:
        return 1  # it stood there twice
    old, new = "".join(left), "".join(right)
    is_alike = bool(old and new) and SequenceMatcher(None, old, new).ratio() >= ALIKE
    return max(len(left), len(right)) if is_alike else None


def _words(tokens: list[str]) -> list[str]:
    return [token.casefold() for token in tokens if token[:1].isalnum()]


def _is_telling(token: str) -> bool:
    """Numbers, addresses and denials carry the meaning."""
    return token.casefold() in TELLING or any(mark.isdigit() or mark in "/@" for mark in token)
