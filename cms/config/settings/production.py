"""A hub for colleagues: behind TLS, with its own keys."""

from urllib.parse import urlsplit

from cms.config import environment, keys
from cms.config.errors import WrongUseError
from cms.config.settings.base import *
from cms.config.settings.base import HOME, PUBLIC_URL

KEYS = keys.read_keys(HOME.secret_key)
if not KEYS:
    NO_KEYS = f"There are no keys in {HOME.keys} yet. Set this installation up with `plein init`."
    raise WrongUseError(NO_KEYS)
SECRET_KEY, *SECRET_KEY_FALLBACKS = KEYS

# The press asks on this machine, past the server that speaks TLS.
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_URL).hostname or "localhost",
    "127.0.0.1",
    *environment.listed("PLEIN_HOSTS", []),
]

# The prefix makes the browser refuse a cookie that came without TLS or from another host.
SESSION_COOKIE_NAME = "__Host-plein_session"
CSRF_COOKIE_NAME = "__Host-plein_csrf"
PLEIN_KNOWN_BROWSER_COOKIE = "__Host-plein_known"
PLEIN_LINK_COOKIE = "__Host-plein_link"
PLEIN_SHARED_SCREEN_COOKIE = "__Host-plein_shared"
PLEIN_OWN_DEVICE_COOKIE = "__Host-plein_own"
PLEIN_SECOND_FACTOR_REQUIRED = environment.second_factor(default="required")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = environment.number("PLEIN_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^graphql/"]
