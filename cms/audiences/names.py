"""What audiences are called, and which of them somebody may choose."""

from django.utils.translation import gettext as _

from cms.accounts import roles
from cms.audiences.membership import keys_of
from cms.audiences.models import Audience
from cms.core.audiences import EVERYONE


def names() -> dict[str, str]:
    """Return the name of every audience by its key, everyone's first."""
    made = Audience.objects.order_by("name").values_list("key", "name")
    return {EVERYONE: _("Everyone"), **dict(made)}


def name_of(key: str) -> str:
    """Return what an audience is called; what was deleted is called by its key."""
    if key == EVERYONE:
        return _("Everyone")
    found = Audience.objects.filter(key=key).values_list("name", flat=True).first()
    return found or key


def open_to(user: roles.Someone) -> dict[str, str]:
    """Return the audiences for which somebody may write: all, or those she is in herself.

    The name of an audience can tell what its members know; a writer sees the names of her own.
    """
    known = names()
    if roles.sees_everything(user):
        return known
    own = keys_of(user)
    return {key: name for key, name in known.items() if key in own}
