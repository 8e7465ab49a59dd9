"""The pictures an item shows."""

from wagtail.models import Collection

from cms.documents.mentions import mentions_of
from cms.media.models import Image
from cms.stories.models import EditorialPage


def pictures_of(page: EditorialPage) -> list[Image]:
    """Return every image an item shows, its lead image included; a draft's as well."""
    return list(Image.objects.filter(pk__in=mentions_of(page).images).order_by("pk"))


def pictures_in(collection_id: int) -> list[Image]:
    """Return every image in a collection or below it; none when it is gone."""
    above = Collection.objects.filter(pk=collection_id).first()
    if above is None:
        return []
    return list(Image.objects.filter(collection__in=above.get_descendants(inclusive=True)))
