"""The date and time fields of the newsroom's editor."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cms.core.form_fields import HubMomentField
from cms.stories.models import Announcement


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
    with pytest.raises(ValidationError, match="geldige"), translation.override("nl"):
        HubMomentField().clean("morgen")


@pytest.mark.parametrize("name", ["expire_at", "valid_from", "valid_until", "prominent_until"])
def test_the_editor_asks_for_every_moment_in_this_way(name: str) -> None:
    form = Announcement.get_edit_handler().get_form_class()

    assert isinstance(form.base_fields[name], HubMomentField)
