"""Who may read the hub: told to the gate from a cookie, so that the gate needs no Django."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connection
from django.http import HttpRequest

from cms.audiences.membership import keys_of
from cms.desk.follow.links import FOLLOW
from cms.links.keys import link_by_key

type Audiences = frozenset[str] | None


def ask_in_thread(cookie: str) -> Audiences:
    """Answer the gate, which asks in a thread of its own, and remembers for a few seconds."""
    return _in_thread(audiences_of, cookie)


def follow_in_thread(key: str) -> Audiences:
    """Answer the gate about a program that reads for somebody, by the key of her link."""
    return _in_thread(audiences_by_link, key)


def _in_thread(ask: Callable[[str], Audiences], secret: str) -> Audiences:
    """Ask, and mind the connection of a thread that Django does not know.

    Opening SQLite anew costs three times what the question does, so a thread stays connected;
    of PostgreSQL's connections there are few, and they go back to the pool.
    """
    try:
        return ask(secret)
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


def audiences_by_link(key: str) -> Audiences:
    """Return the audiences of whose link this is; None for one that opens nothing (any more)."""
    link = link_by_key(key)
    if link is None or link.purpose != FOLLOW or not link.is_open or link.user is None:
        return None
    return keys_of(link.user) or None


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
