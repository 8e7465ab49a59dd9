"""Who may see an item in the newsroom: one place decides, by role, ownership and circle."""

from typing import Any

from cms.accounts import roles


def may_see(user: roles.Someone, item: Any) -> bool:
    """Say whether this person may read an item's words in the newsroom, whatever its state.

    Before it is published a confidential item is its circle's alone: no role opens it, a
    superuser's neither.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if item.is_confidential:
        return bool(item.circle.filter(pk=user.pk).exists())
    return roles.sees_everything(user) or bool(item.is_of(user))
