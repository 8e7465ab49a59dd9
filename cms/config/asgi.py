"""The one ASGI application: newsroom, contract, preview and hub behind one door."""

import asyncio
import os
from collections.abc import Mapping
from typing import cast

import django
from django.conf import settings
from django.utils.crypto import salted_hmac

from cms.config import health, keys
from cms.config.doorway import OF_DJANGO, OF_THE_PRESS, Application, Doorway, Measured
from cms.config.exposition import TYPE
from cms.config.home import current_home
from cms.config.press import press_settings
from cms.config.streaming import StreamingHandler
from cms.config.strict_transport import strict_transport
from hub_site.following import FOLLOW, following_app
from hub_site.preview import preview_app
from hub_site.readers_on_disk import ReadersOnDisk
from hub_site.releases import Manifest
from hub_site.serve import gate

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.development")
django.setup(set_prefix=False)

from cms.config.metrics import may_measure, measure_in_thread  # noqa: E402 - as the next
from cms.config.readers import ask_in_thread, follow_in_thread  # noqa: E402 - models exist only once Django is ready

home = current_home()
press = press_settings(home)
newsroom = cast("Application", StreamingHandler())
kept = ReadersOnDisk(home.readers, salted_hmac("plein.readers", "", algorithm="sha256").digest())
manifest = Manifest(press.releases_dir / "manifest.sqlite3", is_reader=True)


async def audiences_of(cookie: str) -> frozenset[str] | None:
    """Ask Django, outside the loop that serves pages, for whom this reader counts."""
    return await asyncio.to_thread(ask_in_thread, cookie)


async def audiences_by_link(key: str) -> frozenset[str] | None:
    """Ask Django whose the key of a personal link is, and for whom she counts."""
    return await asyncio.to_thread(follow_in_thread, key)


def wrong() -> list[str]:
    """Say what is not well here."""
    is_release_live = manifest.live_number() is not None
    return health.what_is_wrong(home.heartbeats, is_release_live=is_release_live)


def may(client: str, headers: Mapping[str, str]) -> bool:
    """Say who may have the numbers; the token is read each time, so it can be renewed."""
    return may_measure(client, headers, token=keys.read_or_make_key(home.metrics_token))


application = Doorway(
    houses={
        **dict.fromkeys(OF_DJANGO, newsroom),
        OF_THE_PRESS: preview_app(press),
        FOLLOW: following_app(press, audiences_by_link, always=strict_transport()),
    },
    otherwise=gate(press, audiences_of, always=strict_transport(), disk=kept),
    wrong=wrong,
    hosts=settings.ALLOWED_HOSTS,
    measured=Measured(may=may, take=measure_in_thread, content_type=TYPE),
)
