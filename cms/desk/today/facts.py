"""What every panel says of an item, read for many items at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.stories.models import Author, EditorialPage

ROWS = 5
"""As many as a panel shows; the rest is behind a link."""


@dataclass(frozen=True)
class Facts:
    """An item in a row of a panel."""

    item: EditorialPage
    place: str
    writers: str

    @property
    def title(self) -> str:
        return str(self.item.draft_title)


def facts_of(items: Iterable[EditorialPage]) -> dict[int, Facts]:
    """Return title, rubric and writers of items, in two queries."""
    found = list(items)
    parents = {item.path[: -Page.steplen] for item in found}
    places = dict(Page.objects.filter(path__in=parents).values_list("path", "title"))
    names: dict[int, list[str]] = defaultdict(list)
    authors = Author.objects.filter(page__in=[item.pk for item in found])
    for page_id, name in authors.order_by("sort_order").values_list("page_id", "person__name"):
        names[page_id].append(name)
    return {
        item.pk: Facts(
            item=item,
            place=places.get(item.path[: -Page.steplen], ""),
            writers=_(" and ").join(names[item.pk]),
        )
        for item in found
    }
