"""Who may read the hub: told to the gate from a cookie, so that the gate needs no Django."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connection
from django.http import HttpRequest

from cms.audiences.membership import keys_of


def ask_in_thread(cookie: str) -> frozenset[str] | None:
    """Answer the gate, which asks in a thread of its own and remembers for a few seconds.

    Opening SQLite anew costs three times what the question does, so a thread stays connected;
    of PostgreSQL's connections there are few, and they go back to the pool.
    """
    try:
        return audiences_of(cookie)
    except Exception:
        connection.close()
        raise
    finally:
        if connection.vendor != "sqlite":
            close_old_connections()


def audiences_of(cookie: str) -> frozenset[str] | None:
    """Return the audiences of whoever sent this cookie header, or None for a stranger."""
    key = _session_key(cookie)
    if not key:
        return None
    return _audiences(key)


def _session_key(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _audiences(session_key: str) -> frozenset[str] | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)  # checks the password's hash too: a changed password ends the session
    return keys_of(user) or None
