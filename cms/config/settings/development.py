"""On your own machine, over plain HTTP: the demo organisation, and work on Plein itself."""

from cms.config import environment, keys
from cms.config.settings.base import *
from cms.config.settings.base import HOME

SECRET_KEY, *SECRET_KEY_FALLBACKS = keys.read_or_make_key(HOME.secret_key).split()
DEBUG = environment.flag("PLEIN_DEBUG")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.listed("PLEIN_HOSTS", [])]
MAILER_EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
