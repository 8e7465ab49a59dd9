"""Hands the mails that wait in the database on to the mail server.

django-mailer keeps the queue. Its own sender talks to the mail server inside a transaction, which
on SQLite stops everybody else from writing for as long as that takes; so the sending is ours.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, make_msgid
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from mailer.models import (
    PRIORITY_DEFERRED,
    RESULT_FAILURE,
    RESULT_SUCCESS,
    Message,
    MessageLog,
)

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST_TRIES = 72
BATCH = 50
KEEP_LOG = timedelta(days=30)
"""There is a small trace of what was sent, and it is kept briefly."""


def flush(*, stop: Event | None = None) -> int:
    """Send what waits and is due; return how many mails went out.

    Each mail is claimed first, sent outside any transaction, and then crossed off. A sender that
    is killed in between leaves the mail waiting for another try.
    """
    due = _due(timezone.now())
    if not due:
        return 0
    backend = get_connection(settings.MAILER_EMAIL_BACKEND, fail_silently=False)
    return sum(
        _send(message, backend)
        for message in _claimed(due, now=timezone.now())
        if stop is None or not stop.is_set()
    )


def forget_old_log(*, now: datetime) -> int:
    """Forget what was sent, and what failed, longer ago than we need it for."""
    gone: int
    gone, _per_model = MessageLog.objects.filter(when_attempted__lt=now - KEEP_LOG).delete()
    return gone


def forget_given_up(*, now: datetime) -> int:
    """Forget mails that no try brought off; that each failed is kept, without its words."""
    given_up = Message.objects.filter(
        retry_count__gte=MOST_TRIES, when_added__lt=now - LONGEST_PAUSE
    )
    return int(given_up.delete()[0])


def waiting() -> int:
    """Return how many mails wait that were tried at least once."""
    return int(Message.objects.filter(retry_count__gt=0).count())


def _claimed(due: list[Message], *, now: datetime) -> Iterator[Message]:
    """Yield the mails that are due, each to one sender only.

    A claimed mail counts as put off until its next try, so that two senders never take the same
    one and none is lost with its sender.
    """
    for message in due:
        is_mine = Message.objects.filter(
            pk=message.pk, priority=message.priority, retry_count=message.retry_count
        ).update(priority=PRIORITY_DEFERRED, retry_count=F("retry_count") + 1, when_added=now)
        if is_mine:
            message.retry_count += 1
            yield message


def _due(now: datetime) -> list[Message]:
    queue = Message.objects.filter(retry_count__lt=MOST_TRIES).order_by("priority", "when_added")
    fresh = list(queue.exclude(priority=PRIORITY_DEFERRED)[:BATCH])
    put_off = queue.filter(priority=PRIORITY_DEFERRED, when_added__lte=now - FIRST_PAUSE)
    again = [message for message in put_off[:BATCH] if message.when_added <= now - _pause(message)]
    return fresh + again


def _pause(message: Message) -> timedelta:
    """Return how long a mail rests after this many tries."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(message.retry_count - 1, 10)
    return min(doubled, LONGEST_PAUSE)


def _send(message: Message, backend: BaseEmailBackend) -> bool:
    try:
        email: EmailMessage = _read_back(message)
        email.extra_headers.setdefault("Message-ID", make_msgid(domain=str(DNS_NAME)))
        backend.send_messages([email])
    except Exception as error:  # noqa: BLE001 - one bad mail must not keep the others waiting
        _record(message, RESULT_FAILURE, words=f"{type(error).__name__}: {error}")
        logger.warning("A mail could not be sent: %s", type(error).__name__)
        _close(backend)
        return False
    with transaction.atomic():
        _record(message, RESULT_SUCCESS)
        message.delete()
    return True


def _read_back(message: Message) -> EmailMessage:
    email: EmailMessage | None = message.email
    if email is None:
        # Pickled by a version that is no longer here: nothing will ever read it.
        raise ValueError("The mail can't be read back from the queue.")
    return email


def _close(backend: BaseEmailBackend) -> None:
    """Leave a connection in an unknown state; the next mail opens a new one."""
    try:
        backend.close()
    except Exception as error:  # noqa: BLE001 - it was broken already
        logger.info("The connection to the mail server was lost: %s", type(error).__name__)


def _record(message: Message, result: str, *, words: str = "") -> None:
    """Write that a mail was tried, without what it said or to whom."""
    MessageLog.objects.create(
        when_added=message.when_added,
        priority=message.priority,
        result=result,
        log_message=words[:500],
    )
