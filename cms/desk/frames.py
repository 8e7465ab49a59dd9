"""Rubrics, sections and the hub itself: their texts are put on the hub by who keeps them."""

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from cms.accounts import roles
from cms.accounts.models import User
from cms.documents import actions as documents
from cms.stories.models.sections import FramePage
from cms.workflow.errors import NotAllowed, NotReady
from cms.workflow.readiness import problems


@transaction.atomic
def put_online(frame: FramePage, *, by: User) -> None:
    """Put the newest text of a rubric, a section or the hub on the hub.

    Raises:
        NotAllowed: Only who sees everything keeps the frame.
        NotReady: Its address can't be used.
    """
    if not roles.sees_everything(by):
        raise NotAllowed
    revision = frame.get_latest_revision() or frame.save_revision(user=by)
    newest = revision.as_object()
    if found := problems(newest):
        raise NotReady(found)
    PublishPageRevisionAction(revision, user=by).execute(skip_permission_checks=True)
    frame.refresh_from_db()
    documents.refresh(frame)
