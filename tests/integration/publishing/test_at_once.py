"""Two people, or a person and the clock, at the same item at the same moment."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections

from cms.publishing import actions as publishing
from cms.publishing.models import Publication
from tests import factories
from tests.factories import stages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def test_what_an_editor_saves_while_her_item_goes_live_is_kept() -> None:
    author = factories.ambassador()
    publication = stages.due(stages.scheduled(by=author))
    story = stages.item_of(publication)
    saved = threading.Event()

    def save() -> None:
        try:
            stages.edit(story, by=author, summary="Nieuwer dan wat live gaat.")
        finally:
            saved.set()
            connections.close_all()

    editor = threading.Thread(target=save)
    with paused_before('UPDATE "wagtailcore_page"', until=lambda: start_and_wait(editor, saved)):
        assert publishing.publish(publication)
    editor.join(30)

    story = stages.fresh(story)
    assert story.live
    assert story.get_latest_revision().as_object().summary == "Nieuwer dan wat live gaat."
    assert story.has_unpublished_changes
    assert Publication.objects.get().state == Publication.State.PUBLISHED


def start_and_wait(thread: threading.Thread, done: threading.Event) -> None:
    """Give another thread a second: it gets through in it, or waits for a lock of ours."""
    thread.start()
    done.wait(1)


@contextmanager
def paused_before(statement: str, *, until: Callable[[], None]) -> Iterator[None]:
    """Let something happen just before the first statement that begins like this."""
    has_paused = False

    def pause(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal has_paused
        if sql.startswith(statement) and not has_paused:
            has_paused = True
            until()
        return execute(sql, *rest)

    with connection.execute_wrapper(pause):
        yield
    assert has_paused
