"""Reads what waits in the outbox."""

from django.core.mail import EmailMultiAlternatives
from mailer.models import Message

from cms.accounts.models import User


def mails_to(user: User) -> list[EmailMultiAlternatives]:
    """Return the mails that wait for somebody, oldest first."""
    return [mail for mail in all_mails() if mail.to == [user.email]]


def all_mails() -> list[EmailMultiAlternatives]:
    return [message.email for message in Message.objects.order_by("pk")]
