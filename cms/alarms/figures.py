"""How things stand in numbers: for the status page, and for whoever measures from outside."""

from dataclasses import dataclass

from django_tasks_db.models import DBTaskResult
from mailer.models import Message

from cms.documents.models import PublicDocument, Tombstone
from cms.media.tasks import make_renditions
from cms.publishing.models import Publication, Release
from cms.publishing.receipts import newest_release


@dataclass(frozen=True)
class Figures:
    """What is live, what waits, and what comes next.

    Attributes:
        release: The newest release that the press reported.
        documents: Changes of the feed that are in no release yet.
        pictures: Pictures whose sizes are still to be made.
        mails: Mails that wait to be sent.
        mails_tried: Those of them that could not be sent at least once.
        scheduled: Items that are ready for their moment.
        next_due: The first of those.
    """

    release: Release | None
    documents: int
    pictures: int
    mails: int
    mails_tried: int
    scheduled: int
    next_due: Publication | None


def figures() -> Figures:
    """Count everything, in nine small queries."""
    release = newest_release()
    after = release.seq if release else 0
    tasks = DBTaskResult.objects.filter(task_path=make_renditions.module_path)
    scheduled = Publication.objects.scheduled().filter(page__isnull=False)
    return Figures(
        release=release,
        documents=PublicDocument.objects.filter(seq__gt=after).count()
        + (Tombstone.objects.filter(seq__gt=after).count() if release else 0),
        pictures=tasks.ready().count() + tasks.running().count(),
        mails=Message.objects.count(),
        mails_tried=Message.objects.filter(retry_count__gt=0).count(),
        scheduled=scheduled.count(),
        next_due=scheduled.select_related("page").order_by("due_at", "pk").first(),
    )
