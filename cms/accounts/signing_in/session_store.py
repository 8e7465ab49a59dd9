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

    def __init__(self, session_key: str | None = None) -> None:
        """Take only what a key of ours looks like.

        A question with a NUL in it is an error to PostgreSQL, and to the gate every error looks as
        if nobody could be asked.
        """
        is_ours = session_key is not None and session_key.isascii() and session_key.isalnum()
        super().__init__(session_key if is_ours else None)

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return when the row in the database counts no longer."""
        latest = super().get_expiry_date(**kwargs)
        ends_at = self.get(_ENDS_AT)
        return min(latest, datetime.fromtimestamp(ends_at, UTC)) if ends_at else latest
