"""What every test stands on."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.test")
