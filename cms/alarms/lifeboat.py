"""The way out when even an alarm can't be written: a mail past the database, to administrators."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import get_connection

from cms.alarms.mails import administrators, letter_of_over, letter_of_wrong
from cms.alarms.models import Alarm
from cms.alarms.problems import Kind
from cms.core.hub_name import SOFTWARE, hub_name
from cms.workflow import notifications
from cms.workflow.letters import Letter

if TYPE_CHECKING:
    from cms.accounts.models import User

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=15)
REMEMBER_EVERY = timedelta(minutes=5)

type Write = Callable[[Sequence[Alarm]], Letter]


class Lifeboat:
    """Knows by heart whom to call, because at the moment itself there is nothing to look it up in.

    One process remembers one outage: it is told once, and once that it is over.
    """

    def __init__(self) -> None:
        self._people: list[tuple[User, str]] = []
        self._place = SOFTWARE
        self._asked_at: datetime | None = None
        self._alarm: Alarm | None = None

    def all_is_written(self, *, now: datetime) -> None:
        """Note that all is well with the database; learn by heart whom to call when it is not."""
        if self._alarm is not None and self._alarm.told_at is not None:
            self._send(letter_of_over)
        self._alarm = None
        if self._asked_at is None or now - self._asked_at >= REMEMBER_EVERY:
            self._asked_at = now
            self._place = hub_name()
            reachable = [user for user in administrators() if user.email]
            self._people = [(user, notifications.language_of(user)) for user in reachable]

    def nothing_is_written(self, error: Exception, *, now: datetime) -> None:
        """Note a round that came to nothing, and call once that has lasted a while."""
        if self._alarm is None:
            reason = {"reason": f"{type(error).__name__}: {error}"[:300]}
            self._alarm = Alarm(kind=Kind.DATABASE, facts=reason, since=now)
        if self._alarm.told_at is None and now - self._alarm.since >= PATIENCE:
            self._alarm.told_at = now
            self._send(letter_of_wrong)

    def _send(self, write: Write) -> None:
        if self._alarm is None:
            return
        letter = partial(write, [self._alarm])
        mails = [
            notifications.compose(user, letter, language=language, place=self._place)
            for user, language in self._people
        ]
        try:
            get_connection(settings.MAILER_EMAIL_BACKEND, fail_silently=False).send_messages(mails)
        except Exception:
            # Nothing is left to tell it with but the log.
            logger.critical("Nothing can be written, and no mail can be sent", exc_info=True)
