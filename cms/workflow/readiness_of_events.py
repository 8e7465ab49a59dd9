"""What an event or a community action still needs before it can go live."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from cms.events.models import CommunityAction, Event
from cms.workflow.readiness_of_blocks import Problem

LONG = timedelta(days=14)
LONGEST = timedelta(days=92)
"""What lasts longer would fill the agenda of every month: it is an announcement."""


def of_event(page: Event) -> Iterator[Problem]:
    if page.starts_at is None:
        yield Problem("starts", _("Say when it starts."), field="starts_at")
    else:
        yield from _of_duration(page)
    if not (page.place.strip() or page.link):
        yield Problem("place", _("Say where it is, or give a link."), field="place")
    if page.organiser_id is None:
        message = _("Name who organises it: somebody will have a question.")
        yield Problem("organiser", message, field="organiser", blocking=False)
    if page.is_cancelled and not page.cancellation.strip():
        message = _("Say why it is cancelled, and whether there will be a new date.")
        yield Problem("cancellation", message, field="cancellation", blocking=False)


def _of_duration(page: Event) -> Iterator[Problem]:
    if page.starts_at is None:
        return
    if page.ends_at is None:
        message = _("Nobody says when it ends: it is on the agenda until midnight.")
        yield Problem("no-end", message, field="ends_at", blocking=False)
    elif page.ends_at <= page.starts_at:
        message = _("It ends before it starts. Choose another end, or leave it empty.")
        yield Problem("end-before-start", message, field="ends_at")
    elif page.ends_at - page.starts_at > LONGEST:
        message = _("It lasts longer than three months. Make it an announcement instead.")
        yield Problem("too-long", message, field="ends_at")
    elif page.ends_at - page.starts_at > LONG:
        days = (page.ends_at - page.starts_at).days
        message = _("It lasts %(days)s days. Is that right?") % {"days": days}
        yield Problem("long", message, field="ends_at", blocking=False)


def of_action(page: CommunityAction) -> Iterator[Problem]:
    if not page.asked.strip():
        message = _("Say what you ask colleagues to share.")
        yield Problem("asked", message, field="asked")
    if page.until is None:
        message = _("Say until when: without an end it stays open.")
        yield Problem("until", message, field="until", blocking=False)
