"""Fast and forgetful: what a test may assume."""

import os
from pathlib import Path
from tempfile import gettempdir

from cms.config import environment
from cms.config.database import postgresql, sqlite
from cms.config.home import Home
from cms.config.settings.base import *
from cms.config.settings.base import LOGGING, MIDDLEWARE

HOME = Home(root=Path(gettempdir()) / f"plein-test-{os.getpid()}")  # made only if a test needs it
PLEIN_HOME = HOME
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = HOME.media
STATIC_ROOT = HOME.static
# Nothing is collected for a test, and WhiteNoise warns of that at the first request.
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith("whitenoise.")]
EMAIL_FILE_PATH = HOME.mail
# What tests do at the doors is nobody's business; those about the log listen to it themselves.
LOGGING["handlers"]["security"] = LOGGING["handlers"]["refusals"] = {"class": "logging.NullHandler"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "tests.tasks.AtOnceButIndexing"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests get a database of their own, see tests/conftest.py; here stands only of which kind.
if environment.text("PLEIN_TEST_DATABASE") == "postgresql":
    DATABASES = {"default": postgresql("postgresql://plein@/plein")}
    DATABASES["default"]["OPTIONS"].pop("pool")
else:
    DATABASES = {"default": sqlite(HOME)}
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
    )
