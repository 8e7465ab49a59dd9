"""Let the watch go round, and read what it told."""

import json
import time
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from cms.accounts.models import User
from cms.alarms import watch
from cms.config.home import Home
from cms.documents.models import FeedHead
from cms.publishing.receipts import record_release
from tests.integration.workflow.outbox import mails_to


def look(*, after: float = 0) -> None:
    """Let the watch go round, that many seconds from now."""
    watch.look(now=timezone.now() + timedelta(seconds=after))


def calls(user: User, word: str = "Los op") -> list[EmailMultiAlternatives]:
    return [letter for letter in mails_to(user) if letter.subject.startswith(word)]


def said(letter: EmailMultiAlternatives) -> str:
    return str(letter.body)


def fall_silent(home: Home, part: str) -> None:
    held = {"pid": 1, "at": time.time() - 600, "host": "elsewhere"}
    (home.heartbeats / f"{part}.json").write_text(json.dumps(held))


def report(number: int = 1, *, cursor: int | None = None, **more: object) -> None:
    head = FeedHead.objects.get()
    seq = head.seq if cursor is None else cursor
    now = timezone.now()
    told = {"pages": 9, "changed": 1, "started_at": now, "activated_at": now, **more}
    record_release(
        number=number,
        epoch=str(head.epoch),
        cursor=f"{head.epoch}.{seq}",
        **told,  # type: ignore[arg-type]
    )


def show_life(home: Home, part: str) -> None:
    """Let a part be alive for as long as any test takes."""
    held = {"pid": 1, "at": time.time() + 600, "host": "elsewhere"}
    (home.heartbeats / f"{part}.json").write_text(json.dumps(held))
