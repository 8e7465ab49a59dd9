"""What goes live by our act is what Wagtail's own act would make of it, and of nothing older."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from cms.accounts.models import Person
from cms.documents.models import PublicDocument
from cms.documents.sweep import Sweep
from cms.publishing import actions as publishing
from cms.publishing.ahead import Ahead
from cms.publishing.approved import Approved
from cms.publishing.errors import ChangedAfterApproval
from cms.publishing.models import Publication
from cms.workflow import actions as workflow
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db

OURS = {"documents", "publishing", "mailer"}
"""What Wagtail knows nothing of."""
MOMENTS = {"last_published_at", "timestamp", "uuid", "enqueued_at", "task_id"}
QUERIES_OF_A_PUBLICATION = 41

type Tables = dict[str, list[tuple[tuple[str, Any], ...]]]


def first_text() -> Publication:
    return stages.due(stages.scheduled())


def other_words() -> Publication:
    return _approved_again(title="Een andere kop", summary="Met andere woorden.")


def other_address() -> Publication:
    return _approved_again(slug="op-een-ander-adres")


def other_people_and_tags() -> Publication:
    story = stages.live(people=[factories.person(), factories.person()])
    text = story.get_latest_revision().as_object()
    text.people = [*text.people.all()][1:]
    text.authors.create(person=factories.person())
    text.tags.add("fietsen")
    text.departments = [factories.department()]
    return _approved(text)


def _approved_again(**fields: object) -> Publication:
    text = stages.live().get_latest_revision().as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    return _approved(text)


def _approved(text: Any) -> Publication:
    author, manager = factories.ambassador(), factories.community_manager()
    text.save_revision(user=author, clean=False)
    story = stages.fresh(text)
    task_state = workflow.submit(story, by=factories.administrator())
    soon = timezone.now() + timedelta(hours=1)
    workflow.approve(task_state, by=manager, digest=stages.shown(story), due_at=soon)
    return stages.due(Publication.objects.scheduled().get(page=story.pk))


def tables() -> Tables:
    """Return every row there is, moments aside."""
    return {model._meta.label: sorted(_rows(model), key=repr) for model in _models()}


def _models() -> Iterator[Any]:
    every = apps.get_models(include_auto_created=True)
    return (model for model in every if model._meta.app_label not in OURS and model._meta.managed)


def _rows(model: Any) -> Iterator[tuple[tuple[str, Any], ...]]:
    columns = [each.attname for each in model._meta.local_concrete_fields]
    shown = [name for name in columns if name not in MOMENTS]
    is_log = "Log" in model.__name__ or "Task" in model.__name__ or "Index" in model.__name__
    for row in model.objects.values(*shown):
        yield tuple((k, str(v)) for k, v in row.items() if not (is_log and k == "id"))


@pytest.mark.parametrize(
    "approved", [first_text, other_words, other_address, other_people_and_tags]
)
def test_our_act_writes_what_wagtails_own_act_writes(approved: Callable[[], Publication]) -> None:
    publication = approved()
    by_wagtail = _after(lambda: _by_wagtail(publication))

    assert publishing.publish(publication)

    assert tables() == by_wagtail


def _by_wagtail(publication: Publication) -> None:
    revision = Revision.objects.get(pk=publication.revision_id)
    action = PublishPageRevisionAction(revision, user=publication.approved_by)
    page = action.object
    page.go_live_at = None
    page.first_published_at = page.first_published_at or publication.due_at
    action.execute(skip_permission_checks=True)


def _after(act: Callable[[], None]) -> Tables:
    """Return how it would be after an act that is undone."""
    with transaction.atomic():
        act()
        found = tables()
        transaction.set_rollback(True)
    return found


def ready_text(publication: Publication) -> Approved:
    """Make a text ready as the clock does, before its moment."""
    now = timezone.now()
    Publication.objects.filter(pk=publication.pk).update(due_at=now + timedelta(seconds=20))
    ahead = Ahead()
    assert ahead.look(now=now) == 1
    stages.due(publication)
    ready = ahead.take(publication)
    assert ready is not None
    assert ahead.take(publication) is None
    return ready


def document_of(publication: Publication) -> dict[str, Any]:
    content: dict[str, Any] = PublicDocument.objects.get(public_id=publication.item_id).content
    return content


def test_a_text_made_ready_costs_few_questions_and_leaves_the_sweep_nothing(
    settings: Settings,
) -> None:
    publication = stages.due(stages.scheduled(people=[factories.person()]))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    ready = ready_text(publication)

    with CaptureQueriesContext(connection) as queries:
        assert publishing.publish(publication, ready=ready)

    assert len(queries) <= QUERIES_OF_A_PUBLICATION
    before = document_of(publication)
    Sweep().run()
    assert document_of(publication) == before


def test_who_was_hidden_after_a_text_was_made_ready_is_not_shown(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    colleague = factories.person(name="Sanne Vos", shown_on_hub=True)
    publication = stages.due(stages.scheduled(people=[colleague]))
    ready = ready_text(publication)
    with django_capture_on_commit_callbacks(execute=True):
        person = Person.objects.get(pk=colleague.pk)
        person.shown_on_hub = False
        person.save()

    assert publishing.publish(publication, ready=ready)

    (shown,) = document_of(publication)["people"]
    assert (shown["person"], shown["name"]) == (None, "Sanne Vos")


def test_what_was_changed_after_it_was_made_ready_is_not_published() -> None:
    publication = stages.due(stages.scheduled())
    ready = ready_text(publication)
    content = stages.approved_revision(publication).content
    Revision.objects.filter(pk=publication.revision_id).update(
        content={**content, "summary": "Stilletjes veranderd."}
    )

    with pytest.raises(ChangedAfterApproval):
        publishing.publish(publication, ready=ready)


def test_an_address_that_was_taken_meanwhile_is_not_taken_twice() -> None:
    publication = _approved_again(slug="begeerd")
    ready = ready_text(publication)
    other = factories.story(parent=Page.objects.get(pk=publication.page_id).get_parent().specific)
    Page.objects.filter(pk=other.pk).update(slug="begeerd")

    with pytest.raises(ValidationError):
        publishing.publish(publication, ready=ready)


def test_only_what_is_due_soon_is_made_ready_and_kept() -> None:
    publication = stages.scheduled()
    ahead, now = Ahead(), timezone.now()
    assert ahead.look(now=now) == 0

    later = now + timedelta(minutes=59, seconds=30)
    assert (ahead.look(now=later), ahead.look(now=later)) == (1, 0)

    Publication.objects.update(state=Publication.State.CANCELLED)
    assert ahead.look(now=later) == 0
    assert ahead.take(publication) is None
