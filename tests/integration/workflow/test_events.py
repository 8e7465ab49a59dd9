"""Events and calls in the newsroom: what is asked, what is refused, and on which clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from cms.documents.builders import document_for
from cms.events.models import CommunityAction, Event
from cms.stories.models import Announcement, Rubric, Section
from cms.workflow.differences import between
from cms.workflow.readiness import problems
from tests import factories

pytestmark = pytest.mark.django_db

STARTS = datetime(2026, 12, 4, 14, tzinfo=UTC)


def keys_of(page: Event | CommunityAction, *, is_blocking: bool) -> set[str]:
    return {each.key for each in problems(page) if each.blocking == is_blocking}


@pytest.mark.parametrize(
    ("fields", "key", "is_blocking"),
    [
        ({"starts_at": None}, "starts", True),
        ({"ends_at": STARTS}, "end-before-start", True),
        ({"ends_at": STARTS - timedelta(hours=1)}, "end-before-start", True),
        ({"ends_at": STARTS + timedelta(days=93)}, "too-long", True),
        ({"ends_at": STARTS + timedelta(days=30)}, "long", False),
        ({"ends_at": None}, "no-end", False),
        ({"place": ""}, "place", True),
        ({"organiser": None}, "organiser", False),
        ({"is_cancelled": True}, "cancellation", False),
    ],
)
def test_an_event_says_what_it_still_needs(
    fields: dict[str, Any], key: str, is_blocking: bool
) -> None:
    page = factories.event(**({"starts_at": STARTS} | fields))

    assert key in keys_of(page, is_blocking=is_blocking)


def test_an_event_needs_no_text_and_a_call_says_what_it_asks() -> None:
    ready = factories.event(starts_at=STARTS, ends_at=STARTS + timedelta(hours=2), body=[])
    assert keys_of(ready, is_blocking=True) == set()
    call = factories.community_action(asked="", until=None)
    assert keys_of(call, is_blocking=True) == {"asked"}
    assert "until" in keys_of(call, is_blocking=False)


def test_an_event_without_an_end_is_over_at_midnight_on_the_hubs_clock() -> None:
    page = factories.event(starts_at=STARTS, ends_at=None, title="x" * 212)

    document = document_for(page)

    assert document["title"] == "x" * 212
    assert (document["ends_at"], document["over_at"]) == (None, "2026-12-04T23:00:00Z")
    assert document["path"] == f"agenda/{page.slug}/"


def form_for(page: Event, user: Any, **changed: str) -> Any:
    """The editor's form about an event, with some of it filled in otherwise."""
    handler = page.get_edit_handler()
    form_class = handler.get_form_class()
    shown = form_class(instance=page, for_user=user)
    sent = {
        name: shown[name].value() for name in ("title", "slug", "summary", "language", "place")
    } | {"starts_at": "2026-12-04 15:00", "connection": "each-other", "audience": "everyone"}
    for formset in shown.formsets.values():
        sent |= {f"{formset.prefix}-{each}_FORMS": "0" for each in ("TOTAL", "INITIAL")}
    sent |= {"body-count": "0"} | changed
    form = form_class(sent, instance=page, for_user=user, parent_page=page.get_parent())
    request = RequestFactory().get("/")
    request.user = user
    return form, handler.get_bound_panel(instance=page, request=request, form=form)


def shown_in(panel: Any) -> set[str]:
    names = {panel.field_name} if hasattr(panel, "field_name") and panel.is_shown() else set()
    return names.union(*(shown_in(child) for child in getattr(panel, "children", ())))


def test_an_hour_that_comes_twice_is_asked_about_and_one_that_is_skipped_refused() -> None:
    manager = factories.community_manager()
    page = factories.event(starts_at=STARTS)
    with translation.override("nl"):
        plain, panel = form_for(page, manager)
        assert plain.is_valid(), plain.errors
        assert not {"starts_season", "ends_season"} & shown_in(panel)
        twice, panel = form_for(page, manager, starts_at="2026-10-25 02:30")
        assert "twee keer 02:30" in twice.errors["starts_at"][0]
        assert "starts_season" in shown_in(panel)
        skipped, panel = form_for(page, manager, starts_at="2027-03-28 02:30")
        assert "01:59 of 03:00" in skipped.errors["starts_at"][0]
        assert "starts_season" not in shown_in(panel)
    for season, hour in (("summer", 0), ("winter", 1)):
        said, _ = form_for(page, manager, starts_at="2026-10-25 02:30", starts_season=season)
        assert said.is_valid(), said.errors
        assert said.cleaned_data["starts_at"] == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    page.starts_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    kept = page.get_edit_handler().get_form_class()(instance=page, for_user=manager)
    assert kept["starts_season"].value() == "winter"


def test_a_section_takes_its_own_kind_and_a_rubric_takes_all() -> None:
    event = factories.event(starts_at=STARTS)
    agenda = event.get_parent().specific
    news = factories.section()
    rubric = factories.rubric()

    assert agenda.holds == Section.Holds.EVENT
    for kind, places in {
        Event: [agenda, rubric],
        CommunityAction: [rubric],
        Announcement: [news, rubric],
    }.items():
        assert [each for each in (agenda, news, rubric) if kind.can_create_at(each)] == places
    form = agenda.get_edit_handler().get_form_class()(instance=agenda)
    assert form.fields["holds"].disabled
    assert isinstance(rubric, Rubric)


def test_what_changed_of_an_event_is_said_in_words() -> None:
    page = factories.event(starts_at=STARTS)
    later = Event.objects.get(pk=page.pk)
    later.starts_at, later.is_cancelled = STARTS + timedelta(hours=1), True

    with translation.override("en"):
        found = {each.field: (each.old, each.new) for each in between(page, later)}

    assert set(found) == {"starts_at", "is_cancelled"}
    assert found["is_cancelled"] == ("no", "yes")
