from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from cms.alarms.board import notices, past
from cms.alarms.figures import figures
from cms.alarms.lateness import lateness
from cms.core.wall_clock import zone_in_words
from cms.desk.chart import chart_of
from cms.desk.lateness_words import sentence_of
from cms.desk.removal_words import newest_removals
from cms.publishing.models import Publication, PublicationQuerySet

RECEIPTS = 12
REMOVALS = 5


class Status(View):
    """Is all well: what is live, what waits, how late things were, and what failed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        measured = lateness(now=now)
        context = {
            "now": now,
            "notices": notices(now=now),
            "past": past(now=now),
            "figures": figures(),
            "lateness": measured,
            "sentence": sentence_of(measured),
            "chart": chart_of(measured),
            "receipts": _newest_receipts(now),
            "removals": newest_removals(REMOVALS),
            "zone": zone_in_words(),
        }
        return render(request, "desk/status.html", context)


def _newest_receipts(now: datetime) -> PublicationQuerySet:
    there = Publication.objects.on_time_or_late().filter(live_at__lte=now)
    return there.select_related("page", "release").order_by("-live_at", "-pk")[:RECEIPTS]
