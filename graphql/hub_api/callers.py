"""Who asks. Wagtail's API tokens are used here and nowhere else: they are still a preview."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from wagtail.api.v3.auth import BearerTokenAuth

from cms.accounts.models import User
from cms.audiences.membership import keys_of
from cms.documents.policy import readable_by

_bearer = BearerTokenAuth()


@dataclass
class Caller:
    """Somebody known: a machine by its token, a colleague by their session."""

    user: User
    by_token: bool

    @property
    def is_press(self) -> bool:
        """Is the one account that prints; a session can't be it, it has no password."""
        return self.by_token and self.user.get_username() == settings.PLEIN_PRESS_ACCOUNT

    @cached_property
    def may_read(self) -> Q:
        """The condition on documents under which this caller may read them, asked once.

        The press prints for everybody; a token of anybody else reads what its account may.
        """
        return Q() if self.is_press else readable_by(keys_of(self.user))


def caller_of(request: HttpRequest) -> Caller | None:
    """Return who asks, or None for a stranger; a wrong token never falls back on a session."""
    if "Authorization" in request.headers:
        token = _bearer(request)
        return Caller(token.user, by_token=True) if token else None
    user: Any = getattr(request, "user", AnonymousUser())
    if not (user.is_authenticated and user.is_active):
        return None
    return Caller(user, by_token=False)
