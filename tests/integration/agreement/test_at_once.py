"""A yes that is taken back in the same second as an approval, or as its moment."""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from cms.agreement.rules import Stand
from cms.documents.models import PublicDocument
from cms.publishing import clock
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow import actions
from cms.workflow.errors import NotReady
from tests import factories
from tests.factories import agreeing, stages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

ROUNDS = 400 if os.environ.get("PLEIN_EVERY_STEP") else 1
"""`make torture` looks at every step."""


def at_the_same_time(*acts: Callable[[], Any]) -> list[Any]:
    """Do everything at once, each on a connection of its own; return what each came to."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def do(place: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(30)
            found[place] = act()
        except NotReady as refusal:
            found[place] = refusal  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def is_public(page: EditorialPage) -> bool:
    return (
        EditorialPage.objects.get(pk=page.pk).live
        or PublicDocument.objects.filter(public_id=page.public_id).exists()
    )


def test_whoever_is_first_nothing_is_public_after_a_yes_was_taken_back() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    kees = factories.person(name="Kees Brouwer")
    for _round in range(ROUNDS):
        page, _kees = agreeing.interviewed(who=kees, by=author)
        state = agreeing.in_review(page, by=author)
        agreeing.says(page, kees)
        digest = stages.shown(page)

        at_the_same_time(
            partial(actions.approve, state, by=manager, digest=digest),
            partial(agreeing.takes_back, page, kees),
        )

        assert not is_public(page)
        assert [row.stand for row in agreeing.rows(page, kees)] == [Stand.REFUSED]


def test_a_no_at_the_very_moment_leaves_nothing_public() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    page, kees = agreeing.interviewed(by=author)
    agreeing.in_review(page, by=author)
    agreeing.says(page, kees)
    publication = scheduled(page, manager)

    at_the_same_time(clock.publish_due, lambda: agreeing.takes_back(page, kees))

    assert not is_public(page)
    publication.refresh_from_db()
    assert publication.state != Publication.State.SCHEDULED


def scheduled(page: EditorialPage, manager: Any) -> Publication:
    state = EditorialPage.objects.get(pk=page.pk).current_workflow_task_state
    later = timezone.now() + timedelta(hours=1)
    actions.approve(state, by=manager, digest=stages.shown(page), due_at=later)
    return stages.due(Publication.objects.get(page=page.pk))
