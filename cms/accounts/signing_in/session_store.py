"""Django's sessions in the database, but each with an end that no use of it puts off."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils import timezone

_ENDS_AT = "plein_ends_at"


def end_within(session: SessionBase, time: timedelta) -> None:
    """Let a session be over after so long, whatever is done in it meanwhile."""
    session[_ENDS_AT] = (timezone.now() + time).timestamp()


class SessionStore(InDatabase):
    """What `SESSION_ENGINE` names."""

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return when the row in the database counts no longer."""
        latest = super().get_expiry_date(**kwargs)
        ends_at = self.get(_ENDS_AT)
        return min(latest, datetime.fromtimestamp(ends_at, UTC)) if ends_at else latest
