from typing import Any

from django.contrib.auth.models import Permission
from django.db.models.signals import post_save

from cms.stories.models import Rubric


def let_approvers_in(instance: Rubric, **_: Any) -> None:
    """Give a group that approves a rubric the way into the newsroom."""
    if instance.approvers is not None:
        door = Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
        instance.approvers.permissions.add(door)


def connect() -> None:
    post_save.connect(let_approvers_in, sender=Rubric, dispatch_uid="let_approvers_in")
