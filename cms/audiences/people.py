"""Accounts by name, as somebody pastes them: one a line."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from cms.accounts.models import User

MOST_NAMES = 500
ENOUGH_TO_NAME = 5


def accounts_named(text: str) -> list[User]:
    """Return the account behind each line, in one query; empty lines mean nothing.

    Args:
        text: a user name or an e-mail address on each line, in any mix of capitals.

    Raises:
        ValidationError: too many names, names of nobody, or of more than one account.
    """
    wanted = {line.strip().lower() for line in text.splitlines() if line.strip()}
    if len(wanted) > MOST_NAMES:
        words = _("At most %(most)s by hand. For more people, make a rule or a group.")
        raise ValidationError(words % {"most": MOST_NAMES}, code="people")
    rows = User.objects.annotate(name=Lower("username"), address=Lower("email"))
    found: list[User] = list(rows.filter(Q(name__in=wanted) | Q(address__in=wanted)))
    by_name: dict[str, list[User]] = {name: [] for name in wanted}
    for user in found:
        for name in {user.username.lower(), user.email.lower()} & wanted:
            by_name[name].append(user)
    unknown = [name for name, users in by_name.items() if not users]
    if unknown:
        words = _("Nobody signs in with %(names)s.")
        raise ValidationError(words % {"names": _some(unknown)}, code="unknown")
    doubtful = [name for name, users in by_name.items() if len(users) > 1]
    if doubtful:
        words = _("More than one account has %(names)s. Use the user name.")
        raise ValidationError(words % {"names": _some(doubtful)}, code="doubtful")
    return found


def _some(names: Iterable[str]) -> str:
    shown = sorted(names)
    more = "…" if len(shown) > ENOUGH_TO_NAME else ""
    return ", ".join(shown[:ENOUGH_TO_NAME]) + more
