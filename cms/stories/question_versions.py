"""The acts around question sets: the newest of a rubric, and the next."""

from collections.abc import Iterable

from django.db import transaction

from cms.accounts.models import User
from cms.stories.models import QuestionSet, Rubric
from cms.stories.questions.reading import Raw, stored


class OvertakenError(Exception):
    """Somebody made a version in the meantime; `newest` is it."""

    def __init__(self, newest: QuestionSet) -> None:
        self.newest = newest
        super().__init__(f"There is a version {newest.number} already.")


def newest_set(rubric: Rubric) -> QuestionSet | None:
    """Return what a rubric asks now; None where it asks nothing."""
    return QuestionSet.objects.filter(rubric=rubric).order_by("-number").first()


def newest_sets(rubrics: Iterable[Rubric]) -> dict[int, QuestionSet]:
    """Return the same for many rubrics, by their key, in one query."""
    sets = QuestionSet.objects.filter(rubric__in=list(rubrics)).order_by("number")
    return {one.rubric_id: one for one in sets}


@transaction.atomic
def add_version(
    rubric: Rubric,
    raw: Raw,
    *,
    by: User | None = None,
    after: int | None = None,
    starter: str = "",
) -> QuestionSet:
    """Make the next version of what a rubric asks; the same content again makes none.

    Args:
        rubric: The rubric that asks.
        raw: As a rubric's file has it; other keys than those of the set are left out.
        by: Who made it; None for a file.
        after: The version that its maker looked at; None when nobody looked.
        starter: The id of the starter rubric whose file it is.

    Raises:
        UnreadableQuestionsError: Naming what is wrong and how to mend it.
        OvertakenError: There is a newer version than the one that its maker looked at.
    """
    Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
    content = stored(raw)
    newest = newest_set(rubric)
    if newest is not None and newest.content == content:
        return newest
    if newest is not None and after is not None and newest.number != after:
        raise OvertakenError(newest)
    number = newest.number + 1 if newest else 1
    return QuestionSet.objects.create(
        rubric=rubric, number=number, content=content, made_by=by, starter=starter
    )
