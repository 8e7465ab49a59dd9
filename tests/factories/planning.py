from datetime import date, timedelta

from cms.accounts.models import User
from cms.planning.actions import Wish, ask
from cms.planning.models import Assignment
from cms.planning.standing import today
from tests.factories.contributions import question_set
from tests.factories.people import ambassador, community_manager


def wish(
    *, starter: str = "tip-from-hr", days: int = 14, to: User | None = None, **fields: object
) -> Wish:
    """Describe a request of a rubric that asks the questions of a starter rubric."""
    given: dict[str, object] = {
        "rubric": question_set(starter=starter).rubric if "rubric" not in fields else None,
        "subject": "Vrije dagen meenemen",
        "due_on": today() + timedelta(days=days),
        "assignee": to,
    }
    return Wish(**{**given, **fields})  # type: ignore[arg-type]


def assignment(
    *, to: User | None = None, by: User | None = None, free: bool = False, **fields: object
) -> Assignment:
    """Make a request to an ambassador, or one that nobody has."""
    asked_of = None if free else to or ambassador()
    made = ask(wish(to=asked_of, **fields), by=by or community_manager())  # type: ignore[arg-type]
    return fresh(made)


def fresh(made: Assignment) -> Assignment:
    """Return a request as it is in the database, with all that a list tells of it."""
    return Assignment.objects.whole().get(pk=made.pk)


def due(made: Assignment, day: date) -> Assignment:
    Assignment.objects.filter(pk=made.pk).update(due_on=day)
    return fresh(made)
