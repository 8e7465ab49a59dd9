"""Which departments nobody heard from: whole departments only, and never a small one by name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from cms.accounts.models import Department
from cms.stories.models import Author, EditorialPage

QUIET_AFTER = timedelta(weeks=8)
FEWEST = 10
"""Colleagues below which a department is not named: it would point at somebody."""


@dataclass(frozen=True)
class Quiet:
    """A department without a story: how many people it has, and when it last had one."""

    name: str
    people: int
    last: datetime | None


@dataclass(frozen=True)
class QuietDepartments:
    named: list[Quiet]
    small: int

    def __len__(self) -> int:
        return len(self.named) + bool(self.small)


def quiet_departments(*, now: datetime | None = None) -> QuietDepartments:
    """Return departments that no story was about or by for eight weeks, longest first.

    In three queries, however much there is.
    """
    since = (now or timezone.now()) - QUIET_AFTER
    heard: dict[int, datetime] = {}
    about = EditorialPage.objects.filter(
        first_published_at__isnull=False, departments__isnull=False
    )
    by = Author.objects.filter(
        page__first_published_at__isnull=False, person__department__isnull=False
    )
    for rows, key, moment in (
        (about.order_by(), "departments", "first_published_at"),
        (by.order_by(), "person__department", "page__first_published_at"),
    ):
        for department, last in rows.values_list(key).annotate(last=Max(moment)):
            heard[department] = max(last, heard.get(department, last))
    people = Count("users", filter=Q(users__is_active=True))
    counted = Department.objects.annotate(people=people).values_list("pk", "name", "people")
    quiet = [
        Quiet(name, number, heard.get(pk))
        for pk, name, number in counted
        if number and (pk not in heard or heard[pk] < since)
    ]
    long_ago = datetime.min.replace(tzinfo=since.tzinfo)
    named = [one for one in quiet if one.people >= FEWEST]
    return QuietDepartments(
        named=sorted(named, key=lambda one: (one.last or long_ago, -one.people)),
        small=len(quiet) - len(named),
    )
