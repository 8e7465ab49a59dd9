from collections.abc import Mapping
from typing import Any

from cms.accounts.models import Person, User
from cms.config.starter_rubrics import starter_rubrics
from cms.contributions.actions import Saved, Typed, begin, save_answer
from cms.contributions.models import Answer, Contribution
from cms.stories.models import QuestionSet, Rubric
from cms.stories.question_versions import add_version
from tests.factories.pages import rubric
from tests.factories.people import ambassador


def question_set(*, starter: str = "tip-from-hr", parent: Rubric | None = None) -> QuestionSet:
    """Give a rubric the questions of a starter rubric."""
    return add_version(parent or rubric(), starter_rubrics()[starter], starter=starter)


def contribution(
    *, starter: str = "tip-from-hr", by: User | None = None, about: Person | None = None
) -> Contribution:
    """Begin to answer the questions of a starter rubric."""
    return begin(question_set(starter=starter), by=by or ambassador(), about=about)


def answer(made: Contribution, key: str, text: str, **fields: Any) -> Saved:
    """Type an answer, the way the form does."""
    known = made.answers.filter(key=key).first()
    base = fields.pop("base", known.revision if known else 0)
    by = fields.pop("by", made.author)
    return save_answer(made, Typed(key, text, base=base, **fields), by=by)


def author_of(made: Contribution) -> User:
    assert made.author is not None
    return made.author


def item_of(made: Contribution) -> Any:
    """Return the draft underneath, as it is now."""
    made.refresh_from_db()
    assert made.item is not None
    return made.item.specific


def fill(made: Contribution, answers: Mapping[str, str]) -> None:
    """Give several answers at once; the draft follows with the last."""
    *before, last = answers
    kept = [Answer(contribution=made, key=key, text=answers[key]) for key in before]
    Answer.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["contribution", "key"],
        update_fields=["text"],
    )
    answer(made, last, answers[last])
