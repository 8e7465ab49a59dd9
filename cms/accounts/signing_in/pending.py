"""Somebody between the password and the second factor: not signed in yet."""

import time
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from cms.accounts.codes import is_same
from cms.accounts.models import User

WITHIN_SECONDS = 10 * 60
_KEY = "plein_pending"


@dataclass(frozen=True)
class Pending:
    """Who gave the right password, and what was asked beside it."""

    user: User
    stays: bool


def hold(session: SessionBase, pending: Pending) -> None:
    """Keep who it is under a new key until the second factor is given."""
    session.cycle_key()
    session.set_expiry(WITHIN_SECONDS)
    session[_KEY] = {
        "user": pending.user.pk,
        "hash": pending.user.get_session_auth_hash(),
        "stays": pending.stays,
        "at": time.time(),
    }


def held(session: SessionBase) -> Pending | None:
    """Return who is on the way; nobody once the account, its password or the time is past."""
    kept = session.get(_KEY)
    if not kept or time.time() - kept["at"] > WITHIN_SECONDS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not is_same(kept["hash"], user.get_session_auth_hash()):
        return None
    return Pending(user=user, stays=bool(kept["stays"]))


def let_go(session: SessionBase) -> None:
    session.pop(_KEY, None)
