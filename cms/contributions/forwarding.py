"""Giving the questions to who they are about: her own link, reminders, and that she is done."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import Person, User
from cms.contributions import letters
from cms.contributions.actions import held
from cms.contributions.errors import CannotForward, NameMissing
from cms.contributions.models import Contribution, Forwarding
from cms.contributions.progress import HerProgress, progress_of_hers
from cms.contributions.writers import ANSWER
from cms.links.actions import Bearer, another_url, make_link, revoke
from cms.links.models import PersonalLink
from cms.workflow.links import absolute
from cms.workflow.notifications import Addressee, send, send_to

KEPT = timedelta(days=60)


def bearer_for(contribution: Contribution) -> Bearer | None:
    """Return who it is about as the bearer of a link; None where nobody is named."""
    person = contribution.about
    if person is None:
        return None
    return Bearer(
        name=person.name,
        person=person,
        email=address_of(person),
        language=contribution.language,
    )


def address_of(person: Person) -> str:
    """Return where a mail reaches somebody: by the account, else as it stands on the hub."""
    return (person.user.email if person.user else "") or person.email


@transaction.atomic
def forward(contribution: Contribution, *, bearer: Bearer, by: User) -> tuple[Forwarding, str]:
    """Give somebody her own link to the questions that are hers; return it with its address.

    Again to the same person is the same link with one more address.

    Raises:
        NotHers: It is not this author's.
        CannotForward: It is confidential.
        NameMissing: Nobody would know whose answers came in.
    """
    found = held(contribution, by=by)
    if found.item is not None and found.item.is_confidential:
        raise CannotForward
    if not bearer.name.strip():
        raise NameMissing
    until = timezone.now() + KEPT
    bearer = replace(bearer, name=" ".join(bearer.name.split()))
    link, url = make_link(ANSWER, found.public_id, bearer=bearer, by=by, until=until)
    forwarding, _is_new = Forwarding.objects.get_or_create(
        link=link, defaults={"contribution": found}
    )
    return forwarding, url


def mail(forwarding: Forwarding, url: str, *, by: User, sentence: str = "") -> None:
    """Put the mail with the link in the outbox."""
    write = partial(letters.forwarded, forwarding, url, by=by, sentence=sentence)
    send_to(_addressee(forwarding.link), write)


@transaction.atomic
def finish(contribution: Contribution, *, by: PersonalLink) -> None:
    """Keep that she is done, and tell who asked her; she can still change what she wrote.

    Raises:
        NotHers: The link opens nothing here any more.
    """
    held(contribution, by=by)
    is_news = Forwarding.objects.filter(link=by, done_at=None).update(done_at=timezone.now())
    if not is_news or contribution.author is None:
        return
    (told,) = progress_of_hers([contribution], of=by)[contribution.pk]
    url = absolute(reverse("write:form", args=[contribution.public_id]))
    send([contribution.author], partial(letters.answered, told, url))


@transaction.atomic
def take_back(forwarding: Forwarding, *, by: User) -> None:
    """Let her link open nothing any more; what she wrote stays.

    Raises:
        NotHers: It is not this author's.
    """
    held(forwarding.contribution, by=by)
    revoke(forwarding.link, by=by)


@transaction.atomic
def remind(told: HerProgress, *, now: datetime) -> bool:
    """Ask once more, by mail; say whether anybody could be reached.

    The count goes up first, so that no two clocks remind of the same.
    """
    one = told.forwarding
    is_mine = Forwarding.objects.filter(
        pk=one.pk, reminded=one.reminded, done_at=None, link__revoked_at=None
    ).update(reminded=one.reminded + 1, reminded_at=now)
    if not is_mine or not one.link.email:
        return False
    url = another_url(one.link)
    send_to(_addressee(one.link), partial(letters.reminded, told, url))
    return True


def _addressee(link: PersonalLink) -> Addressee:
    return Addressee(name=link.first_name, email=link.email, language=link.language)
