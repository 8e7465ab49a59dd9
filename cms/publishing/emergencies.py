"""The emergency lane: named senders publish first, and a second person looks within the hour.

Everything else is as always: the item waits for a second yes, on the same page, to the same digest.
Only the order is turned round, and the clock sees to it that it is not turned round for long.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from cms.accounts import roles
from cms.accounts.models import User
from cms.core.readings import Reading, both_clocks
from cms.publishing import actions
from cms.publishing.errors import AlreadyLive
from cms.publishing.models import Emergency, Publication
from cms.stories.models import EditorialPage
from cms.workflow import notifications, permissions, texts
from cms.workflow.actions import begin_review, locked_item, refuse_other_text, say_yes
from cms.workflow.errors import NotAllowed, NotReady, WordsNeeded
from cms.workflow.readiness import problems
from cms.workflow.texts import Text

SENDERS = roles.EMERGENCY_SENDERS
"""A group that the administrator puts people in, by name: first aid, IT, the reception."""


def within() -> timedelta:
    """Return how long one yes is enough."""
    return timedelta(minutes=settings.PLEIN_EMERGENCY_MINUTES)


def is_sender(user: roles.Someone) -> bool:
    is_somebody = user.is_authenticated and user.is_active
    return is_somebody and user.groups.filter(name=SENDERS).exists()


def may_send_first(user: roles.Someone, page: EditorialPage) -> bool:
    """Say whether this person is one of the named senders, and may send this item at all."""
    return is_sender(user) and permissions.may_submit(user, page)


@transaction.atomic
def send_first(
    page: EditorialPage, *, by: User, digest: str, reason: str, reading: Reading = both_clocks
) -> Emergency:
    """Put the text with this digest on the hub now, on the word of one named sender.

    Raises:
        NotAllowed: She is not one of the named senders, or may not see the item.
        WordsNeeded: It is not said why it can't wait.
        AlreadyLive: It is on the hub: a change of it goes the usual way.
        ChangedSinceShown: The text is no longer the one with this digest.
        NotReady: Something blocks publication.
    """
    item = locked_item(page.pk)
    reason = reason.strip()
    text = _ready_text(item, by=by, digest=digest, reason=reason)
    state = item.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        begin_review(item, by=by)
    say_yes(text, by=by)
    Publication.objects.scheduled().filter(page=item.pk).update(state=Publication.State.CANCELLED)
    now = reading()
    publication = Publication.objects.create(
        page=item, revision=text.revision, digest=text.digest, due_at=now, approved_at=now
    )
    actions.seal(text.revision)
    actions.publish(publication, reading=reading)
    emergency = Emergency.objects.create(
        page=item,
        publication=publication,
        reason=reason,
        sent_by=by,
        sent_at=now,
        deadline=now + within(),
    )
    log(
        instance=item,
        action="plein.send_first",
        user=by,
        revision=text.revision,
        data={"reason": reason, "deadline": emergency.deadline.isoformat()},
    )
    notifications.sent_first(text.page, by=by, reason=reason, deadline=emergency.deadline)
    return emergency


def _ready_text(item: EditorialPage, *, by: User, digest: str, reason: str) -> Text:
    """Return the text of a locked item that may go out now; refuse any other."""
    if not may_send_first(by, item):
        raise NotAllowed(_("Only the named senders of emergency messages may do this."))
    if not reason:
        raise WordsNeeded(_("Say in one sentence why it can't wait."))
    if item.live:
        raise AlreadyLive
    text = texts.latest_text(item)
    refuse_other_text(text, digest=digest)
    if blocking := [problem for problem in problems(text.page) if problem.blocking]:
        raise NotReady(blocking)
    return text


def open_for(page: EditorialPage) -> Emergency | None:
    """Return the emergency message that waits for second eyes on this item."""
    found: Emergency | None = (
        Emergency.objects.open()
        .filter(page=page.pk)
        .select_related("sent_by", "publication")
        .first()
    )
    return found


def overdue(*, now: datetime) -> list[int]:
    """Return what must come down: nobody looked in time, or somebody said no, in two queries."""
    waiting = list(Emergency.objects.open().values_list("pk", "deadline", "page_id"))
    if not waiting:
        return []
    pages = [str(page_id) for _pk, _deadline, page_id in waiting]
    in_review = set(
        WorkflowState.objects.filter(
            object_id__in=pages, status=WorkflowState.STATUS_IN_PROGRESS
        ).values_list("object_id", flat=True)
    )
    return [
        pk
        for pk, deadline, page_id in waiting
        if deadline <= now or (page_id and str(page_id) not in in_review)
    ]


@transaction.atomic
def take_down(emergency_id: int, *, reading: Reading = both_clocks) -> bool:
    """Take one emergency message offline that nobody confirmed; say whether this call did it.

    Any number of clocks may try at once: the item is locked and everything is looked at again.
    """
    page_id = Emergency.objects.values_list("page_id", flat=True).get(pk=emergency_id)
    item = locked_item(page_id) if page_id else None
    emergency = Emergency.objects.select_for_update(of=("self",)).get(pk=emergency_id)
    now = reading()
    if emergency.state != Emergency.State.OPEN or emergency.pk not in overdue(now=now):
        return False
    emergency.state, emergency.settled_at = Emergency.State.TAKEN_DOWN, now
    emergency.save(update_fields=["state", "settled_at"])
    if item is None or not item.live:
        return False
    actions.take_offline(item, user=None, log_action="plein.take_down")
    actions.note_withdrawal(item, by=None, reason=_("No second person looked within the hour."))
    notifications.taken_down(item, sent_by=emergency.sent_by)
    return True
