"""Which requests are shown."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict

from cms.accounts.models import User
from cms.desk.request_rows import Row, rows_of
from cms.planning.models import Assignment, AssignmentQuerySet
from cms.planning.standing import today
from cms.stories.ownership import hidden_from

PER_PAGE = 50
ALL, LATE, FREE, DECLINED = "all", "late", "free", "declined"


def known_to(reader: User) -> AssignmentQuerySet:
    """Return the requests of which this person may know all there is to know."""
    hidden = hidden_from(reader).values("pk")
    return Assignment.objects.whole().exclude(contribution__item__in=hidden)


def page_of(asked: QueryDict, *, reader: User) -> tuple[Page[Assignment], list[Row]]:
    """Return one page of the requests that were asked for, with how each stands."""
    found = filtered(asked)
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    listed = list(page.object_list)
    known = set(
        known_to(reader).filter(pk__in=[each.pk for each in listed]).values_list("pk", flat=True)
    )
    rows = [replace(row, is_hidden=row.assignment.pk not in known) for row in rows_of(listed)]
    if asked.get("which") == LATE:
        rows = [row for row in rows if row.standing.is_late]
    return page, rows


def filtered(asked: QueryDict) -> AssignmentQuerySet:
    """Return requests by ambassador, rubric and state; else all that somebody still works on."""
    found = Assignment.objects.whole()
    which = asked.get("which", "")
    if which == DECLINED:
        found = found.exclude(declined_at=None).filter(cancelled_at=None)
    elif which == FREE:
        found = found.free()
    elif which != ALL:
        found = found.under_way().exclude(contribution__item__live=True)
    if which == LATE:
        found = found.past(today())
    for name in ("assignee", "rubric"):
        chosen = asked.get(name, "")
        if chosen.isdecimal():
            found = found.filter(**{name: int(chosen)})
    return found


def burdens() -> list[Any]:
    """Return how much is asked of each now, by name: to spread it, not to compare people."""
    under_way = Assignment.objects.under_way().exclude(contribution__item__live=True)
    asked = under_way.filter(assignee__isnull=False).values(
        "assignee", "assignee__first_name", "assignee__last_name"
    )
    return list(asked.annotate(number=Count("pk")).order_by("assignee__first_name", "assignee"))
