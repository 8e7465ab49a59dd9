"""The acts that change what is public: each of them one transaction, documents included."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState

from cms.accounts.models import User
from cms.agreement.models import Beginning
from cms.agreement.rules import standing_of
from cms.core.readings import Reading, both_clocks
from cms.documents import actions as documents
from cms.publishing import receipts, second_eyes
from cms.publishing.approved import Approved, made_of
from cms.publishing.errors import (
    ChangedAfterApproval,
    NotAgreed,
    NotPublishable,
    NotWaiting,
    TextGone,
)
from cms.publishing.going_live import make_live
from cms.publishing.models import LONGEST_PAUSE, Publication, Withdrawal
from cms.stories.models import EditorialPage
from cms.workflow import notifications, permissions
from cms.workflow.actions import locked_item
from cms.workflow.approval import approval_for
from cms.workflow.errors import NotAllowed, WorkflowError
from cms.workflow.moments import refuse_past
from cms.workflow.texts import text_of

__all__ = [
    "cancel",
    "delete",
    "expire",
    "note_withdrawal",
    "place",
    "publish",
    "record_failure",
    "reschedule",
    "seal",
    "take_off",
    "take_offline",
    "withdraw",
]

TRIES_BEFORE_LOG = 2
"""What was busy for a moment is no news; a second failure within seconds is."""
OLD_NEWS = timedelta(days=1)
"""What is loaded with a date from before its approval was live elsewhere: nobody is told."""


@transaction.atomic
def place(workflow_state: WorkflowState, user: User | None = None) -> None:  # noqa: ARG001 - Wagtail's signature
    """End a workflow: put the approved text on its way, or live when it is for now.

    Registered as the act that Wagtail calls at the end of a workflow. An end that does not come
    from our own act of approving carries no approval, and is refused.
    """
    approval = approval_for(workflow_state.pk)
    if approval is None:
        raise NotAllowed
    if second_eyes.settle(approval):
        return
    superseded = Publication.objects.scheduled().filter(page=approval.page.pk)
    superseded.update(state=Publication.State.CANCELLED)
    now = both_clocks()
    publication = Publication.objects.create(
        page=approval.page,
        revision=approval.revision,
        digest=approval.digest,
        due_at=approval.due_at or now,
        approved_by=approval.by,
        approved_at=now,
    )
    seal(approval.revision)
    if approval.due_at is None:
        publish(publication)
        return
    log(
        instance=approval.page,
        action="plein.schedule",
        user=approval.by,
        revision=approval.revision,
        data={"due_at": approval.due_at.isoformat()},
    )
    notifications.scheduled(approval.page, by=approval.by, due_at=approval.due_at)


def seal(revision: Revision) -> None:
    """Keep the autosave of an editor that is still open from writing over a text.

    Wagtail lets nobody write over a revision of somebody else; this one is nobody's from here on.
    """
    Revision.objects.filter(pk=revision.pk).update(user=None)


@transaction.atomic
def publish(
    publication: Publication, *, reading: Reading = both_clocks, ready: Approved | None = None
) -> bool:
    """Make one publication live if it is due; say whether this call did it.

    Any number of clocks may try at once: the item is locked and everything is looked at again,
    what time it is included.

    Args:
        publication: As it was when it was found.
        reading: Tells what time it is.
        ready: Its text, made before its moment; used if nothing changed since.

    Raises:
        NotPublishable: What is stored is not what was approved, or is gone; or somebody in it
            does not agree to it (any more).
    """
    item = _item_of(publication)
    waiting = Publication.objects.select_related("revision", "approved_by")
    publication = waiting.select_for_update(of=("self",)).get(pk=publication.pk)
    now = reading()
    if publication.state != Publication.State.SCHEDULED or publication.due_at > now:
        return False
    publication.state = Publication.State.PUBLISHED
    publication.published_at = now
    publication.failure, publication.retry_at = "", None
    with documents.held_feed() as feed:
        text = _approved_text(publication, item, looks=feed.looks, ready=ready)
        refuse_without_agreement(publication, text.page, now=now)
        is_over = _is_over(text.page, now=now)
        page = _go_live(publication, text, item)
        if not is_over:
            receipts.note_committed(publication, feed.put(page, text.lookup))
    if is_over:
        # Its whole time passed while nothing ran: nobody may see it any more.
        take_offline(page, user=None, log_action="plein.expire", expired=True)
    publication.is_news = not is_over and publication.approved_at - publication.due_at < OLD_NEWS
    publication.save()
    return True


def _item_of(publication: Publication) -> EditorialPage:
    """Return the item of a publication, locked, wherever it may have been deleted meanwhile."""
    if publication.page_id is None:
        raise TextGone
    try:
        return locked_item(publication.page_id)
    except EditorialPage.DoesNotExist as error:
        raise TextGone from error


def _approved_revision(publication: Publication) -> Revision:
    """Return the revision that was approved, if it still holds what was approved."""
    if publication.revision is None:
        raise TextGone
    if text_of(publication.revision).digest != publication.digest:
        raise ChangedAfterApproval
    return publication.revision


def _approved_text(
    publication: Publication, item: EditorialPage, *, looks: int, ready: Approved | None
) -> Approved:
    """Return the text that was approved as the page it will be, if it is still what was stored."""
    revision = publication.revision
    if revision is None:
        raise TextGone
    if ready is None or not ready.holds(item, revision, looks=looks):
        ready = made_of(item, revision, looks=looks)
    if ready.digest != publication.digest:
        raise ChangedAfterApproval
    return ready


def refuse_without_agreement(
    publication: Publication, page: EditorialPage, *, now: datetime
) -> None:
    """Refuse a text to which not everybody whose words or picture are in it has said yes.

    Args:
        publication: Approved before there was a register, it is let through.
        page: The text.
        now: A yes may have ended by then.

    Raises:
        NotAgreed: Somebody did not agree, or took it back.
    """
    standing = standing_of(page, now=now)
    if standing.is_agreed:
        return
    began = Beginning.objects.values_list("at", flat=True).first()
    if standing.is_refused or began is None or publication.approved_at >= began:
        raise NotAgreed


def _go_live(publication: Publication, text: Approved, item: EditorialPage) -> EditorialPage:
    page = text.page
    # The moment stands on the approval; one in the form would make Wagtail schedule it by itself.
    page.go_live_at = None
    page.first_published_at = page.first_published_at or publication.due_at
    return make_live(text, item, by=publication.approved_by)


def _is_over(page: EditorialPage, *, now: datetime) -> bool:
    return page.expire_at is not None and page.expire_at <= now


@transaction.atomic
def record_failure(publication: Publication, error: Exception, *, now: datetime) -> None:
    """Remember why a publication did not go live and when to try again; the watch tells of it."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if publication.state != Publication.State.SCHEDULED:
        return
    is_final = isinstance(error, NotPublishable)
    publication.attempts += 1
    publication.failure = _in_words(error)
    if is_final:
        publication.state = Publication.State.FAILED
    else:
        publication.retry_at = now + min(timedelta(seconds=2**publication.attempts), LONGEST_PAUSE)
    publication.save()
    if publication.page is not None and (is_final or publication.attempts == TRIES_BEFORE_LOG):
        log(
            instance=publication.page.specific,
            action="plein.fail",
            data={"failure": publication.failure, "due_at": publication.due_at.isoformat()},
        )


