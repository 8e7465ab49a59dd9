from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from cms.accounts.models import User


def account_named(name: str) -> User | None:
    """Return the account with this user name or personnel number.

    Nobody's number may be somebody else's user name; were it so, the name wins and nobody gets
    into an account that is not theirs: the password still has to be right.
    """
    found = User.objects.filter(Q(username=name) | Q(personnel_number=name))
    return min(found, key=lambda user: user.username != name, default=None)


class NameOrNumber(ModelBackend):
    """Let people sign in by user name or by personnel number."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's shape
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        """Check a password; where there is no such account, spend as long on it."""
        if username is None or password is None:
            return None
        user = account_named(username)
        if user is None:
            User().set_password(password)
            return None
        is_right = user.check_password(password)
        return user if is_right and self.user_can_authenticate(user) else None
