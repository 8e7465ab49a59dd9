from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from cms.accounts import roles


def roles_hold_what_they_should(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Say which role lost a permission, or got one that lets it act on other people's pages."""
    if "default" not in (databases or ()) or not _are_granted():
        return []
    groups = {
        group.name: group
        for group in Group.objects.filter(name__in=roles.ROLES).prefetch_related(
            "permissions__content_type", "page_permissions__permission"
        )
    }
    return [
        CheckWarning(problem, hint="Give the group what cms/accounts/roles.py says.", id=code)
        for name in roles.ROLES
        for code, problem in _problems(name, groups.get(name))
    ]


def _are_granted() -> bool:
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    return ("accounts", "0003_roles") in applied


def _problems(name: str, group: Group | None) -> list[tuple[str, str]]:
    if group is None:
        return [("accounts.W001", f"There is no group for the role {name!r}.")]
    held = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
    on_pages = {one.permission.codename for one in group.page_permissions.all()}  # type: ignore[attr-defined]
    missing = sorted((roles.PERMISSIONS[name] - held) | (roles.PAGE_PERMISSIONS[name] - on_pages))
    extra = sorted(on_pages - roles.PAGE_PERMISSIONS[name])
    return [
        *[("accounts.W002", f"The group {name!r} misses {one}.") for one in missing],
        *[("accounts.W003", f"The group {name!r} may not hold {one} on pages.") for one in extra],
    ]
