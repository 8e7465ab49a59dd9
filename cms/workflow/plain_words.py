"""How easily a text reads: a measure for B1, with the sentences it is about.

Two things make a Dutch or English text hard for who reads with effort, and both can be counted:
long sentences and long words. The bounds are those of the usual advice for B1 (about ten words a
sentence, none above twenty). It is a hint for people, never a gate: a good quote may be long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wagtail.rich_text import RichText

from cms.stories.models import EditorialPage
from cms.workflow.wording import in_plain_words

LONG_SENTENCE = 20
"""Words above which a sentence is named."""
AVERAGE_SENTENCE = 14
LONG_WORD = 18
"""Letters; Dutch writes compounds as one word, so fewer would name half of a normal text."""
MOST_NAMED = 3

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(•]?[A-ZÀ-Þ0-9])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\((?:https?:|mailto:|tel:|/)[^)]*\)|\bhttps?://\S+")


@dataclass(frozen=True)
class Reading:
    """How a text reads.

    Attributes:
        words: How many there are.
        average: Words a sentence.
        long_sentences: Those above the bound, longest first.
        long_words: Each once, longest first.
    """

    words: int
    average: float
    long_sentences: list[str]
    long_words: list[str]

    @property
    def is_plain(self) -> bool:
        return not self.long_sentences and not self.long_words and self.average <= AVERAGE_SENTENCE


def reading_of(page: EditorialPage) -> Reading:
    """Measure everything that a reader of an item reads, title left out."""
    return measured("\n".join(texts_of(page)))


def texts_of(page: EditorialPage) -> Iterator[str]:
    """Yield summary and body as plain words, part by part."""
    yield page.summary
    for block in page.body:
        yield from _said(block.value)


def measured(text: str) -> Reading:
    """Measure plain words; a line break ends a sentence, as it does for the eye."""
    bare = _ADDRESS.sub(" ", text).replace("**", "")
    sentences = [one.strip(" •") for one in _END.split(bare) if _WORD.search(one)]
    lengths = {one: len(_WORD.findall(one)) for one in sentences}
    number = sum(len(_WORD.findall(one)) for one in sentences)
    long = sorted(
        (one for one in lengths if lengths[one] > LONG_SENTENCE), key=lambda one: -lengths[one]
    )
    words = {word for one in sentences for word in _WORD.findall(one) if _is_long(word)}
    return Reading(
        words=number,
        average=number / len(sentences) if sentences else 0.0,
        long_sentences=long,
        long_words=sorted(words, key=lambda word: (-len(word), word)),
    )


def _is_long(word: str) -> bool:
    """A hyphen gives the eye a rest: each half counts by itself."""
    return max(len(part) for part in word.split("-")) > LONG_WORD


def _said(value: object) -> Iterator[str]:
    if isinstance(value, RichText):
        yield in_plain_words(value.source)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _said(part)
    elif isinstance(value, str):
        yield value
