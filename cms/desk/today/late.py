"""The requests that are past their day, for who can ask again or ask somebody else."""

from cms.accounts.models import User
from cms.desk.request_rows import Row, rows_of
from cms.planning.models import Assignment
from cms.planning.standing import today
from cms.stories.ownership import hidden_from

MOST = 60
"""Of these; who has more is told so by the list of requests."""


def late_requests(user: User) -> list[Row]:
    """Return what is past its day and still lies with its writer, longest first."""
    past = Assignment.objects.past(today()).whole()
    seen = past.exclude(contribution__item__in=hidden_from(user).values("pk"))
    return [row for row in rows_of(list(seen[:MOST])) if row.standing.is_late]
