"""Who came in, who did not, and who may do what since when: told to the security log."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest
from wagtail.log_actions import get_active_log_context
from wagtail.models import APIToken

from cms.accounts.models import User
from cms.core.security_log import note

WATCHED = {"is_active": "closed or opened", "is_superuser": "full powers", "password": "password"}
MEMBERSHIPS = {"post_add": "joined", "post_remove": "left", "post_clear": "left all of"}


def signed_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    note("signed in", account=user.get_username(), address=_address(request))


def signed_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:
        note("signed out", account=user.get_username(), address=_address(request))


def was_refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Name the account only if there is one: people type their password in the wrong field."""
    name = str(credentials.get(User.USERNAME_FIELD) or "")
    is_known = bool(name) and User.objects.filter(username=name).exists()
    note("sign-in refused", account=name if is_known else "", address=_address(request))


def will_change(instance: User, **_: Any) -> None:
    """Remember which of the watched fields differ from what is stored."""
    held = User.objects.filter(pk=instance.pk).values(*WATCHED).first() if instance.pk else None
    changed = [name for name in WATCHED if held and held[name] != getattr(instance, name)]
    instance.__dict__["_changed_rights"] = changed


def has_changed(instance: User, *, created: bool, **_: Any) -> None:
    if created:
        note("account made", account=instance.get_username(), by=_by())
    for name in instance.__dict__.pop("_changed_rights", []):
        note("account changed", account=instance.get_username(), by=_by(), what=WATCHED[name])


def was_removed(instance: User, **_: Any) -> None:
    note("account removed", account=instance.get_username(), by=_by())


def membership_changed(
    instance: Model,
    action: str,
    *,
    reverse: bool,
    model: type[User | Group | Permission],
    pk_set: Any,
    **_: Any,
) -> None:
    """Tell of groups and permissions, from whichever side they were changed."""
    if action not in MEMBERSHIPS:
        return
    others = model.objects.filter(pk__in=pk_set or ())
    for account, what in _pairs(instance, others, reverse=reverse):
        note(MEMBERSHIPS[action], account=account, by=_by(), what=what)


def group_changed(instance: Model, action: str, pk_set: Any, **_: Any) -> None:
    if action in MEMBERSHIPS:
        what = f"{instance}: {len(pk_set or ())} permissions"
        note(f"group {MEMBERSHIPS[action]}", by=_by(), what=what)


def token_changed(instance: APIToken, *, created: bool | None = None, **_: Any) -> None:
    """A token is made, changed or, without `created`, removed."""
    event = {True: "token made", False: "token changed", None: "token removed"}[created]
    note(event, account=instance.user.get_username(), by=_by())


def connect() -> None:
    """Listen from now on; again does no harm."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(was_refused)
    pre_save.connect(will_change, sender=User)
    post_save.connect(has_changed, sender=User)
    post_delete.connect(was_removed, sender=User)
    for through in (User.groups.through, User.user_permissions.through):
        m2m_changed.connect(membership_changed, sender=through)
    m2m_changed.connect(group_changed, sender=Group.permissions.through)
    post_save.connect(token_changed, sender=APIToken)
    post_delete.connect(token_changed, sender=APIToken)


def _pairs(instance: Model, others: Iterable[Model], *, reverse: bool) -> list[tuple[str, str]]:
    if reverse:
        return [(str(getattr(other, User.USERNAME_FIELD)), str(instance)) for other in others]
    account = str(getattr(instance, User.USERNAME_FIELD))
    return [(account, str(other)) for other in others] or [(account, "everything")]


def _by() -> str:
    user = get_active_log_context().user
    return user.get_username() if user is not None else ""


def _address(request: HttpRequest | None) -> str:
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
