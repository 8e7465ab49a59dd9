"""Who may do what in the newsroom: five roles, each a group, guarded by a system check.

A sixth, *approver of a rubric*, is any group named by a rubric; see `Rubric.approvers`.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Group
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User

AMBASSADORS = "Ambassadors"
COMMUNITY_MANAGERS = "Community managers"
ADMINISTRATORS = "Administrators"
EMPLOYEES = "Employees"
EMERGENCY_SENDERS = "Emergency senders"

ROLES = {
    AMBASSADORS: _("Ambassadors"),
    COMMUNITY_MANAGERS: _("Community managers"),
    ADMINISTRATORS: _("Administrators"),
    EMPLOYEES: _("Employees"),
}

_WORDS = {**ROLES, EMERGENCY_SENDERS: _("Emergency senders")}

NEWSROOM = "wagtailadmin.access_admin"
QUIET_HOURS = "planning.change_planningsettings"

_SNIPPETS = (
    "accounts.person",
    "accounts.department",
    "accounts.location",
    "audiences.audience",
    "stories.alert",
    "stories.goal",
    "stories.corevalue",
    "stories.tag",
    "stories.theme",
)


def _all_of(*models: str) -> set[str]:
    return {
        f"{app}.{action}_{name}"
        for app, name in (model.split(".") for model in models)
        for action in ("add", "change", "delete", "view")
    }


PERMISSIONS: dict[str, set[str]] = {
    AMBASSADORS: {NEWSROOM},
    COMMUNITY_MANAGERS: {NEWSROOM, QUIET_HOURS, *_all_of(*_SNIPPETS)},
    ADMINISTRATORS: {
        NEWSROOM,
        QUIET_HOURS,
        *_all_of(*_SNIPPETS, "accounts.user", "auth.group", "wagtailcore.collection"),
        "wagtailcore.change_site",
        "wagtailcore.view_site",
    },
    EMPLOYEES: set(),
}
"""What a group holds everywhere."""

PAGE_PERMISSIONS: dict[str, set[str]] = {
    AMBASSADORS: {"add_page"},
    COMMUNITY_MANAGERS: {"add_page", "change_page", "lock_page", "unlock_page"},
    ADMINISTRATORS: {"add_page", "change_page", "lock_page", "unlock_page"},
    EMPLOYEES: set(),
}
"""What a group holds on every page. Nobody holds *publish*: only the acts publish."""

COLLECTION_PERMISSIONS: dict[str, set[str]] = {
    AMBASSADORS: {"add_image", "choose_image"},
    COMMUNITY_MANAGERS: {
        f"{action}_{kind}"
        for action in ("add", "change", "choose")
        for kind in ("image", "document")
    },
    ADMINISTRATORS: {
        f"{action}_{kind}"
        for action in ("add", "change", "choose")
        for kind in ("image", "document")
    },
    EMPLOYEES: set(),
}
"""What a group holds on every collection; who may *add* a picture may change her own."""


def words_of(group: Group) -> str:
    """Return what a group is called on a screen; one that people made keeps its own name."""
    return str(_WORDS.get(group.name, group.name))


def offer_in_words(form: BaseForm) -> None:
    """Let a form that asks for groups call them by these words."""
    form.fields["groups"].label_from_instance = words_of  # type: ignore[attr-defined]  # choices of models have it


type Someone = User | AnonymousUser


def is_ambassador(user: Someone) -> bool:
    return AMBASSADORS in _names_of(user)


def is_community_manager(user: Someone) -> bool:
    return COMMUNITY_MANAGERS in _names_of(user)


def is_administrator(user: Someone) -> bool:
    return bool(user.is_superuser) or ADMINISTRATORS in _names_of(user)


def sees_everything(user: Someone) -> bool:
    """Say whether every draft is open to this person."""
    return is_community_manager(user) or is_administrator(user)


def may_enter_newsroom(user: Someone) -> bool:
    """Tell whether this account has work to do in the newsroom."""
    return bool(user.is_active and user.has_perm(NEWSROOM))


def approving_groups(user: Someone) -> list[int]:
    """Return the groups of this person that approve a rubric of their own."""
    if not user.is_authenticated:
        return []
    rubric_groups = Group.objects.filter(user=user, rubrics__isnull=False)
    return list(rubric_groups.values_list("pk", flat=True).distinct())


def _names_of(user: Someone) -> Iterable[str]:
    """Return the groups of an active person, asked once per request."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    names: frozenset[str] | None = user.__dict__.get("_role_names")
    if names is None:
        names = frozenset(user.groups.values_list("name", flat=True))
        user.__dict__["_role_names"] = names
    return names
