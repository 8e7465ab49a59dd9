"""Loads the demo organisation into an empty newsroom."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from mailer.models import Message

from cms.config.demo.dates import Shift
from cms.config.demo.items import Items
from cms.config.demo.organisation import Organisation
from cms.config.demo.requests import Requests
from cms.documents.actions import refresh_all
from cms.stories.models import HubPage


class NotEmptyError(Exception):
    """There is a hub here already; the demo never mixes with somebody's own."""


def load(*, password: str, say: Callable[[str], None] = print) -> None:
    """Make the demo organisation, its accounts and its items, dated so that it is now.

    Args:
        password: of all its accounts.
        say: takes one line of progress at a time.

    Raises:
        NotEmptyError: when there is a hub already.
    """
    if HubPage.objects.exists():
        message = "This home already holds a hub; the demo is only loaded into an empty one."
        raise NotEmptyError(message)
    folder = settings.PLEIN_CHECKOUT / "content" / "demo"
    facts = yaml.safe_load((folder / "organisation.yaml").read_text(encoding="utf-8"))
    shift = Shift(
        reference_day=date.fromisoformat(facts["reference_day"]),
        now=timezone.now(),
        zone=ZoneInfo(facts["time_zone"]),
    )
    organisation = Organisation(folder, shift)
    with transaction.atomic():
        organisation.load(password=password)
        say(f"{len(organisation.people)} people and {len(organisation.parents)} rubrics are in.")
        count = Items(organisation).load(folder / "items")
        asked = Requests(organisation).load(folder / "requests.yaml")
        refresh_all()
        # Nobody is written to about what the demo pretends to have happened.
        Message.objects.all().delete()
    say(f"{count} items and {asked} requests are in, each in its own state.")
