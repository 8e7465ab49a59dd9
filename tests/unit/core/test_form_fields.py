"""The date and time fields of the newsroom's editor."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.admin.forms.models import registry

from cms.core.form_fields import HubDayField, HubMomentField
from cms.core.wall_clock import YEARS
from cms.stories.models import Alert, Announcement
from hub_site.content.fields import DocumentError, Fields


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2027-03-28 02:30", "De klok slaat 02:30 die nacht over. Kies 01:59 of 03:00."),
        ("2026-10-25 02:30", "02:30 komt die nacht twee keer. Kies 01:59 of 03:00."),
    ],
)
def test_an_odd_hour_is_refused_with_its_neighbours(typed: str, sentence: str) -> None:
    with translation.override("nl"), pytest.raises(ValidationError) as refusal:
        HubMomentField().clean(typed)

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("neighbour", ["01:59", "03:00"])
def test_what_is_offered_is_taken(neighbour: str) -> None:
    for day in ("2027-03-28", "2026-10-25"):
        moment = HubMomentField().clean(f"{day} {neighbour}")

        assert moment
        assert f"{moment:%H:%M}" == neighbour


def test_any_other_time_is_the_hubs() -> None:
    assert HubMomentField().clean("2026-12-01 09:10") == datetime(2026, 12, 1, 8, 10, tzinfo=UTC)
    assert HubMomentField(required=False).clean("") is None


def test_nonsense_is_refused_as_such() -> None:
    with translation.override("nl"), pytest.raises(ValidationError, match="geldige"):
        HubMomentField().clean("morgen")


@pytest.mark.parametrize("typed", ["0026-12-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_year_outside_of_the_calendar_is_refused_in_words(typed: str) -> None:
    sentence = "Kies een jaar van 1900 tot en met 2199."
    with translation.override("nl"):
        with pytest.raises(ValidationError) as of_moment:
            HubMomentField().clean(f"{typed} 09:10")
        with pytest.raises(ValidationError) as of_day:
            HubDayField().clean(typed)

    assert of_moment.value.messages == of_day.value.messages == [sentence]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_the_calendars_first_and_last_day_are_taken_and_the_press_takes_them(day: date) -> None:
    assert HubDayField().clean(f"{day}") == day
    assert Fields({"at": f"{day}T12:00:00Z"}).moment("at").date() == day


def test_the_press_has_the_same_calendar() -> None:
    for year in (YEARS.start - 1, YEARS.stop):
        with pytest.raises(DocumentError):
            Fields({"at": f"{year}-06-01T12:00:00Z"}).moment("at")


def test_the_editor_asks_for_every_day_in_this_way() -> None:
    form = Announcement.get_edit_handler().get_form_class()

    assert isinstance(form.base_fields["look_at_again_on"], HubDayField)


@pytest.mark.parametrize("name", ["expire_at", "valid_from", "valid_until", "prominent_until"])
def test_the_editor_asks_for_every_moment_in_this_way(name: str) -> None:
    form = Announcement.get_edit_handler().get_form_class()

    assert isinstance(form.base_fields[name], HubMomentField)


def test_a_page_is_chosen_in_the_language_of_who_chooses() -> None:
    with translation.override("nl"):
        asked = registry.get(Alert._meta.get_field("item"))["widget"]

    with translation.override("en"):
        assert str(asked.choose_one_text) == "Choose a page"
