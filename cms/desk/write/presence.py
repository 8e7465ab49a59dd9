"""Who else has the same story open now: an editor in Wagtail's editor, or who answers as well."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from cms.contributions.models import Answer, Contribution
from cms.contributions.writers import Writer, account_of, guest_of

RECENT = timedelta(minutes=1)
"""Wagtail's editor gives a sign of life every ten seconds."""


def also_here(contribution: Contribution, *, besides: Writer) -> str:
    """Name whoever else works on the same words now, or nobody."""
    return _who_answers(contribution, besides) or _who_edits(contribution, besides)


def _who_answers(contribution: Contribution, writer: Writer) -> str:
    account, guest = account_of(writer), guest_of(writer)
    others = Answer.objects.filter(
        contribution=contribution, saved_at__gte=timezone.now() - RECENT
    ).select_related("saved_by", "saved_through")
    for answer in others.order_by("-saved_at"):
        if answer.saved_through and answer.saved_through != guest:
            return answer.saved_through.first_name
        if answer.saved_by and answer.saved_by != account:
            return answer.saved_by.display_name
    return ""


def _who_edits(contribution: Contribution, writer: Writer) -> str:
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
    account = account_of(writer)
    others = sessions.exclude(user=account) if account else sessions
    other = others.select_related("user").order_by("-last_seen_at").first()
    return other.user.display_name if other else ""
