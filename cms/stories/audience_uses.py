"""What is for an audience, drafts included; asked before an audience is removed."""

from collections.abc import Iterator

from wagtail.models import Revision

from cms.audiences.models import Audience
from cms.stories.models import EditorialPage


def uses_of(audience: Audience) -> list[str]:
    """Return the titles of all items that are for this audience, or would be in a newer text."""
    return list(dict.fromkeys(_titles(audience)))


def _titles(audience: Audience) -> Iterator[str]:
    items = EditorialPage.objects.filter(audience=audience.key)
    yield from items.values_list("draft_title", flat=True)
    newest = EditorialPage.objects.filter(latest_revision__isnull=False).values("latest_revision")
    drafts = Revision.objects.filter(pk__in=newest, content__audience=audience.key)
    keys = [int(key) for key in drafts.values_list("object_id", flat=True)]
    yield from EditorialPage.objects.filter(pk__in=keys).values_list("draft_title", flat=True)
