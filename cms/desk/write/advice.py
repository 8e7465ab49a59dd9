"""How much is enough, said beside the question before somebody types too much or nothing at all."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.stories.questions.shapes import Question

WORDS_OF_SENTENCE = 12
"""Of plain Dutch that reads well aloud; only to turn a number of words into sentences."""
FEWEST = 8


def advice_on(question: Question) -> str:
    """Return in a sentence the least that is enough for an answer; nothing where nobody counts."""
    if question.words is None:
        return ""
    least = question.words[0]
    if least < FEWEST:
        return _("A few words are enough.")
    sentences = max(1, round(least / WORDS_OF_SENTENCE))
    return ngettext(
        "%(number)s sentence is enough.", "%(number)s sentences are enough.", sentences
    ) % {"number": sentences}
