"""Asking people about their own words and pictures, and taking in what they answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from cms.accounts.models import Person, User
from cms.agreement import register
from cms.agreement.models import Answer, Channel, LookedInto, Matter, Party, Representative
from cms.agreement.register import Way
from cms.agreement.rules import Stand, Standing, standing_of
from cms.links.actions import Bearer, make_link
from cms.links.models import PersonalLink
from cms.stories.models import EditorialPage
from cms.stories.policy import may_see
from cms.workflow import agreement_letters as letters
from cms.workflow import notifications, permissions, texts
from cms.workflow.actions import locked_item
from cms.workflow.errors import NotAllowed, OwnTextChanged, WordsNeeded
from cms.workflow.letters import Letter
from cms.workflow.models import ApprovalState
from cms.workflow.notifications import Addressee
from cms.workflow.texts import Text

AGREE = "agree"
"""The purpose of the links."""
QUIET = timedelta(hours=1)
"""An editor who is at work is not done; whoever is asked about each change says yes to none."""
MOST_REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=2)


def addressee_of(person: Person) -> Addressee:
    """Return whom to write to about somebody's part: herself, or who answers for her."""
    found = Representative.objects.filter(person=person).first()
    if found is not None:
        return Addressee(found.name, found.email, settings.LANGUAGE_CODE)
    user = person.user if person.user and person.user.is_active else None
    if user is None:
        return Addressee(_first(person.name), person.email, settings.LANGUAGE_CODE)
    name = user.first_name or user.display_name
    return Addressee(name, user.email or person.email, notifications.language_of(user))


def _first(name: str) -> str:
    return name.partition(" ")[0]


@transaction.atomic
def party_of(item: EditorialPage, person: int) -> Party:
    return Party.objects.get_or_create(item_id=item.pk, person_id=person)[0]


@transaction.atomic
def ask(
    page: EditorialPage, *, by: User | None, people: Iterable[int] = (), quietly: bool = False
) -> list[Party]:
    """Ask everybody whose yes is missing, each about her own part of the newest text.

    Args:
        page: The item.
        by: Who asks; None is the clock.
        people: Only these; none is everybody. Asked again, somebody gets another mail.
        quietly: Without a mail: her link is handed over in another way.

    Raises:
        NotAllowed: This person may not see the item.
    """
    item = locked_item(page.pk)
    if by is not None and not may_ask(by, item):
        raise NotAllowed
    text = texts.latest_text(item)
    standing = standing_of(text.page)
    wanted = set(people)
    asked = [
        _asked(text, standing, person, by=by, again=bool(wanted), quietly=quietly)
        for person in _still_open(standing)
        if not wanted or person in wanted
    ]
    found = [party for party in asked if party is not None]
    if found:
        texts.keep(text)
        log(instance=item, action="plein.ask_agreement", user=by, revision=text.revision)
    return found


def may_ask(user: User, item: EditorialPage) -> bool:
    return may_see(user, item) or permissions.may_approve(user, item)


def _still_open(standing: Standing) -> list[int]:
    """Return who can be asked; who refused is left in peace, who wants a change gets one first."""
    closed = {row.person for row in standing.rows if row.stand in {Stand.REFUSED, Stand.CHANGE}}
    return [person for person in standing.missing() if person not in closed]


def _asked(  # noqa: PLR0913 - what `ask` was given
    text: Text, standing: Standing, person: int, *, by: User | None, again: bool, quietly: bool
) -> Party | None:
    """Put the question; the same one is put twice only when somebody asks for that."""
    known = Person.objects.filter(pk=person).first()
    if known is None:
        return None
    party = party_of(text.page, person)
    digest = standing.parts[person].whole
    if party.digest == digest and not again:
        return None
    was_answered = party.answered_at is not None
    party.digest, party.asked_at, party.asked_by = digest, timezone.now(), by
    party.answered_at, party.reminders, party.reminded_at = None, 0, None
    party.save()
    if not quietly:
        write_to(party, text.page, was_answered=was_answered)
    return party


def write_to(
    party: Party, page: EditorialPage, *, was_answered: bool = False, reminder: int = 0
) -> None:
    """Put a mail about her part in the outbox, where she has an address."""
    addressee = addressee_of(party.person)
    if not addressee.email:
        return
    url = address_of(party)
    names = [entry.person.name for entry in page.authors.all()]

    def write() -> Letter:
        if reminder:
            return letters.reminded(page, url=url, is_last=reminder == MOST_REMINDERS)
        if was_answered:
            return letters.asked_again(page, url=url)
        return letters.asked(page, url=url, writers=_(" and ").join(names))

    notifications.send_to(addressee, write)


def address_of(party: Party, *, by: User | None = None) -> str:
    """Return a new address of her own page, which opens without signing in.

    It is bound to the person, not to her account: who left can still take back a yes.
    """
    return link_for(party, by=by)[1]


def link_for(party: Party, *, by: User | None) -> tuple[PersonalLink, str]:
    """Return her link, or that of who answers for her, and a new address of it."""
    addressee = addressee_of(party.person)
    bearer = Bearer(
        name=addressee.name,
        person=party.person,
        email=addressee.email,
        language=addressee.language,
    )
    return make_link(AGREE, party.public_id, bearer=bearer, by=by)


