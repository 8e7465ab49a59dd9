"""What the newsroom sets down about people in items, with what that does to what is public."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.accounts import roles
from cms.accounts.models import Person, User
from cms.agreement import register
from cms.agreement.models import (
    Capacity,
    Channel,
    CrowdNotice,
    Representative,
    Sensitive,
)
from cms.media.models import Image
from cms.publishing import on_request
from cms.publishing.on_request import Ended
from cms.stories.models import EditorialPage
from cms.workflow import agreements, permissions
from cms.workflow.actions import locked_item
from cms.workflow.errors import NotAllowed


@transaction.atomic
def mark_sensitive(page: EditorialPage, kind: str, *, by: User) -> Ended:
    """Mark an item as sensitive, or (with no kind) as not; what nobody explicitly agreed to ends.

    Raises:
        NotAllowed: This person may not see the item, or the kind is none.
    """
    item = locked_item(page.pk)
    if not agreements.may_ask(by, item) or kind not in {"", *Sensitive.Kind.values}:
        raise NotAllowed
    log(instance=item, action="plein.mark_sensitive", user=by, data={"kind": kind})
    if not kind:
        Sensitive.objects.filter(item=item.pk).delete()
        return Ended.NOTHING
    marked = {"kind": kind, "marked_by": by, "marked_at": timezone.now()}
    Sensitive.objects.update_or_create(item_id=item.pk, defaults=marked)
    return on_request.end_what_is_not_agreed(item, now=timezone.now())


@transaction.atomic
def note_crowd(image: Image, *, told_on: date, how: str, by: User) -> CrowdNotice:
    """Set down that a crowd was told beforehand that this picture would be taken.

    Raises:
        NotAllowed: Only who looks after everything sets this down; and nobody is told afterwards.
    """
    if not roles.sees_everything(by) or told_on > timezone.localdate() or not how.strip():
        raise NotAllowed
    noted = {"told_on": told_on, "how": how.strip(), "recorded_by": by}
    return CrowdNotice.objects.update_or_create(image=image, defaults=noted)[0]


@transaction.atomic
def let_answer_for(
    person: Person, *, capacity: str, name: str, email: str, by: User
) -> Representative:
    """Let a parent, or next of kin, answer for somebody from now on.

    Raises:
        NotAllowed: Only who looks after everything sets this down.
    """
    is_capacity = capacity in {Capacity.PARENT, Capacity.NEXT_OF_KIN}
    if not roles.sees_everything(by) or not is_capacity or not name.strip():
        raise NotAllowed
    told = {"capacity": capacity, "name": name.strip(), "email": email.strip()}
    return Representative.objects.update_or_create(person=person, defaults=told)[0]


@transaction.atomic
def take_back_for(page: EditorialPage, person: Person, *, channel: Channel, by: User) -> Ended:
    """Take back somebody's yes who asked for that by telephone or on paper.

    Raises:
        NotAllowed: This person may not take the item offline.
    """
    item = locked_item(page.pk)
    if not permissions.may_take_offline(by, item):
        raise NotAllowed
    way = register.way_of(person.pk, channel=channel, taken_down_by=by)
    return on_request.take_back(agreements.party_of(item, person.pk), way=way)
