"""The act that gives the hub its colours and letters."""

from django.db import transaction
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.core.models import Style
from cms.documents.actions import refresh
from cms.publishing.placing import may_compose
from cms.workflow.errors import NotAllowed


@transaction.atomic
def dress(style: Style, *, by: User) -> None:
    """Keep the hub's colours and letters; every page is printed anew with them.

    Raises:
        NotAllowed: This person does not decide what the hub looks like.
        ValidationError: A colour can't be read; the message names the nearest that can.
    """
    if not may_compose(by):
        raise NotAllowed
    style.full_clean(exclude=["public_id"])
    style.save()
    log(instance=style, action="wagtail.edit", user=by)
    refresh(style)
