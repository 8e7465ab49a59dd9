"""Nothing missed, nothing invented: whatever the door, the feed says what is true."""

import json
from collections import deque
from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from cms.documents.actions import refresh_all
from cms.documents.sweep import Sweep, SweepError
from cms.stories.models import Story
from tests.integration.documents.back_doors import DOORS, Reach
from tests.integration.documents.doors import Steps
from tests.integration.documents.small_hub import Reader, small_hub, truth

NEVER_AGAIN = 10**9
"""So many passes until the sweep looks at what seems unchanged: what it misses, it misses here."""


@pytest.fixture
def swept(db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Sweep:
    """Return a sweep that knows a whole hub and found it right."""
    with django_capture_on_commit_callbacks(execute=True):
        small_hub()
    with transaction.atomic():
        refresh_all()
    sweep = Sweep(turns=NEVER_AGAIN)
    assert not sweep.run()
    return sweep


@pytest.mark.parametrize("reach", Reach)
def test_what_went_through_a_door_is_in_the_feed_in_time_and_once(
    reach: Reach,
    swept: Sweep,
    subtests: pytest.Subtests,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    reader = Reader().follow()
    assert reader.sources == truth()
    for name, (door, its_reach) in DOORS.items():
        if its_reach is reach:
            with subtests.test(door=name), transaction.atomic():
                known = deepcopy((swept, reader))
                look_through(door, reach, known, django_capture_on_commit_callbacks)
                transaction.set_rollback(True)


def look_through(
    door: Steps,
    reach: Reach,
    known: tuple[Sweep, Reader],
    capture: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Go through one door, and see what a reader hears of it and when."""
    sweep, reader = known
    steps = door()
    with CaptureQueriesContext(connection) as arranging, capture(execute=True):
        next(steps)
    if arranging.captured_queries:
        sweep.run()
        reader.follow()
    before, heard = dict(reader.documents), reader.heard

    with capture(execute=True):
        next(steps, None)

    there_should_be = truth()
    assert (reader.follow().sources == there_should_be) is (reach is not Reach.BY_SWEEP)
    sweep.run()
    assert reader.follow().sources == there_should_be
    assert (reader.documents == before) is (reach is Reach.NEVER)
    assert (reader.heard == heard) is (reach is Reach.NEVER)


def assert_settled(sweep: Sweep, reader: Reader) -> None:
    """See that nobody has anything to add: not even a sweep that knows nothing."""
    heard = reader.heard
    assert not sweep.run()
    assert reader.follow().heard == heard


@pytest.mark.both_databases
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(DOORS)), min_size=2, max_size=6), data=st.data())
def test_after_any_sequence_of_doors_one_sweep_makes_the_feed_true(
    names: list[str],
    data: st.DataObject,
    swept: Sweep,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    reader, swept = Reader().follow(), deepcopy(swept)
    with transaction.atomic():
        for name in names:
            with django_capture_on_commit_callbacks(execute=True):
                deque(DOORS[name][0](), maxlen=0)
            if data.draw(st.booleans(), label="the sweep comes by"):
                swept.run()
                reader.follow()
        swept.run()
        assert reader.follow().sources == truth()
        assert_settled(swept, reader)
        assert_settled(Sweep(), reader)
        transaction.set_rollback(True)


@pytest.mark.both_databases
def test_authors_who_share_a_place_are_named_in_one_order(
    swept: Sweep, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """PostgreSQL gives rows that are equal in order as they lie, and a copy lies elsewhere."""
    reader = Reader().follow()
    for name in ("add_authors_in_bulk", "copy_what_is_live", "change_the_slug_of_a_rubric"):
        with django_capture_on_commit_callbacks(execute=True):
            deque(DOORS[name][0](), maxlen=0)

    swept.run()

    assert reader.follow().sources == truth()


def test_no_page_can_be_the_shadow_of_another(swept: Sweep) -> None:
    """FACTS 6.3 has three rows on aliases: they would share an id, so that none can be made."""
    page = Story.objects.filter(live=True).first()
    reader = Reader().follow()

    with pytest.raises(ValidationError, match="Public id"), transaction.atomic():
        CreatePageAliasAction(page, update_slug="schim", user=None).execute(
            skip_permission_checks=True
        )

    assert not swept.run()
    assert reader.sources == truth()


def test_documents_that_were_spoiled_are_made_true_again(swept: Sweep) -> None:
    reader = Reader().follow()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_publicdocument SET content = '{}' WHERE kind = 'rubric'")
        cursor.execute("DELETE FROM documents_facet")
        cursor.execute("DELETE FROM documents_reference")
        cursor.execute("DELETE FROM documents_publicdocument WHERE kind = 'story'")

    swept.run()

    assert reader.follow().sources == truth()
    assert Reader().follow().documents == reader.documents
    assert_settled(swept, reader)


def test_what_cannot_be_built_is_named_and_the_others_go_on(swept: Sweep) -> None:
    bad, good = Story.objects.order_by("pk")[:2]
    body = [{"type": "heading", "value": "een tekst waar een kop hoort", "id": "een"}]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stories_editorialpage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps(body), bad.pk],
        )
    Page.objects.filter(pk=good.pk).update(title="Gaat gewoon door")

    for _time in range(2):
        with pytest.raises(SweepError, match=str(bad.public_id)):
            swept.run()

    documents = Reader().follow().documents
    assert documents[good.public_id]["title"] == "Gaat gewoon door"
    assert documents[bad.public_id]["body"]
    assert list(swept.failed) == [bad.public_id]
    Page.objects.filter(pk=bad.pk).update(live=False)
    swept.run()
    assert bad.public_id not in Reader().follow().documents