@transaction.atomic
def answer(
    party: Party,
    answers: Mapping[Matter, Answer],
    *,
    digest: str,
    way: Way,
    sentence: str = "",
) -> EditorialPage:
    """Take in what somebody says about her own words and picture; return the locked item.

    Args:
        party: Who she is, in which item.
        answers: What she says about each matter; a no is `publishing.on_request`'s.
        digest: Of her part as it was shown to her.
        way: How it came.
        sentence: What she wants changed.

    Raises:
        OwnTextChanged: Her part is not the one that she was shown.
        WordsNeeded: She wants a change and did not say which.
    """
    item = locked_item(party.item_id)
    said = set(answers.values())
    if Answer.CHANGE in said and not sentence.strip():
        raise WordsNeeded(_("Write in a sentence what you would like different."))
    text = texts.latest_text(item)
    standing = standing_of(text.page)
    part = standing.parts.get(party.person_id)
    if part is None or part.whole != digest:
        raise OwnTextChanged
    for matter, one in answers.items():
        register.note(
            text.page,
            part,
            matter,
            answer=one,
            way=way,
            basis=standing.basis,
            sentence=sentence.strip() if one == Answer.CHANGE else "",
        )
    Party.objects.filter(pk=party.pk).update(answered_at=timezone.now())
    _tell(text, said, person=party.person, sentence=sentence.strip())
    return item


def _tell(text: Text, said: set[Answer], *, person: Person, sentence: str) -> None:
    """Tell who waits for it what they may know."""
    page = text.page
    people = [*permissions.approvers_of(page), *permissions.authors_of(page)]
    everybody = list(dict.fromkeys(people))
    if Answer.CHANGE in said:
        name = person.name
        notifications.send_each(
            everybody, lambda to: letters.wants_change(page, to=to, name=name, sentence=sentence)
        )
    elif standing_of(page).is_agreed and page.current_workflow_task_state is not None:
        approvers = permissions.approvers_of(page)
        notifications.send(approvers, lambda: letters.everybody_agrees(page))


@transaction.atomic
def take_down(  # noqa: PLR0913 - one line of the form each
    page: EditorialPage,
    person: Person,
    *,
    by: User,
    channel: Channel,
    digest: str,
    until: datetime | None = None,
) -> None:
    """Write down a yes that came on paper or by telephone.

    Raises:
        NotAllowed: Only who approves writes down what others said; never for a sensitive item by
            telephone, because that takes an explicit yes.
        OwnTextChanged: Her part is not the one that was read to her.
    """
    item = locked_item(page.pk)
    if not permissions.may_place(by, item):
        raise NotAllowed
    standing = standing_of(texts.latest_text(item).page)
    if standing.is_sensitive and channel == Channel.PHONE:
        raise NotAllowed(_("This is about something sensitive: that takes a yes in writing."))
    part = standing.parts.get(person.pk)
    if part is None:
        raise OwnTextChanged
    if any(row.stand == Stand.REFUSED for row in standing.of(person.pk)):
        # What she herself refused, she herself takes back: by her own link or account.
        raise NotAllowed(_("There is no agreement. Like this it can't go online."))
    way = register.way_of(person.pk, channel=channel, taken_down_by=by, until=until)
    answer(
        party_of(item, person.pk),
        dict.fromkeys(part.matters(), Answer.YES),
        digest=digest,
        way=way,
    )


def ask_where_due(*, now: datetime) -> int:
    """Ask about texts in review that were left alone for a while; return how many were asked."""
    return sum(_look_into(page_id, now=now) for page_id in _left_alone(now=now))


def _left_alone(*, now: datetime) -> list[int]:
    """Return the items in review that nobody looked into since they were saved, in two queries."""
    waiting = ApprovalState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    keys = [int(key) for key in waiting.values_list("workflow_state__object_id", flat=True)]
    saved = EditorialPage.objects.filter(
        pk__in=keys, is_confidential=False, latest_revision__created_at__lte=now - QUIET
    )
    looked = LookedInto.objects.filter(item__in=keys).values_list("item", "saved_at")
    known = dict(looked)
    rows = saved.values_list("pk", "latest_revision__created_at")
    return [pk for pk, at in rows if pk not in known or known[pk] < at]


@transaction.atomic
def _look_into(page_id: int, *, now: datetime) -> int:
    item = locked_item(page_id)
    saved_at = texts.latest_text(item).revision.created_at
    if item.current_workflow_task_state is None or saved_at > now - QUIET:
        return 0
    LookedInto.objects.update_or_create(item_id=item.pk, defaults={"saved_at": saved_at})
    return len(ask(item, by=None))


def remind_where_due(*, now: datetime) -> int:
    """Remind who did not answer yet, at most twice; return how many were reminded."""
    since = now - BETWEEN_REMINDERS
    not_lately = Q(reminded_at=None, asked_at__lte=since) | Q(reminded_at__lte=since)
    waiting = Party.objects.filter(
        not_lately, asked_at__isnull=False, answered_at=None, reminders__lt=MOST_REMINDERS
    )
    return sum(_remind(key, now=now) for key in waiting.values_list("pk", flat=True))


@transaction.atomic
def _remind(key: int, *, now: datetime) -> bool:
    """Remind one person, if what she was asked is still asked."""
    party = Party.objects.select_related("person").get(pk=key)
    item = locked_item(party.item_id)
    if item.current_workflow_task_state is None:
        return False
    standing = standing_of(texts.latest_text(item).page)
    part = standing.parts.get(party.person_id)
    if part is None or party.person_id not in standing.missing() or part.whole != party.digest:
        return False
    Party.objects.filter(pk=key).update(reminders=F("reminders") + 1, reminded_at=now)
    party.refresh_from_db()
    write_to(party, texts.latest_text(item).page, reminder=party.reminders)
    return True
