"""Which browsers an account has been signed in to with, told by a signed cookie in each."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from cms.accounts.models import User

SALT = "plein.known-browser"
KEPT_SECONDS = 180 * 24 * 3600
MOST_ACCOUNTS = 8


def browser_known_to(user: User, request: HttpRequest) -> str:
    """Return the name of this browser, or nothing where this account never signed in with it."""
    browser, accounts = _read(request)
    return browser if _mark(user) in accounts else ""


def remember_browser(user: User, request: HttpRequest, response: HttpResponse) -> None:
    """Let this browser be known to the account that has just signed in with it."""
    browser, accounts = _read(request)
    kept = [_mark(user), *(mark for mark in accounts if mark != _mark(user))][:MOST_ACCOUNTS]
    value = signing.dumps([browser or secrets.token_urlsafe(12), *kept], salt=SALT)
    response.set_cookie(
        settings.PLEIN_KNOWN_BROWSER_COOKIE,
        value,
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.COOKIES.get(settings.PLEIN_KNOWN_BROWSER_COOKIE, "")
    try:
        browser, *accounts = signing.loads(value, salt=SALT, max_age=KEPT_SECONDS)
    except (signing.BadSignature, ValueError):
        return "", []
    return str(browser), [str(mark) for mark in accounts]


def _mark(user: User) -> str:
    """Stand for the account; a changed password makes every browser unknown again."""
    return salted_hmac(SALT, f"{user.pk}\n{user.password}", algorithm="sha256").hexdigest()[:24]