@transaction.atomic
def expire(page: EditorialPage, *, reading: Reading = both_clocks) -> bool:
    """Take an item offline whose end has come; say whether this call did it."""
    item = locked_item(page.pk)
    if not item.live or item.expire_at is None or item.expire_at > reading():
        return False
    take_offline(item, user=None, log_action="plein.expire", expired=True)
    return True


@transaction.atomic
def withdraw(page: EditorialPage, *, by: User, reason: str = "") -> Withdrawal:
    """Take an item offline everywhere, with everything that was on its way for it.

    Raises:
        NotAllowed: This person may not take it offline.
        NotWaiting: It is neither live nor on its way.
    """
    item = locked_item(page.pk)
    if not permissions.may_take_offline(by, item):
        raise NotAllowed
    withdrawal = take_off(item, by=by, reason=reason)
    notifications.withdrawn(item, by=by)
    return withdrawal


def take_off(item: EditorialPage, *, by: User | None, reason: str) -> Withdrawal:
    """Take a locked item offline everywhere; asking who may is the caller's.

    Raises:
        NotWaiting: It is neither live nor on its way.
    """
    on_its_way = _cancel_all(item)
    if not item.live and not on_its_way:
        raise NotWaiting
    _leave_review(item, by=by)
    was_live = item.live
    if was_live:
        take_offline(item, user=by, log_action=False)
        second_eyes.end(item, now=both_clocks())
    log(instance=item, action="plein.withdraw", user=by, data={"reason": reason})
    return note_withdrawal(item, by=by, reason=reason, was_live=was_live)


