"""What every screen about one item starts from."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.core.wall_clock import zone_in_words
from cms.publishing.status import status_of
from cms.stories.models import EditorialPage
from cms.workflow import permissions
from cms.workflow.moments import in_words

SHORT_CODE = 4


def item_or_404(page_id: int) -> EditorialPage:
    found = EditorialPage.objects.filter(pk=page_id).first()
    if found is None:
        raise Http404
    item: EditorialPage = found.specific
    return item


def person_of(request: HttpRequest) -> User:
    """Return who is asking; the newsroom's doors let nobody in without a session."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def round_of(item: EditorialPage, task_state_id: int) -> TaskState | None:
    """Return a round of approval that a form names, if it is one of this item's."""
    state = TaskState.objects.select_related("workflow_state").filter(pk=task_state_id).first()
    if state is None or state.workflow_state.object_id != str(item.pk):
        return None
    found: TaskState = state.specific
    return found


def edit_url(person: User, item: EditorialPage) -> str:
    """Return where the text is changed; nothing for who may not."""
    may_edit = item.permissions_for_user(person).can_edit()
    return reverse("wagtailadmin_pages:edit", args=[item.pk]) if may_edit else ""


def about(item: EditorialPage) -> dict[str, Any]:
    """Return what the head of a screen says of an item."""
    newest: EditorialPage = item.get_latest_revision_as_object()
    parent = item.get_parent()
    return {
        "item": item,
        "title": newest.title,
        "place": parent.title,
        "zone": zone_in_words(),
        "writers": either([user.display_name for user in permissions.authors_of(item)]),
        "status": status_of(item),
        "audience": newest.get_audience_display(),
        "for_everyone": newest.is_for_everyone,
        "reason": newest.audience_reason,
    }


@gzip_page
def screen(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a screen that no cache keeps and no other site learns the address of.

    It is packed for who reads on the way; Django's packing hides the length of its secrets.
    """
    response = render(request, f"desk/{template}.html", context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    response["Referrer-Policy"] = "same-origin"
    return response


def ready_in_words(item: EditorialPage, *, due_at: datetime | None) -> str:
    """Say what happens next to an item that was approved or moved."""
    if due_at is None:
        return _("‘%(title)s’ goes live now.") % {"title": item.draft_title}
    words = _("‘%(title)s’ is ready for %(moment)s.")
    return words % {"title": item.draft_title, "moment": in_words(due_at)}


def either(names: list[str]) -> str:
    return _(" and ").join(names)
