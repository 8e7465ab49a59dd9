"""What a database of some time ago needs before anybody may use it."""

from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cms.accounts.models import OrganisationSession
from cms.documents.head import start_new_epoch
from cms.documents.models import PublicDocument
from cms.publishing.actions import take_off
from cms.stories.models import EditorialPage
from cms.workflow.actions import locked_item
from cms.workflow.errors import WorkflowError


@dataclass(frozen=True)
class Again:
    """What beginning again changed.

    Attributes:
        taken_off: Titles of items that were public in the backup and were removed after it.
        others: How many other public things were removed after it, and are back.
    """

    taken_off: list[str]
    others: int


@transaction.atomic
def begin_again(*, removed_since: Collection[str]) -> Again:
    """Let the press read everything anew, end all sessions, keep offline what was taken offline.

    The numbers of the feed begin again too: the press may know higher ones, of changes that this
    database never had.

    Args:
        removed_since: `public_id` of what the press removed after the backup was made.
    """
    start_new_epoch()
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
    OrganisationSession.objects.all().delete()
    items = EditorialPage.objects.filter(public_id__in=removed_since).order_by("title")
    back = PublicDocument.objects.filter(public_id__in=removed_since)
    others = back.exclude(public_id__in=items.values("public_id")).count()
    with translation.override(settings.LANGUAGE_CODE):
        taken_off = [item.title for item in items if _is_taken_off(item)]
    return Again(taken_off=taken_off, others=others)


def _is_taken_off(item: EditorialPage) -> bool:
    try:
        reason = _("It was taken offline after the backup that was put back.")
        take_off(locked_item(item.pk), by=None, reason=reason)
    except WorkflowError:  # neither live nor on its way
        return False
    return True
