"""Items taken to a stage of their way, by the newsroom's own acts."""

from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.models import Revision, TaskState

from cms.accounts.models import User
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage, Story
from cms.workflow import actions, texts
from tests.factories.pages import goal, story
from tests.factories.people import ambassador, community_manager


def ready_story(*, by: User | None = None, **fields: object) -> Story:
    """Make a draft in which nothing is missing."""
    return story(by=by or ambassador(), **{"goal": goal(), **fields})


def submitted(*, by: User | None = None, **fields: object) -> tuple[Story, TaskState]:
    """Make a story that waits for a decision, with its round of approval."""
    author = by or ambassador()
    page = ready_story(by=author, **fields)
    return page, actions.submit(page, by=author)


def shown(page: EditorialPage) -> str:
    """Show an item to an approver; return the digest of what was shown."""
    return texts.keep(texts.latest_text(page))


def scheduled(
    *,
    by: User | None = None,
    manager: User | None = None,
    due_at: datetime | None = None,
    **fields: object,
) -> Publication:
    """Make a story that was approved for a moment, in an hour by default."""
    page, task_state = submitted(by=by, **fields)
    actions.approve(
        task_state,
        by=manager or community_manager(),
        digest=shown(page),
        due_at=due_at or timezone.now() + timedelta(hours=1),
    )
    return Publication.objects.get(page=page)


def due(publication: Publication, *, ago: timedelta = timedelta(seconds=1)) -> Publication:
    """Let the moment of a publication come."""
    publication.due_at = timezone.now() - ago
    publication.save(update_fields=["due_at"])
    return publication


def live(*, by: User | None = None, manager: User | None = None, **fields: object) -> Story:
    """Make a story that was approved for now."""
    page, task_state = submitted(by=by, **fields)
    actions.approve(task_state, by=manager or community_manager(), digest=shown(page))
    return fresh(page)


def item_of(publication: Publication) -> Story:
    """Return the story that a publication is about."""
    return Story.objects.get(public_id=publication.item_id)


def approved_revision(publication: Publication) -> Revision:
    """Return the text that a publication will bring out."""
    return Revision.objects.get(pk=publication.revision_id)


def fresh(page: EditorialPage) -> Story:
    """Return a story as it is in the database."""
    return Story.objects.get(pk=page.pk)


def edit(page: EditorialPage, *, by: User, overwrite: bool = False, **fields: object) -> Story:
    """Save a newer text, the way the editor does; `overwrite` is what autosave does."""
    latest = fresh(page)
    draft: Story = latest.get_latest_revision().as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    revision = latest.latest_revision if overwrite else None
    draft.save_revision(user=by, overwrite_revision=revision, clean=False)
    return fresh(page)
