import logging
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.core.disk import is_full
from cms.media.models import Image, Rendition
from cms.media.renditions import WEBP_WIDTHS, ensure_renditions

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=1)


@task()
def make_renditions(image_id: int) -> None:
    """Make an image's sizes outside the request; nothing to do when it is gone again.

    On a full disk they are put off: the picture has no fault that an editor could mend.
    """
    image = Image.objects.filter(pk=image_id).first()
    if image is None:
        return
    try:
        ensure_renditions(image)
    except OSError as error:
        if not is_full(error):
            raise
        logger.warning("The sizes of a picture wait: there is no room left on the disk")
        make_renditions.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(image_id)


def make_what_is_missing() -> int:
    """Let every size be made that pictures lack since the hub shows more of them than before."""
    made = Rendition.objects.for_hub().filter(image=OuterRef("pk"))
    missing = Q()
    for width in WEBP_WIDTHS:
        has_it = Exists(made.filter(filter_spec=f"width-{width}|format-webp"))
        missing |= Q(~has_it, width__gte=width)
    # A new picture has no size at all, and is waited for already.
    images = Image.objects.filter(missing, Exists(made)).order_by("pk")
    found = images.values_list("pk", flat=True)
    for key in found:
        make_renditions.enqueue(key)
    return len(found)


def without_sizes() -> dict[Image, str]:
    """Return the pictures whose sizes could not be made and still are not there, and why."""
    failed = DBTaskResult.objects.failed().filter(task_path=make_renditions.module_path)
    reasons = {
        result.args_kwargs["args"][0]: _last_line(result.traceback)
        for result in failed.order_by("finished_at")
    }
    sizes = Rendition.objects.for_hub().filter(image=OuterRef("pk"))
    missing = Image.objects.filter(~Exists(sizes), pk__in=reasons).order_by("pk")
    return {image: reasons[image.pk] for image in missing}


def _last_line(traceback: str) -> str:
    return traceback.strip().rpartition("\n")[2][:300]