def note_withdrawal(
    item: EditorialPage, *, by: User | None, reason: str, was_live: bool = True
) -> Withdrawal:
    """Write down that an item was taken offline before its end; None is the clock."""
    return Withdrawal.objects.create(
        page_id=item.pk,
        item_id=item.public_id,
        by=by,
        reason=reason.strip(),
        seq=receipts.seq_of_removal(item.public_id) if was_live else None,
    )


@transaction.atomic
def delete(page: EditorialPage, *, by: User) -> None:
    """Remove an item for good, from the hub and from the newsroom; receipts stay, without text.

    Raises:
        NotAllowed: This person may not remove it.
    """
    item = locked_item(page.pk)
    is_own_draft = item.first_published_at is None and permissions.is_author(by, item)
    if not is_own_draft and not permissions.may_take_offline(by, item):
        raise NotAllowed
    _cancel_all(item)
    public_id = item.public_id
    DeletePageAction(item, user=by).execute(skip_permission_checks=True)
    documents.remove(public_id)
    receipts.note_removed(public_id)


@transaction.atomic
def cancel(publication: Publication, *, by: User) -> None:
    """Take a publication out of the schedule; its approval stays, for another time.

    Raises:
        NotAllowed: This person does not decide about it.
        NotWaiting: It went live, or somebody cancelled it already.
    """
    item, publication = _own_publication(publication, by=by)
    if publication.state != Publication.State.SCHEDULED:
        raise NotWaiting
    publication.state = Publication.State.CANCELLED
    publication.save(update_fields=["state"])
    log(instance=item, action="plein.cancel", user=by, revision=publication.revision)
    notifications.unscheduled(item, by=by)


@transaction.atomic
def reschedule(publication: Publication, *, by: User, due_at: datetime | None) -> Publication:
    """Give an approved text another moment; None is now. No new approval: the text is the same.

    Raises:
        NotAllowed: This person does not decide about it.
        NotWaiting: It went live already, or something newer took its place.
        ChangedAfterApproval: The stored text is not the approved one.
        NotAgreed: Somebody in it took her yes back.
        MomentRefused: The moment has passed.
    """
    item, publication = _own_publication(publication, by=by)
    newest = item.publications.order_by("-pk").first()
    if publication.state == Publication.State.PUBLISHED or newest != publication:
        raise NotWaiting
    revision = _approved_revision(publication)
    now = timezone.now()
    refuse_without_agreement(publication, revision.as_object(), now=now)
    if due_at is not None:
        refuse_past(due_at, now=now)
    publication.state = Publication.State.SCHEDULED
    publication.due_at = due_at or both_clocks()
    publication.attempts, publication.failure, publication.retry_at = 0, "", None
    publication.save()
    log(
        instance=item,
        action="plein.schedule",
        user=by,
        revision=revision,
        data={"due_at": publication.due_at.isoformat()},
    )
    if due_at is None:
        publish(publication)
    else:
        notifications.scheduled(item, by=by, due_at=due_at)
    publication.refresh_from_db()
    return publication


def _own_publication(publication: Publication, *, by: User) -> tuple[EditorialPage, Publication]:
    item = _item_of(publication)
    if not permissions.may_place(by, item):
        raise NotAllowed
    locked = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    return item, locked


def take_offline(
    item: EditorialPage, *, user: User | None, log_action: Any, expired: bool = False
) -> None:
    """Take a locked item off the hub, and let the feed and the receipts know."""
    action = UnpublishPageAction(item, user=user, log_action=log_action, set_expired=expired)
    action.execute(skip_permission_checks=True)
    documents.remove(item.public_id)
    receipts.note_removed(item.public_id)


def _cancel_all(item: EditorialPage) -> int:
    on_their_way = Publication.objects.scheduled().filter(page=item.pk)
    return on_their_way.update(state=Publication.State.CANCELLED)


def _leave_review(item: EditorialPage, *, by: User | None) -> None:
    state = item.current_workflow_state
    if state is not None:
        state.cancel(user=by)


def _in_words(error: Exception) -> str:
    """Say what went wrong; our own refusals in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        words = str(error)
    return words if isinstance(error, WorkflowError) else f"{type(error).__name__}: {words}"
