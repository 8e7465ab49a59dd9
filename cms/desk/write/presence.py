"""Who else has the same story open now: an editor in Wagtail's editor."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from cms.accounts.models import User
from cms.contributions.models import Contribution

RECENT = timedelta(minutes=1)
"""Wagtail's editor gives a sign of life every ten seconds."""


def also_here(contribution: Contribution, *, besides: User) -> str:
    """Name whoever else works on the draft underneath now, or nobody."""
    item = contribution.item
    if item is None:
        return ""
    sessions = EditingSession.objects.filter(
        content_type__in=[
            ContentType.objects.get_for_model(Page),
            *ContentType.objects.get_for_models(type(item.specific)).values(),
        ],
        object_id=str(item.pk),
        last_seen_at__gte=timezone.now() - RECENT,
    )
    other = sessions.exclude(user=besides).select_related("user").order_by("-last_seen_at").first()
    return other.user.display_name if other else ""
