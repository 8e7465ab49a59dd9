"""Fast and forgetful: what a test may assume."""

import os
from pathlib import Path
from tempfile import gettempdir

from cms.config.home import Home
from cms.config.settings.base import *
from cms.config.settings.base import DATABASES, MIDDLEWARE

HOME = Home(root=Path(gettempdir()) / f"plein-test-{os.getpid()}")  # made only if a test needs it
PLEIN_HOME = HOME
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = HOME.media
STATIC_ROOT = HOME.static
# Nothing is collected for a test, and WhiteNoise warns of that at the first request.
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith("whitenoise.")]
EMAIL_FILE_PATH = HOME.mail
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = {
    "default": {
        **DATABASES["default"],
        "NAME": ":memory:",  # tests get a file of their own, see tests/conftest.py
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    },
}
