"""The name of the hub, as its administrator gave it: what colleagues call the place they read."""

from email.utils import formataddr, parseaddr
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import lazy

SOFTWARE = "Plein"
"""What it is called as long as there is no hub."""
KNOWN_FOR = 60
"""Seconds; the process in which a new name is published knows it at once."""
_KEY = "hub_name"


def hub_name() -> str:
    """Return it; the database is asked once a minute at most, not for each mail or page."""
    return str(cache.get_or_set(_KEY, _read, KNOWN_FOR))


_said = lazy(hub_name, str)


def forget() -> None:
    cache.delete(_KEY)


def in_templates(_request: HttpRequest) -> dict[str, Any]:
    """Offer templates `hub_name`, and `wordmark`: the same around its first i, as the hub draws it.

    Whoever says neither asks nothing.
    """
    # No bare function: a template would call it, a sentence to be translated would not.
    return {"hub_name": _said(), "wordmark": lambda: hub_name().partition("i")}


def sender(name: str) -> str:
    """Return whom mail of the hub with this name comes from, as a header says it.

    A name that the administrator set for mail is kept.
    """
    own, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((own or name, address))


def of_app(_device: object) -> str:
    """Return what an app for codes calls the hub."""
    return hub_name()


def _read() -> str:
    # By name: the settings know this module, and models can't be imported so early.
    fronts = apps.get_model("wagtailcore.Page")._default_manager  # noqa: SLF001 - Django's public name
    # The page that Wagtail comes with gives its place to the hub; its title is no name.
    found = fronts.filter(sites_rooted_here__is_default_site=True).exclude(
        content_type__app_label="wagtailcore"
    )
    title = found.values_list("title", flat=True).first() or SOFTWARE
    return " ".join(title.split())
