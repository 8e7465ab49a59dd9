"""What is kept no longer than it is needed for; the clock looks once an hour."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import Q
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import FormState
from wagtail.models import Comment, Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail_headless_preview.models import PagePreview

from cms.accounts.models import AccountList, OrganisationSession
from cms.agreement.models import Entry
from cms.audiences.models import RemovedInConfidence
from cms.contributions.models import Contribution
from cms.core import security_log
from cms.links.models import PersonalLink
from cms.publishing import outbox
from cms.publishing.models import Publication, Withdrawal
from cms.stories.models import EditorialPage

KEEP_PREVIEW = timedelta(days=1)
KEEP_EMPTY = timedelta(days=30)
KEEP_LINK = timedelta(days=365)
KEEP_TASK = timedelta(days=30)
KEEP_VERSION = timedelta(days=365)
KEEP_DRAFT = timedelta(days=730)
KEEP_AGREEMENT = timedelta(days=365)
KEEP_LOG = timedelta(days=730)
PORTION = 200
"""So many at a time: nobody else waits longer for the database than for that."""

type Job = Callable[[datetime], int]


def versions(now: datetime) -> int:
    """Forget earlier versions of texts, except those that somebody said yes to."""
    old = Revision.objects.page_revisions().filter(created_at__lt=now - KEEP_VERSION)
    for held in (
        Page.objects.exclude(latest_revision=None).values("latest_revision"),
        Page.objects.exclude(live_revision=None).values("live_revision"),
        Publication.objects.exclude(revision=None).values("revision"),
        TaskState.objects.values("revision"),
        Comment.objects.exclude(revision_created=None).values("revision_created"),
    ):
        old = old.exclude(pk__in=held)
    portion = list(old.order_by("created_at").values_list("pk", flat=True)[:PORTION])
    return int(Revision.objects.filter(pk__in=portion).delete()[0])


def drafts(now: datetime) -> int:
    """Remove items that were never public and that nobody touched for two years."""
    old = EditorialPage.objects.filter(
        live=False, first_published_at=None, latest_revision_created_at__lt=now - KEEP_DRAFT
    )
    waiting = Publication.objects.scheduled().exclude(page=None).values("page")
    in_review = WorkflowState.objects.active().values("base_content_type", "object_id")
    reviewed = [int(state["object_id"]) for state in in_review]
    old = old.exclude(pk__in=waiting).exclude(pk__in=reviewed)
    pages = [page.specific for page in old[:PORTION]]
    for page in pages:
        page.delete()
    return len(pages)


def contributions(now: datetime) -> int:
    """Remove what somebody began to answer and left empty; it never became a draft."""
    left = Contribution.objects.filter(item=None, asked_for=False, touched_at__lt=now - KEEP_EMPTY)
    return int(left.delete()[0])


def links(now: datetime) -> int:
    """Remove personal links that opened nothing for a year; what came by them stays."""
    return int(PersonalLink.objects.filter(expires_at__lt=now - KEEP_LINK).delete()[0])


def previews(now: datetime) -> int:
    """Remove drafts that stood ready to be shown, and forms that were never sent."""
    shown = PagePreview.objects.filter(created_at__lt=(now - KEEP_PREVIEW).date())
    return int(shown.delete()[0]) + int(FormState.objects.stale().delete()[0])


def tasks(now: datetime) -> int:
    """Forget background work that is done; what it was about stands in its arguments."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASK)
    return int(old.delete()[0])


def agreements(now: datetime) -> int:
    """Forget who agreed to what has been off the hub, or removed, for more than a year."""
    since = now - KEEP_AGREEMENT
    lately = Withdrawal.objects.filter(at__gte=since, page__isnull=False).values("page")
    coming = Publication.objects.scheduled().exclude(page=None).values("page")
    old = Entry.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__lt=since), said_at__lt=since)
    kept = Q(item__live=True) | Q(item__expire_at__gte=since)
    kept |= Q(item__in=lately) | Q(item__in=coming)
    return int(old.exclude(kept).delete()[0])


def sessions(now: datetime) -> int:
    """Remove sessions that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    over = OrganisationSession.objects.filter(began_at__lt=now - OrganisationSession.KEPT)
    return int(over.delete()[0])


def account_lists(now: datetime) -> int:
    """Remove lists of colleagues that somebody uploaded and then let lie."""
    return int(AccountList.objects.filter(made_at__lt=now - AccountList.KEPT).delete()[0])


def log_of_steps(now: datetime) -> int:
    """Forget who did which step two years ago; receipts go on telling what was live and when."""
    old = PageLogEntry.objects.filter(timestamp__lt=now - KEEP_LOG).order_by("timestamp")
    portion = list(old.values_list("pk", flat=True)[:PORTION])
    return int(PageLogEntry.objects.filter(pk__in=portion).delete()[0])


def removed_in_confidence(now: datetime) -> int:
    """Forget who knew of a removed item once nothing speaks of it any more."""
    old = RemovedInConfidence.objects.filter(removed_at__lt=now - KEEP_LOG)
    old = old.exclude(page__in=PageLogEntry.objects.values("page"))
    return int(old.exclude(item__in=Entry.objects.values("item_id_kept")).delete()[0])


def mails(now: datetime) -> int:
    return outbox.forget_old_log(now=now) + outbox.forget_given_up(now=now)


def security(now: datetime) -> int:
    return security_log.forget_old(settings.PLEIN_HOME.logs, now=now)


JOBS: list[Job] = [
    versions,
    drafts,
    contributions,
    links,
    previews,
    tasks,
    agreements,
    sessions,
    account_lists,
    log_of_steps,
    removed_in_confidence,
    mails,
    security,
]


def add_job(job: Job) -> None:
    """Let an app that this one knows nothing of keep its things no longer than needed."""
    if job not in JOBS:
        JOBS.append(job)
