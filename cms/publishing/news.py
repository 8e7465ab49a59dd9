"""Tells who made it that something went live: soon after, and never in the way of what is due."""

import logging

from django.db import transaction

from cms.accounts.models import User
from cms.publishing.models import Emergency, Publication
from cms.workflow import notifications

logger = logging.getLogger(__name__)

AT_ONCE = 10
"""Letters about so many are written together, about a tenth of a second's work."""


def tell(*, most: int = AT_ONCE) -> int:
    """Put the letters about what went live in the outbox, once each; return how many it was about.

    Nothing is locked as long as nothing went live: this is asked every second.

    Args:
        most: How many publications to tell of; the rest waits for the next time.
    """
    return _tell_some(most) if Publication.objects.news().exists() else 0


@transaction.atomic
def _tell_some(most: int) -> int:
    waiting = Publication.objects.news().select_related("page", "approved_by").order_by("pk")
    news = list(waiting.select_for_update(of=("self",), skip_locked=True)[:most])
    Publication.objects.filter(pk__in=[each.pk for each in news]).update(is_news=False)
    for publication in news:
        _tell(publication)
    return len(news)


def _tell(publication: Publication) -> None:
    """Write the letters about one; one that can't be written must not keep back the others."""
    page = publication.page
    if page is None or not page.live:
        return
    try:
        with transaction.atomic():
            notifications.live(page, by=publication.approved_by or _sender_of(publication))
    except Exception:
        logger.exception("Nobody could be told that publication %s is live", publication.pk)


def _sender_of(publication: Publication) -> User | None:
    """Return who published it first, in an emergency: she had a letter of another tone."""
    found = Emergency.objects.filter(publication=publication).select_related("sent_by").first()
    return found.sent_by if found else None
