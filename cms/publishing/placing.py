"""The acts that compose the front page: what stands where, until when, and what is beside it."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts import roles
from cms.accounts.models import User
from cms.core.wall_clock import moments_of, neighbours_of
from cms.documents.actions import refresh
from cms.publishing.errors import NotForEveryone, TooManyRubrics
from cms.stories.models import EditorialPage, FrontPage, Placement, Rubric
from cms.stories.models.front import MOST_RUBRICS
from cms.workflow.actions import locked_item
from cms.workflow.errors import MomentRefused, NotAllowed
from cms.workflow.permissions import Someone


def may_compose(user: Someone) -> bool:
    """Say whether this person composes the front page; who writes never places her own."""
    return roles.is_community_manager(user) or roles.is_administrator(user)


@transaction.atomic
def place(
    item: EditorialPage, *, by: User, placement: str, until: datetime | None = None
) -> EditorialPage:
    """Give an item its place on the front page: at once when it is online, else as it comes online.

    Args:
        item: The item; whatever is known of it in memory is read again.
        by: Who composes.
        placement: One of `Placement`, or empty to leave it to the rules.
        until: When the place is free again; None is when somebody says so.

    Raises:
        NotAllowed: This person does not compose the front page.
        NotForEveryone: It is for some only.
        MomentRefused: The place would be free before it is taken.
    """
    if not may_compose(by):
        raise NotAllowed
    found = locked_item(item.pk)
    if placement and not found.is_for_everyone:
        raise NotForEveryone
    if placement and until is not None and until <= timezone.now():
        raise MomentRefused(_("This day has passed. Choose another one."))
    found.placement = Placement(placement) if placement else ""
    found.placed_until = until if placement else None
    EditorialPage.objects.filter(pk=found.pk).update(
        placement=found.placement, placed_until=found.placed_until
    )
    told = {"placement": placement, "until": until.isoformat() if until else None}
    log(instance=found, action="plein.place", user=by, data=told)
    if found.live:
        refresh(found)
    return found


@transaction.atomic
def compose(front: FrontPage, *, by: User, rubrics: list[Rubric]) -> None:
    """Keep what is chosen for the front page besides what stands in a place.

    Raises:
        NotAllowed: This person does not compose the front page.
        TooManyRubrics: The page would be a list of lists.
    """
    if not may_compose(by):
        raise NotAllowed
    if len(rubrics) > MOST_RUBRICS:
        raise TooManyRubrics
    front.full_clean(exclude=["public_id"])
    front.save()
    front.rubrics.set(rubrics)
    log(instance=front, action="plein.compose", user=by)
    refresh(front)


def end_of(day: date) -> datetime:
    """Return the moment at which a day on the hub's calendar is over."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    found = moments_of(midnight)
    return found[-1] if len(found) == 1 else neighbours_of(midnight)[-1]


def last_day_of(until: datetime) -> date:
    """Return the last whole day before a moment, on the hub's calendar."""
    return timezone.localtime(until - timedelta(microseconds=1)).date()
