"""What is at risk: it lies still longer than two working days, or one yes stands alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.accounts.models import User
from cms.desk import times
from cms.desk.today.agreeing import open_questions
from cms.desk.today.facts import Facts, facts_of
from cms.publishing.models import Emergency, Publication
from cms.stories.models import EditorialPage
from cms.stories.ownership import hidden_from
from cms.workflow.models import ApprovalState
from cms.workflow.moments import in_words

MOST = 60
"""Of each kind; who has more at risk has other worries than a complete list."""


@dataclass(frozen=True)
class Risk:
    """One item that needs somebody: why, since when, and what to do."""

    facts: Facts
    why: str
    since: datetime
    action: tuple[str, str]


@dataclass(frozen=True)
class _Found:
    page_id: int
    why: str
    since: datetime
    url: str
    label: str
    is_urgent: bool = False


def at_risk(user: User, *, now: datetime | None = None) -> list[Risk]:
    """Return what is at risk, longest first, as far as this person may know of it."""
    moment = now or timezone.now()
    found = [*_with_one_yes(), *_unread(moment), *_with_author(moment), *_without_time(moment)]
    keys = {each.page_id for each in found}
    hidden = hidden_from(user).values("pk")
    items = EditorialPage.objects.filter(pk__in=keys).exclude(pk__in=hidden).defer_streamfields()
    facts = facts_of(items, reader=user)
    seen: set[int] = set()
    risks = []
    # What is public on one yes comes before anything that only waits.
    for each in sorted(found, key=lambda one: (not one.is_urgent, one.since)):
        if each.page_id in facts and each.page_id not in seen:
            seen.add(each.page_id)
            action = (each.label, each.url)
            risks.append(Risk(facts[each.page_id], each.why, each.since, action))
    return risks


def _with_one_yes() -> Iterator[_Found]:
    for one in Emergency.objects.open().filter(page__isnull=False)[:MOST]:
        why = _("live with one yes; comes offline on %(moment)s") % {
            "moment": in_words(one.deadline)
        }
        url = reverse("desk:approve", args=[one.page_id])
        yield _Found(one.page_id or 0, why, one.sent_at, url, _("View"), is_urgent=True)


def _unread(now: datetime) -> Iterator[_Found]:
    """Yield what nobody decided on for two working days, and what waits for a yes."""
    waiting = ApprovalState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
    ).order_by("started_at")
    rows = waiting.values_list("workflow_state__object_id", "started_at", "revision_id")[:MOST]
    late = [row for row in rows if times.is_late(row[1], now=now)]
    newest = dict(
        EditorialPage.objects.filter(pk__in=[row[0] for row in late]).values_list(
            "pk", "latest_revision_id"
        )
    )
    questions = open_questions(newest)
    for object_id, since, revision_id in late:
        pk = int(object_id)
        is_edited = newest.get(pk) != revision_id
        why = _("waits for the author's yes") if is_edited else _("waits for a decision")
        if pk in questions:
            url = reverse("desk:agreement", args=[pk])
            yield _Found(pk, questions[pk].why, questions[pk].since, url, _("View"))
        else:
            yield _Found(pk, why, since, reverse("desk:approve", args=[pk]), _("View"))


def _with_author(now: datetime) -> Iterator[_Found]:
    """Yield what was sent back and lies with its author for two working days."""
    returned = ApprovalState.objects.filter(
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__current_task_state=F("pk"),
        finished_at__isnull=False,
    ).order_by("finished_at")
    for object_id, since in returned.values_list("workflow_state__object_id", "finished_at")[:MOST]:
        if times.is_late(since, now=now):
            url = reverse("wagtailadmin_pages:edit", args=[object_id])
            yield _Found(int(object_id), _("is back with its author"), since, url, _("View"))


def _without_time(now: datetime) -> Iterator[_Found]:
    """Yield what was approved and has no time to go live any more."""
    newer = Publication.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    cancelled = Publication.objects.filter(
        ~Exists(newer),
        state=Publication.State.CANCELLED,
        page__live=False,
        page__latest_revision=F("revision"),
    ).order_by("approved_at")
    for pk, since in cancelled.values_list("page_id", "approved_at")[:MOST]:
        if times.is_late(since, now=now):
            url = reverse("desk:moment", args=[pk])
            yield _Found(pk, _("approved, but without a time"), since, url, _("Choose a time"))
