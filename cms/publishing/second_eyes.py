"""What becomes of an emergency message when a person decides on it."""

from datetime import datetime

from wagtail.log_actions import log

from cms.core.readings import both_clocks
from cms.publishing.models import Emergency
from cms.stories.models import EditorialPage
from cms.workflow import notifications
from cms.workflow.approval import Approval


def settle(approval: Approval) -> bool:
    """Let a second yes settle an open emergency; say whether nothing is left to be published.

    It is settled by a yes to the very text that is live, whatever moment came with it, or by one to
    a newer text for now. A newer text for later leaves the hour running: until then there would be
    one yes only to what everybody reads.
    """
    found = Emergency.objects.open().filter(page=approval.page.pk).select_related("publication")
    emergency = found.select_for_update(of=("self",)).first()
    if emergency is None:
        return False
    is_same = emergency.publication.digest == approval.digest and approval.page.live
    if not is_same and approval.due_at is not None:
        return False
    now = both_clocks()
    emergency.state = Emergency.State.CONFIRMED if is_same else Emergency.State.REPLACED
    emergency.confirmed_by, emergency.settled_at = approval.by, now
    emergency.save(update_fields=["state", "confirmed_by", "settled_at"])
    if is_same:
        publication = emergency.publication
        publication.approved_by = approval.by
        publication.save(update_fields=["approved_by"])
        log(
            instance=approval.page,
            action="plein.confirm",
            user=approval.by,
            revision=approval.revision,
        )
    if emergency.sent_by is not None:
        notifications.confirmed(approval.page, by=approval.by, to=emergency.sent_by)
    return is_same


def end(item: EditorialPage, *, now: datetime) -> int:
    """Note that a person took an item offline before a second one had looked."""
    found = Emergency.objects.open().filter(page=item.pk)
    return found.update(state=Emergency.State.ENDED, settled_at=now)
