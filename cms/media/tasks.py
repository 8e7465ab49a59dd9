from django_tasks import task

from cms.media.models import Image
from cms.media.renditions import ensure_renditions


@task()
def make_renditions(image_id: int) -> None:
    """Make an image's sizes outside the request; nothing to do when it is gone again."""
    image = Image.objects.filter(pk=image_id).first()
    if image is not None:
        ensure_renditions(image)
