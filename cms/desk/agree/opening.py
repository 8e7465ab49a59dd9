"""What ties these pages to the rest: the links that open them, and the clock that asks."""

from datetime import datetime, timedelta

from django.urls import reverse

from cms.links import purposes
from cms.links.models import PersonalLink
from cms.planning.quiet import is_quiet
from cms.publishing import on_request, regular
from cms.workflow import agreements

KEPT = timedelta(days=3650)
"""A yes can be taken back for as long as the item is on the hub, by the link it was given by."""


def register() -> None:
    purposes.register(purposes.Purpose(agreements.AGREE, own_page, kept=KEPT))
    regular.register("asking people for their agreement", ask_and_remind)
    regular.register("ending what stands on a yes that is over", end)


def own_page(link: PersonalLink) -> str:
    return reverse("agree:party", args=[link.thing])


def ask_and_remind(now: datetime) -> None:
    if not is_quiet(now):
        agreements.ask_where_due(now=now)
        agreements.remind_where_due(now=now)


def end(now: datetime) -> None:
    on_request.end_where_over(now=now)
