"""Bring the groups in the database to what `roles.py` says; called by migrations."""

from collections.abc import Iterable
from typing import Any

from cms.accounts import roles

MODEL_OF_CODENAME = {
    "page": ("wagtailcore", "page"),
    "image": ("media", "image"),
    "document": ("media", "document"),
}
STOCK_GROUPS = ("Editors", "Moderators")


def grant_roles(apps: Any, _schema_editor: Any = None) -> None:
    """Make every role's group hold exactly what it should; safe to repeat."""
    page = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    collection = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for name in roles.ROLES:
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(_permissions(apps, roles.PERMISSIONS[name]))
        _place(apps, "GroupPagePermission", roles.PAGE_PERMISSIONS[name], group=group, page=page)
        _place(
            apps,
            "GroupCollectionPermission",
            roles.COLLECTION_PERMISSIONS[name],
            group=group,
            collection=collection,
        )


def remove_stock_groups(apps: Any, _schema_editor: Any = None) -> None:
    """Remove Wagtail's own two groups, which may publish, where nobody is in them."""
    stock = apps.get_model("auth", "Group").objects.filter(name__in=STOCK_GROUPS)
    stock.filter(user__isnull=True).delete()


def _permissions(apps: Any, names: Iterable[str]) -> list[Any]:
    """Return the permissions; make those that a later step of this migration run would make."""
    found = []
    for app, codename in sorted(tuple(name.split(".")) for name in names):
        action, _, model = codename.partition("_")
        if codename == "access_admin":
            model = "admin"
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app, model=model
        )
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": f"Can {action} {model}"}
        )
        found.append(permission)
    return found


def _place(apps: Any, model: str, codenames: set[str], **where: Any) -> None:
    placed = apps.get_model("wagtailcore", model).objects
    placed.filter(group=where["group"]).delete()
    for codename in sorted(codenames):
        app, _ = MODEL_OF_CODENAME[codename.partition("_")[2]]
        (permission,) = _permissions(apps, [f"{app}.{codename}"])
        placed.create(permission=permission, **where)
