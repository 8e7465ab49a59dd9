"""How an item stands, for the places in Wagtail's shell that show it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from cms.publishing.status import Status, status_of, statuses_of
from cms.stories.models import EditorialPage

ATTRIBUTE = "plein_status"


def attach_statuses(pages: Iterable[Page]) -> None:
    """Give every item in a list its status, in a constant number of queries."""
    items = [page for page in pages if is_item(page)]
    statuses = statuses_of(items)
    for item in items:
        setattr(item, ATTRIBUTE, statuses[item.pk])


def standing_of(page: Any) -> Status | None:
    """Return the status of an item; None for a rubric, a section or the hub."""
    known = getattr(page, ATTRIBUTE, None)
    if isinstance(known, Status):
        return known
    return status_of(page) if is_item(page) and page.pk else None


def names_of_writers(status: Status) -> str:
    """Name whose yes to an edited text is awaited: any one of them can say it."""
    names = [user.display_name for user in status.waits_for]
    return pgettext("one of several people", " or ").join(names) or _("who wrote it")


def is_item(page: Any) -> bool:
    return isinstance(page, EditorialPage)
