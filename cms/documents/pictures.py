"""The pictures an item shows."""

from cms.documents.mentions import mentions_of
from cms.media.models import Image
from cms.stories.models import EditorialPage


def pictures_of(page: EditorialPage) -> list[Image]:
    """Return every image an item shows, its lead image included; a draft's as well."""
    return list(Image.objects.filter(pk__in=mentions_of(page).images).order_by("pk"))
