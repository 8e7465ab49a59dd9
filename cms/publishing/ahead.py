"""Makes texts ready shortly before their moment, so that at it little is left to be done."""

import logging
import time
from datetime import datetime, timedelta

from cms.documents.head import looks
from cms.publishing.approved import Approved, made_of
from cms.publishing.models import Publication

logger = logging.getLogger(__name__)

HORIZON = timedelta(seconds=45)
MOST = 500
"""Texts kept in memory; of full stories about fifty megabytes."""
AT_MOST_SECONDS = 0.5
"""In one go: what must happen at a moment that nobody saw coming waits no longer for it."""
MARGIN = 0.05


class Ahead:
    """Texts that are ready for their moment; each is looked at once more when that comes."""

    def __init__(self) -> None:
        self._ready: dict[int, Approved] = {}
        self.has_more = False
        """There was no time for all of it in the last look."""

    def take(self, publication: Publication) -> Approved | None:
        """Return the text of a publication, if it was made ready; it is used once."""
        return self._ready.pop(publication.pk, None)

    def look(self, *, now: datetime) -> int:
        """Make ready what is due soon, as far as there is time; return how many were made."""
        coming = Publication.objects.scheduled().filter(due_at__gt=now, due_at__lte=now + HORIZON)
        due_at = dict(coming.order_by("due_at", "pk").values_list("pk", "due_at")[:MOST])
        self._ready = {key: text for key, text in self._ready.items() if key in due_at}
        self.has_more = False
        if not due_at:
            return 0
        seen = looks()
        stale = [key for key in due_at if key not in self._ready or self._ready[key].looks != seen]
        first = (next(iter(due_at.values())) - now).total_seconds() - MARGIN
        until = time.monotonic() + min(first, AT_MOST_SECONDS)
        made = 0
        for key in stale:
            if time.monotonic() >= until:
                self.has_more = True
                break
            made += self._make(key, looks_seen=seen)
        return made

    def _make(self, key: int, *, looks_seen: int) -> bool:
        """Make one text ready; what can't be made now is met again, and told of, when it is due."""
        found = Publication.objects.select_related("page", "revision").filter(pk=key).first()
        if found is None or found.page is None or found.revision is None:
            return False
        try:
            self._ready[key] = made_of(found.page.specific, found.revision, looks=looks_seen)
        except Exception as error:  # noqa: BLE001 - it fails once more at its moment, and loudly
            logger.warning("Publication %s can't be made ready: %s", key, type(error).__name__)
            return False
        return True
