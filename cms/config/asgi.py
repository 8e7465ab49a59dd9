"""The one ASGI application: newsroom, contract, preview and hub behind one door."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.development")

application = get_asgi_application()
