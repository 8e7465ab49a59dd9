"""The one ASGI application: newsroom, contract, preview and hub behind one door."""

import os

import django

from cms.config import health
from cms.config.doorway import Doorway
from cms.config.home import current_home
from cms.config.streaming import StreamingHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.development")

OF_DJANGO = ("newsroom", "graphql", "login", "logout", "static", "media")

django.setup(set_prefix=False)
newsroom = StreamingHandler()
home = current_home()


def wrong() -> list[str]:
    """Say what is not well here."""
    return health.what_is_wrong(home.heartbeats, is_release_live=False)


application = Doorway(
    houses=dict.fromkeys(OF_DJANGO, newsroom),
    otherwise=newsroom,
    wrong=wrong,
)
