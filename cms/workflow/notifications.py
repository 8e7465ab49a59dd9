"""Mails on every transition, to the right people, in their own language.

They are put in the outbox by the same transaction as the act; the clock hands them on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from mailer.backend import DbBackend
from wagtail.users.models import UserProfile

from cms.accounts import roles
from cms.accounts.models import User
from cms.core.hub_name import hub_name, sender
from cms.stories.models import EditorialPage
from cms.stories.policy import may_see
from cms.workflow import letters, permissions
from cms.workflow.letters import Letter
from cms.workflow.models import Yes


@dataclass(frozen=True)
class Addressee:
    """Who gets a mail: a name to greet, an address, a language."""

    name: str
    email: str
    language: str


def submitted(page: EditorialPage, *, by: User) -> None:
    approvers = [user for user in permissions.approvers_of(page) if user != by]
    send(approvers, lambda: letters.submitted(page, by=by))
    readers = [user.display_name for user in approvers]
    send([by], lambda: letters.received(page, to=by, readers=readers))


def edited(page: EditorialPage) -> None:
    send_each(_people_behind(page), lambda to: letters.edited(page, to=to))


def accepted(page: EditorialPage, *, by: User) -> None:
    send(_others(permissions.approvers_of(page), by), lambda: letters.accepted(page, by=by))


def objected(page: EditorialPage, *, by: User, sentence: str) -> None:
    approvers = _others(permissions.approvers_of(page), by)
    send(approvers, lambda: letters.objected(page, by=by, sentence=sentence))


def sent_back(page: EditorialPage, *, by: User, reason: str, sentence: str) -> None:
    people = _others(_people_behind(page), by)
    send_each(
        people,
        lambda to: letters.sent_back(page, to=to, by=by, reason=reason, sentence=sentence),
    )


def answered(page: EditorialPage, *, by: User, to: User, sentence: str) -> None:
    send(_others([to], by), lambda: letters.answered(page, by=by, sentence=sentence))


def scheduled(page: EditorialPage, *, by: User | None, due_at: datetime) -> None:
    people = _others(_people_behind(page), by)
    send_each(people, lambda to: letters.scheduled(page, to=to, due_at=due_at))


def unscheduled(page: EditorialPage, *, by: User) -> None:
    people = _others(_people_behind(page), by)
    send_each(people, lambda to: letters.unscheduled(page, to=to, by=by))


def live(page: EditorialPage, *, by: User | None) -> None:
    send(_others(_people_behind(page), by), lambda: letters.live(page))


def withdrawn(page: EditorialPage, *, by: User) -> None:
    people = _others(_people_behind(page), by)
    send_each(people, lambda to: letters.withdrawn(page, to=to, by=by))


def sent_first(page: EditorialPage, *, by: User, reason: str, deadline: datetime) -> None:
    """Call whoever can say the second yes; without anybody, whoever looks after everything."""
    approvers = _others(permissions.approvers_of(page), by) or _others(_keepers(page), by)
    send(approvers, lambda: letters.sent_first(page, by=by, reason=reason, deadline=deadline))
    send([by], lambda: letters.went_first(page, deadline=deadline))


def confirmed(page: EditorialPage, *, by: User, to: User) -> None:
    send(_others([to], by), lambda: letters.confirmed(page, by=by))


def taken_down(page: EditorialPage, *, sent_by: User | None) -> None:
    deciders = {*permissions.approvers_of(page), *_keepers(page)}
    writers = {*_people_behind(page), *([sent_by] if sent_by else [])} - deciders
    send(_in_order(deciders), lambda: letters.taken_down(page))
    send_each(_in_order(writers), lambda to: letters.came_down(page, to=to))


def _keepers(page: EditorialPage) -> list[User]:
    """Return the community managers and administrators who may see an item."""
    may = Q(groups__name__in=[roles.COMMUNITY_MANAGERS, roles.ADMINISTRATORS])
    people = User.objects.filter(may | Q(is_superuser=True), is_active=True).distinct()
    return [user for user in people.order_by("pk") if may_see(user, page)]


def _people_behind(page: EditorialPage) -> list[User]:
    """Return who wrote it and who submitted it."""
    said = Yes.objects.filter(item=page.pk).exclude(role=Yes.Role.APPROVER).values("person")
    submitters = User.objects.filter(pk__in=said, is_active=True)
    if page.is_confidential:
        submitters = submitters.filter(confided_items=page.pk)
    return _in_order({*permissions.authors_of(page), *submitters})


def _in_order(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda user: user.pk)


def _others(people: Iterable[User], by: User | None) -> list[User]:
    return [user for user in people if user != by]


def send(people: Iterable[User], write: Callable[[], Letter]) -> None:
    """Put a letter in the outbox for each of these people, written in their own language."""
    mails = [
        compose(user, write, language=language_of(user), place=hub_name())
        for user in people
        if user.is_active and user.email
    ]
    if mails:
        # The outbox by name, not by setting: a mail must never be sent inside a transaction.
        DbBackend().send_messages(mails)


def send_each(people: Iterable[User], write: Callable[[User], Letter]) -> None:
    """Put a letter in the outbox for each of these people that leads to a place of her own."""
    for user in people:
        send([user], partial(write, user))


def send_to_address(address: str, write: Callable[[], Letter]) -> None:
    """Put a letter in the outbox for somebody of whom an address is all we know."""
    language = settings.LANGUAGE_CODE
    with override(language):
        name = str(_("colleague"))
    send_to(Addressee(name=name, email=address, language=language), write)


def language_of(user: User) -> str:
    """Return the language that this person chose, or the house's."""
    # Not `get_preferred_language`: that falls back on the language of whoever is at work now.
    return UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE


def compose(
    user: User, write: Callable[[], Letter], *, language: str, place: str
) -> EmailMultiAlternatives:
    """Return a mail in this language, as plain text and as HTML; asks the database nothing.

    Args:
        user: Whom it is for.
        write: Writes the letter, in the language that is active by then.
        language: Its code.
        place: What the hub is called.
    """
    name = user.first_name or user.display_name
    return composed(Addressee(name=name, email=user.email, language=language), write, place=place)


def send_to(addressee: Addressee, write: Callable[[], Letter]) -> None:
    """Put a letter in the outbox for who has a mailbox, and perhaps no account."""
    if addressee.email:
        DbBackend().send_messages([composed(addressee, write, place=hub_name())])


def composed(
    addressee: Addressee, write: Callable[[], Letter], *, place: str
) -> EmailMultiAlternatives:
    """Return a mail to somebody, in her language and in the name of this place."""
    with override(addressee.language):
        letter = write()
        words = {
            "letter": letter,
            "name": addressee.name,
            "language": addressee.language,
            "place": place,
        }
        mail = EmailMultiAlternatives(
            subject=" ".join(letter.subject.split()),
            body=render_to_string("workflow/mail/letter.txt", words),
            from_email=sender(place),
            to=[addressee.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("workflow/mail/letter.html", words), "text/html")
    return mail
