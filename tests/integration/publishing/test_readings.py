"""Never early by either clock; and a clock that jumps loses nothing and doubles nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mailer.models import Message
from wagtail.models import PageLogEntry

from cms.core.readings import both_clocks, database_clock
from cms.documents.models import PublicDocument
from cms.documents.sweep import Sweep
from cms.publishing import actions as publishing
from cms.publishing import clock
from cms.publishing.models import Publication
from cms.stories.models import Story
from tests import factories
from tests.factories import stages

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HOUR = timedelta(hours=1)
ITEMS = 4


@pytest.fixture
def database_an_hour_behind(db: None) -> None:
    """Put a clock of our own before PostgreSQL's, in this session."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no clock of its own")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA elsewhere")
        cursor.execute(
            "CREATE FUNCTION elsewhere.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS "
            "$$ SELECT pg_catalog.clock_timestamp() - interval '1 hour' $$"
        )
        cursor.execute("SET LOCAL search_path TO elsewhere, pg_catalog, public")


def test_the_two_clocks_of_one_machine_agree() -> None:
    before = timezone.now() - timedelta(milliseconds=1)

    assert before <= database_clock() <= timezone.now() + timedelta(milliseconds=1)
    assert before <= both_clocks() <= timezone.now()


def test_nothing_goes_live_or_offline_before_its_moment_on_the_databases_clock(
    database_an_hour_behind: None,
) -> None:
    publication = stages.due(stages.scheduled(), ago=timedelta(minutes=59))
    ended = stages.live()
    Story.objects.filter(pk=ended.pk).update(expire_at=timezone.now() - timedelta(minutes=59))

    assert clock.publish_due() == 0
    assert publishing.publish(publication) is False
    assert clock.expire_due() == 0
    assert publishing.expire(ended) is False

    assert publishing.publish(stages.due(publication, ago=timedelta(minutes=61))) is True


def test_a_document_stays_until_its_end_on_the_databases_clock(
    database_an_hour_behind: None,
) -> None:
    ended = stages.live()
    for ago, stays in ((timedelta(minutes=59), True), (timedelta(minutes=61), False)):
        Story.objects.filter(pk=ended.pk).update(expire_at=timezone.now() - ago)

        Sweep().run()

        document = PublicDocument.objects.filter(public_id=ended.public_id)
        assert document.exists() is stays


def test_what_is_approved_for_now_goes_live_now_by_a_database_that_is_behind(
    database_an_hour_behind: None,
) -> None:
    assert stages.live().live


def test_nothing_goes_live_before_its_moment_on_this_machines_clock() -> None:
    publication = stages.due(stages.scheduled())

    behind = timezone.now() - HOUR
    assert publishing.publish(publication, reading=lambda: behind) is False
    assert publishing.publish(publication) is True


def test_a_try_put_off_by_a_clock_that_was_an_hour_ahead_is_made_in_time() -> None:
    publication = stages.due(stages.scheduled())
    publishing.record_failure(publication, DatabaseError("busy"), now=timezone.now() + HOUR)

    assert clock.publish_due() == 1


@pytest.fixture
def items(db: None) -> list[Publication]:
    author, manager = factories.ambassador(), factories.community_manager()
    return [stages.scheduled(by=author, manager=manager) for _ in range(ITEMS)]


jumps = st.lists(
    st.tuples(st.sampled_from([-60, -59, -1, 0, 1, 7, 59, 60]), st.booleans()), max_size=12
)


@settings(
    max_examples=7,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(jumps=jumps, dues=st.lists(st.integers(-90, 90), min_size=ITEMS, max_size=ITEMS))
def test_a_clock_that_jumps_an_hour_either_way_loses_and_doubles_nothing(
    items: list[Publication], jumps: list[tuple[int, bool]], dues: list[int]
) -> None:
    start = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    moment = start
    with transaction.atomic():
        for publication, minutes in zip(items, dues, strict=True):
            due_at = start + timedelta(minutes=minutes)
            Publication.objects.filter(pk=publication.pk).update(due_at=due_at)
        latest = start - HOUR * 3
        for minutes, fails in jumps:
            moment += timedelta(minutes=minutes)
            latest = max(latest, moment)
            if fails:
                first = Publication.objects.due(now=moment).first()
                if first is not None:
                    publishing.record_failure(first, DatabaseError("busy"), now=moment)
            clock.do_what_is_due(reading=lambda now=moment: now)  # type: ignore[misc]  # bound now
            early = Publication.objects.filter(state="published", due_at__gt=latest)
            assert not early.exists()
        end = start + HOUR * 2
        clock.do_what_is_due(reading=lambda: end)
        clock.do_what_is_due(reading=lambda: end + HOUR)

        assert set(Publication.objects.values_list("state", flat=True)) == {"published"}
        pages = PageLogEntry.objects.filter(action="wagtail.publish").values_list("page", flat=True)
        assert sorted(pages) == sorted(publication.page_id or 0 for publication in items)
        mails = [mail.subject for mail in Message.objects.all()]
        assert sum(subject.startswith("Live") for subject in mails) == ITEMS
        transaction.set_rollback(True)
