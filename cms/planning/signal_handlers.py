from typing import Any

from django.db.models.signals import pre_delete
from django.utils import timezone

from cms.planning.models import Assignment
from cms.stories.models import EditorialPage
from cms.stories.models.confidential import busy_title


def ended_in_confidence(instance: EditorialPage, **_: Any) -> None:
    """End a request with its confidential draft: without it, its subject would be everyone's."""
    if instance.is_confidential:
        Assignment.objects.filter(contribution__item=instance.pk).update(
            cancelled_at=timezone.now(), subject=busy_title(), note="", about=None
        )


def connect() -> None:
    pre_delete.connect(
        ended_in_confidence, sender=EditorialPage, dispatch_uid="planning.ended_in_confidence"
    )
