"""What is on the plan, for everybody who writes: never the drafts of others, nothing confided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from cms.accounts.models import User
from cms.core.audiences import EVERYONE
from cms.core.wall_clock import hub_zone
from cms.planning.models import Assignment
from cms.planning.standing import standings_of
from cms.publishing.models import Publication
from cms.publishing.status import StatusKey
from cms.stories.models import EditorialPage, Rubric, Section

LOOKS_BACK = timedelta(days=28)
MOST = 100


@dataclass(frozen=True)
class Entry:
    """One thing on the plan.

    Attributes:
        status: One of the eight; what is asked is in the plan.
        day: Due, meant for or live.
        free: The request, where anybody may claim it.
    """

    title: str
    rubric: str
    status: StatusKey
    day: date
    free: Assignment | None = None


def agenda_for(user: User, *, rubrics: Iterable[Rubric], now: datetime) -> list[Entry]:
    """Return requests, scheduled and live items, by rubric and then by date.

    Args:
        user: Who looks; what is asked of her stands at her desk already.
        rubrics: Those that she writes in, where she may claim something.
        now: The moment.
    """
    open_to_her = {rubric.pk for rubric in rubrics}
    found = [*_requests(user, open_to_her), *_scheduled(), *_live(now)]
    return sorted(found, key=lambda entry: (entry.rubric.casefold(), entry.day, entry.title))


def _requests(user: User, rubrics: set[int]) -> Iterable[Entry]:
    asked = Assignment.objects.under_way().whole().filter(rubric__live=True)
    asked = asked.exclude(assignee=user).filter(
        Q(contribution__item=None) | Q(contribution__item__is_confidential=False)
    )
    listed = list(asked[:MOST])
    standings = standings_of(listed)
    for each in listed:
        stands = standings[each.pk]
        is_free = each.assignee_id is None
        if is_free or stands.waits_for_writer:
            free = each if is_free and each.rubric_id in rubrics else None
            day = each.week or each.due_on
            yield Entry(each.subject, each.place, StatusKey.PLANNED, day, free)


def _scheduled() -> Iterable[Entry]:
    due = Publication.objects.scheduled().filter(
        page__is_confidential=False, page__audience=EVERYONE
    )
    places = _places()
    for each in due.select_related("page", "revision").order_by("due_at")[:MOST]:
        if each.page is not None and each.revision is not None:
            # The title that was approved: a newer one is a draft of somebody's.
            title = str(each.revision.content.get("title", ""))
            place = places.get(_parent_of(each.page), "")
            yield Entry(title, place, StatusKey.SCHEDULED, _day(each.due_at))


def _live(now: datetime) -> Iterable[Entry]:
    there = EditorialPage.objects.filter(
        live=True, audience=EVERYONE, first_published_at__gte=now - LOOKS_BACK
    )
    places = _places()
    for page in there.defer_streamfields().order_by("-first_published_at")[:MOST]:
        place = places.get(_parent_of(page), "")
        yield Entry(page.title, place, StatusKey.LIVE, _day(page.first_published_at))


def _places() -> dict[str, str]:
    # In no order: SQLite joins nothing that is sorted.
    sections = Section.objects.order_by().values_list("path", "title")
    return dict(Rubric.objects.order_by().values_list("path", "title").union(sections))


def _parent_of(page: EditorialPage) -> str:
    return str(page.path[: -page.steplen])


def _day(moment: datetime) -> date:
    return moment.astimezone(hub_zone()).date()
