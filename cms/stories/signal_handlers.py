from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.models import PageLogEntry

from cms.core import hub_name
from cms.stories.confiding import outlive, say_nothing_of
from cms.stories.models import EditorialPage, HubPage, Rubric


def let_approvers_in(instance: Rubric, **_: Any) -> None:
    """Give a group that approves a rubric the way into the newsroom."""
    if instance.approvers is not None:
        door = Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
        instance.approvers.permissions.add(door)


def logged(instance: PageLogEntry, **_: Any) -> None:
    say_nothing_of(instance)


def removed(instance: EditorialPage, **_: Any) -> None:
    outlive(instance)


def perhaps_renamed(**_: Any) -> None:
    transaction.on_commit(hub_name.forget)


def connect() -> None:
    pre_save.connect(logged, sender=PageLogEntry, dispatch_uid="stories.logged")
    pre_delete.connect(removed, sender=EditorialPage, dispatch_uid="stories.removed")
    post_save.connect(perhaps_renamed, sender=HubPage, dispatch_uid="stories.perhaps_renamed")
    post_save.connect(let_approvers_in, sender=Rubric, dispatch_uid="let_approvers_in")
