"""What every panel says of an item, read for many items at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.stories.models import Author, EditorialPage
from cms.stories.ownership import real_titles

ROWS = 5
"""As many as a panel shows; the rest is behind a link."""


@dataclass(frozen=True)
class Facts:
    """An item in a row of a panel."""

    item: EditorialPage
    title: str
    place: str
    writers: str


def facts_of(items: Iterable[EditorialPage], *, reader: User) -> dict[int, Facts]:
    """Return title, rubric and writers of items as this person may see them, in two queries."""
    found = list(items)
    confided = real_titles(found, reader=reader)
    parents = {item.path[: -Page.steplen] for item in found}
    places = dict(Page.objects.filter(path__in=parents).values_list("path", "title"))
    names: dict[int, list[str]] = defaultdict(list)
    authors = Author.objects.filter(page__in=[item.pk for item in found])
    for page_id, name in authors.order_by("sort_order").values_list("page_id", "person__name"):
        names[page_id].append(name)
    return {
        item.pk: Facts(
            item=item,
            title=confided.get(item.pk, str(item.draft_title)),
            place=places.get(item.path[: -Page.steplen], ""),
            writers=_(" and ").join(names[item.pk]),
        )
        for item in found
    }
