"""Mails wait in the database and are handed on outside any transaction."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone
from mailer.models import PRIORITY_DEFERRED, RESULT_FAILURE, Message, MessageLog
from pytest_django.fixtures import Settings

from cms.publishing import outbox, retention
from tests import factories
from tests.factories import stages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


class MailServer(BaseEmailBackend):
    """A mail server that can be told to refuse."""

    sent: ClassVar[list[Any]] = []
    refuses: ClassVar[set[str]] = set()
    in_transaction: ClassVar[list[bool]] = []

    def send_messages(self, email_messages: Any) -> int:
        for mail in email_messages:
            self.in_transaction.append(connection.in_atomic_block)
            if mail.to[0] in self.refuses:
                raise smtplib.SMTPServerDisconnected("gone")
            self.sent.append(mail)
        return len(email_messages)


@pytest.fixture(autouse=True)
def mail_server(settings: Settings) -> type[MailServer]:
    settings.MAILER_EMAIL_BACKEND = f"{__name__}.MailServer"
    MailServer.sent.clear()
    MailServer.refuses.clear()
    MailServer.in_transaction.clear()
    return MailServer


def test_a_mail_goes_out_once_in_both_its_forms(mail_server: type[MailServer]) -> None:
    author = factories.ambassador()
    stages.submitted(by=author)

    assert outbox.flush() == 1
    assert outbox.flush() == 0

    (mail,) = mail_server.sent
    assert mail.to == [author.email]
    assert mail.alternatives
    assert mail.extra_headers["Message-ID"]
    assert mail_server.in_transaction == [False]
    assert not Message.objects.exists()


def test_what_was_sent_is_remembered_without_its_words() -> None:
    stages.submitted()
    outbox.flush()

    (entry,) = MessageLog.objects.all()
    assert (entry.result, entry.message_data) == ("1", None)

    assert outbox.forget_old_log(now=timezone.now()) == 0
    assert outbox.forget_old_log(now=timezone.now() + timedelta(days=31)) == 1


def test_a_refused_mail_waits_longer_each_time_and_keeps_no_other(
    mail_server: type[MailServer],
) -> None:
    refused, welcome = factories.community_manager(), factories.community_manager()
    mail_server.refuses.add(refused.email)
    stages.submitted(by=welcome)

    outbox.flush()
    assert [mail.to for mail in mail_server.sent] == [[welcome.email]]
    assert outbox.waiting() == 1
    assert outbox.flush() == 0

    mail_server.refuses.clear()
    assert outbox.flush() == 0
    Message.objects.update(when_added=timezone.now() - timedelta(minutes=2))
    assert outbox.flush() == 1


def test_a_mail_that_no_try_brought_off_is_given_up_and_is_wrong_no_longer(
    mail_server: type[MailServer],
) -> None:
    manager = factories.community_manager()
    mail_server.refuses.add(manager.email)
    stages.submitted(by=manager)
    an_hour = timedelta(hours=1, minutes=1)
    Message.objects.update(
        retry_count=outbox.MOST_TRIES - 1,
        priority=PRIORITY_DEFERRED,
        when_added=timezone.now() - an_hour,
    )

    outbox.flush()
    retention.mails(timezone.now())
    assert Message.objects.count() == 1, "its last try may go on at this moment"

    retention.mails(timezone.now() + an_hour)
    assert not Message.objects.exists()
    assert MessageLog.objects.filter(result=RESULT_FAILURE).count() == 1


@contextmanager
def mail_server_that_says_nothing() -> Iterator[int]:
    """Listen like a mail server that takes every call and never answers; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield int(door.getsockname()[1])


def test_a_mail_server_that_never_answers_keeps_mails_waiting_and_nobody_else(
    settings: Settings,
) -> None:
    with mail_server_that_says_nothing() as port:
        settings.MAILER_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert 0 < settings.EMAIL_TIMEOUT <= 20
        settings.EMAIL_TIMEOUT = 0.2
        stages.submitted(by=factories.ambassador())

        assert outbox.flush() == 0

    assert outbox.waiting() == Message.objects.count() > 0
    reasons = MessageLog.objects.values_list("log_message", flat=True)
    assert all("timed out" in reason for reason in reasons), [*reasons]


def test_a_mail_that_can_t_be_read_back_is_put_off_and_keeps_no_other() -> None:
    Message.objects.create(message_data="not a pickle")
    stages.submitted()

    assert outbox.flush() == 1
    assert Message.objects.get().retry_count == 1


def test_a_sender_that_died_leaves_the_mail_for_another_try() -> None:
    stages.submitted()
    now = timezone.now()
    (claimed,) = list(outbox._claimed(outbox._due(now), now=now))

    assert outbox._due(now) == []
    assert outbox._due(now + timedelta(minutes=2)) == [claimed]


def test_two_senders_never_take_the_same_mail() -> None:
    stages.submitted()
    now = timezone.now()
    due = outbox._due(now)
    also_due = outbox._due(now)

    assert len(list(outbox._claimed(due, now=now))) == 1
    assert list(outbox._claimed(also_due, now=now)) == []
