"""Which requests are shown, and how each stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.models import User
from cms.planning.models import Assignment, AssignmentQuerySet
from cms.planning.standing import Stage, Standing, standings_of, today
from cms.stories.models.confidential import busy_title
from cms.stories.ownership import hidden_from

PER_PAGE = 50
ALL, LATE, FREE, DECLINED = "all", "late", "free", "declined"


@dataclass(frozen=True)
class Row:
    """One request and how it stands.

    Attributes:
        is_hidden: Its draft is a circle's in which who looks is not.
    """

    assignment: Assignment
    standing: Standing
    is_hidden: bool = False

    @property
    def subject(self) -> str:
        return busy_title() if self.is_hidden else self.assignment.subject

    @property
    def words(self) -> str:
        """Say how far it is, in one short line."""
        stands = self.standing
        if stands.stage == Stage.WRITING:
            return _("%(done)s of %(total)s questions done") % {
                "done": stands.done,
                "total": stands.total,
            }
        if stands.stage == Stage.HANDED_IN and stands.status is not None:
            return stands.status.label
        return {
            Stage.FREE: _("Nobody asked yet"),
            Stage.ASKED: _("Asked"),
            Stage.ACCEPTED: _("Said yes"),
            Stage.DECLINED: _("Said no"),
            Stage.CANCELLED: _("Not needed any more"),
        }.get(stands.stage, "")

    @property
    def late_words(self) -> str:
        number = self.standing.days_late
        if not number:
            return ""
        return ngettext("%(n)s day late", "%(n)s days late", number) % {"n": number}


def rows_of(assignments: Sequence[Assignment]) -> list[Row]:
    standings = standings_of(assignments)
    return [Row(each, standings[each.pk]) for each in assignments]


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
        found = found.filter(due_on__lt=today(), assignee__isnull=False)
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
