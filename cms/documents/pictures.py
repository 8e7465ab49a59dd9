"""The pictures an item shows, and what a collection holds."""

from wagtail.models import Collection

from cms.documents.mentions import mentions_of
from cms.media.models import Document as File
from cms.media.models import Image
from cms.stories.models import EditorialPage


def pictures_of(page: EditorialPage) -> list[Image]:
    """Return every image an item shows, its lead image included; a draft's as well."""
    return list(Image.objects.filter(pk__in=mentions_of(page).images).order_by("pk"))


def kept_in(collection_id: int) -> list[Image | File]:
    """Return every image and file in a collection or below it; none when it is gone."""
    above = Collection.objects.filter(pk=collection_id).first()
    if above is None:
        return []
    within = above.get_descendants(inclusive=True)
    images = Image.objects.filter(collection__in=within)
    return [*images, *File.objects.filter(collection__in=within)]
