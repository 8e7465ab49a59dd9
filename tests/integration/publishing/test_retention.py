"""What goes when it has been kept long enough, and what does not go with it."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.admin.models import FormState
from wagtail.models import Page, PageLogEntry, Revision, TaskState
from wagtail_headless_preview.models import PagePreview

from cms.config.home import Home
from cms.contributions.models import Contribution
from cms.publishing import clock, retention
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from tests import factories
from tests.factories import stages
from tests.factories.contributions import answer, contribution

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=3 * 365)


def test_earlier_versions_go_after_a_year_and_those_that_count_stay() -> None:
    text = factories.story()
    page = Page.objects.get(pk=text.pk).specific
    for _ in range(3):
        page.save_revision()
    approved = Revision.objects.for_instance(page).order_by("pk")[0]
    Publication.objects.create(
        page=page, item_id=page.public_id, revision=approved, digest="d", due_at=NOW
    )
    page.save_revision()
    latest = page.latest_revision
    before = Revision.objects.for_instance(page).count()

    assert retention.versions(NOW) == 0
    Revision.objects.for_instance(page).update(created_at=LONG_AGO)
    retention.versions(NOW)

    left = set(Revision.objects.for_instance(page).values_list("pk", flat=True))
    assert {approved.pk, latest.pk} <= left
    assert len(left) < before


def test_round_of_approval_keeps_the_text_it_was_about() -> None:
    page, _round = stages.submitted()
    page.save_revision()
    Revision.objects.update(created_at=LONG_AGO)
    rounds = set(TaskState.objects.values_list("revision", flat=True))
    assert rounds

    retention.versions(NOW)

    assert set(Revision.objects.filter(pk__in=rounds).values_list("pk", flat=True)) == rounds


def aged(page: EditorialPage) -> EditorialPage:
    EditorialPage.objects.filter(pk=page.pk).update(latest_revision_created_at=LONG_AGO)
    return page


def test_drafts_that_nobody_touched_for_two_years_go_and_no_others() -> None:
    old = aged(factories.story(live=False))
    fresh = factories.story(live=False)
    fresh.save_revision()
    public = aged(factories.story())
    EditorialPage.objects.filter(pk=public.pk).update(live=True, first_published_at=LONG_AGO)
    in_review = aged(stages.submitted()[0])

    gone = retention.drafts(NOW)

    left = set(EditorialPage.objects.values_list("pk", flat=True))
    assert old.pk not in left
    assert {fresh.pk, public.pk, in_review.pk} - left == set()
    assert gone == 1


def test_what_was_begun_and_left_empty_goes_and_nothing_else() -> None:
    left, answered, fresh = contribution(), contribution(), contribution()
    answer(answered, "moment", "Je verhuist.")
    Contribution.objects.exclude(pk=fresh.pk).update(touched_at=LONG_AGO)

    assert retention.contributions(NOW) == 1

    assert set(Contribution.objects.values_list("pk", flat=True)) == {answered.pk, fresh.pk}
    assert not Contribution.objects.filter(pk=left.pk).exists()


def test_previews_and_forgotten_forms_go() -> None:
    kind = ContentType.objects.get_for_model(Page)
    for token, created in (("old", NOW - timedelta(days=3)), ("new", NOW)):
        preview = PagePreview.objects.create(token=token, content_type=kind, content_json="{}")
        PagePreview.objects.filter(pk=preview.pk).update(created_at=created.date())
    form = FormState.objects.create(
        user=factories.employee(),
        content_type=kind,
        object_id="1",
        data="title=x",
        last_updated_at=NOW,
    )
    FormState.objects.filter(pk=form.pk).update(last_updated_at=LONG_AGO)

    assert retention.previews(NOW) == 2

    assert [preview.token for preview in PagePreview.objects.all()] == ["new"]
    assert not FormState.objects.exists()


def test_done_tasks_and_ended_sessions_go() -> None:
    store = import_module(django_settings.SESSION_ENGINE).SessionStore
    for seconds in (-10, 3600):
        session = store()
        session["who"] = seconds
        session.set_expiry(NOW + timedelta(seconds=seconds))
        session.save()
    ages = (timedelta(days=31), timedelta(days=1))
    for age in ages:
        DBTaskResult.objects.create(
            task_path="x.y",
            args_kwargs={},
            backend_name="default",
            status="SUCCESSFUL",
            finished_at=NOW - age,
            exception_class_path="",
            traceback="",
            run_after=NOW,
        )

    assert retention.tasks(NOW) == 1
    retention.sessions(NOW)

    assert DBTaskResult.objects.count() == 1
    assert Session.objects.count() == 1


def test_clock_does_all_of_it_once_an_hour(settings: Settings, tmp_path: Path) -> None:
    home = Home(root=tmp_path)
    settings.PLEIN_HOME = home
    home.logs.mkdir()
    old = home.logs / f"security-{datetime(2020, 1, 1, tzinfo=UTC):%Y-%m-%d}.jsonl"
    old.write_text("{}\n")
    draft = aged(factories.story(live=False))
    rounds = clock.Rounds(lambda: False)

    rounds.go_round()
    assert old.exists()
    rounds.tidied -= clock.TIDY_EVERY
    rounds.go_round()

    assert not old.exists()
    assert not EditorialPage.objects.filter(pk=draft.pk).exists()


def test_steps_are_told_for_two_years() -> None:
    story, _state = stages.submitted()
    assert retention.log_of_steps(NOW + timedelta(days=729)) == 0

    assert retention.log_of_steps(NOW + timedelta(days=900)) > 0
    assert not PageLogEntry.objects.filter(page=story.pk).exists()
