"""Pictures that came by any door: forms, imports, the shell."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from cms.media.models import Image
from cms.media.tasks import make_renditions


def connect() -> None:
    """Listen; called once, when the apps are ready."""
    post_save.connect(image_saved, sender=Image, dispatch_uid="media.image_saved")


def image_saved(instance: Image, **_: Any) -> None:
    transaction.on_commit(partial(make_renditions.enqueue, instance.pk))
