"""How long an answer may be, in words that nobody has to count."""

import pytest

from cms.desk.write.advice import advice_on
from cms.stories.questions.shapes import AnswerKind, AskedOf, Question, Wording


def question(words: tuple[int, int] | None) -> Question:
    return Question(
        key="saw",
        kind=AnswerKind.LONG,
        required=True,
        asked_of=AskedOf.INTERVIEWEE,
        wordings={"nl": Wording("Wat zag je?")},
        words=words,
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (None, ""),
        ((3, 25), "Een paar woorden is genoeg."),
        ((10, 40), "1 zin is genoeg."),
        ((40, 120), "3 zinnen is genoeg."),
        ((80, 200), "7 zinnen is genoeg."),
    ],
)
def test_the_least_that_is_enough_is_said_in_sentences(
    words: tuple[int, int] | None, said: str
) -> None:
    assert advice_on(question(words)) == said
