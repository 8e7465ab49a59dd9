"""The acts around confidential items: keep one within a circle, or open it to the newsroom."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from cms.accounts.models import User
from cms.audiences.models import RemovedInConfidence
from cms.stories.models import EditorialPage
from cms.stories.models.confidential import busy_title

WORDS_IN_LOG = frozenset({"comment", "sentence", "reason", "title", "failure"})
"""What log entries say in people's own words, or in those of an item."""


class AlreadyOnlineError(Exception):
    """What everyone reads can't be kept within a circle."""


@transaction.atomic
def confide(page: EditorialPage, *, circle: Iterable[User], by: User) -> None:
    """Keep title and text within a circle until publication; whoever does this is in it.

    Raises:
        AlreadyOnlineError: it is on the hub.
    """
    item: EditorialPage = EditorialPage.objects.select_for_update().get(pk=page.pk).specific
    if item.live:
        raise AlreadyOnlineError
    if item.latest_revision_id is None:
        item.save_revision(changed=False, clean=False)
    item.circle.set({*circle, by, *([item.owner] if item.owner else [])})
    item.is_confidential = True
    item.save(clean=False)
    item.revisions.update(object_str=busy_title())
    for entry in PageLogEntry.objects.filter(page=item.pk):
        entry.save()  # by the same rule as new ones, see `say_nothing_of`
    log(instance=item, action="plein.confide", user=by)


@transaction.atomic
def open_up(page: EditorialPage, *, by: User) -> None:
    """Let the newsroom see an item again, before it is published."""
    item: EditorialPage = EditorialPage.objects.select_for_update().get(pk=page.pk).specific
    text: EditorialPage = item.get_latest_revision_as_object()
    text.is_confidential = False
    text.draft_title = text.title
    text.save(clean=False)
    text.circle.clear()
    log(instance=text, action="plein.open_up", user=by)


def outlive(item: EditorialPage) -> None:
    """Keep who may know of a confidential item that is about to be removed."""
    if not item.is_confidential:
        return
    kept = RemovedInConfidence.objects.create(page=item.pk, item=item.public_id)
    kept.circle.set(item.circle.all())


def say_nothing_of(entry: PageLogEntry) -> None:
    """Take the words out of a log entry about a confidential item."""
    page = entry.page
    if not _is_confidential(page):
        return
    entry.label = busy_title()
    entry.data = {key: value for key, value in entry.data.items() if key not in WORDS_IN_LOG}


def _is_confidential(page: Page) -> bool:
    known = getattr(page, "is_confidential", None)
    if known is not None:
        return bool(known)
    return bool(EditorialPage.objects.filter(pk=page.pk, is_confidential=True).exists())
