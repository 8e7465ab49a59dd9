"""What the form and the article will be, made by the very code that makes them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from cms.contributions.framing import Framed, Given, Photo, framed
from cms.desk.write.advice import advice_on
from cms.stories.models import Rubric
from cms.stories.questions.shapes import AnswerKind, Question, Questions, Wording

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Look:
    """An example of both."""

    asked: list[tuple[Question, Wording]]
    article: Framed
    minutes: int

    @property
    def first(self) -> tuple[Question, Wording]:
        return self.asked[0]

    @property
    def advice(self) -> str:
        """What the form says beside the first question about how much is enough."""
        return advice_on(self.asked[0][0])


def look_of(questions: Questions, rubric: Rubric) -> Look:
    """Return how a set looks when every question is answered."""
    language = rubric.language
    asked = [(one, one.worded(language)) for one in questions.asked]
    answers = {
        one.key: _example(one, wording, number)
        for number, (one, wording) in enumerate(asked, start=1)
        if one.kind != AnswerKind.PHOTO
    }
    photos = {
        one.key: [Photo(image=number + 1) for number in range(one.photos)]
        for one in questions.asked
        if one.kind == AnswerKind.PHOTO
    }
    given = Given(
        name=NOBODY,
        answers=answers,
        photos=photos,
        facts=_somebody() if questions.is_about_somebody else {},
        about=None,
        language=language,
        place=rubric.title,
    )
    return Look(asked, framed(questions, given), minutes=max(1, len(asked)))


def _example(question: Question, wording: Wording, number: int) -> str:
    if question.kind == AnswerKind.CHOICE:
        return wording.options[0]
    return _("The answer to question %(number)s. A second sentence.") % {"number": number}


def _somebody() -> dict[str, str]:
    return {
        "person": _("Kim Bos"),
        "role": _("welder"),
        "department": _("Workshop"),
        "location": _("Zwolle"),
        "start_month": _("May 2019"),
        "years": _("25 years"),
    }
