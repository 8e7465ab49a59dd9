from datetime import UTC, datetime

import pytest
from django.utils import translation
from wagtail.rich_text import RichText

from cms.stories.models import Announcement, Story
from cms.workflow.differences import between
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


def versions(page: Story) -> tuple[Story, Story]:
    """Return the same text twice, to change one of them."""
    revision = page.get_latest_revision()
    return revision.as_object(), revision.as_object()


def test_the_same_text_has_no_differences() -> None:
    old, new = versions(stages.ready_story())

    assert between(old, new) == []


def test_fields_are_named_and_told_in_reading_order() -> None:
    old, new = versions(stages.ready_story(connection="work"))
    new.title, new.connection, new.summary = "Anders", "each-other", "Ook anders"
    new.goal = factories.goal(name="Minder haast")

    with translation.override("nl"):
        found = between(old, new)

    assert [difference.field for difference in found] == ["title", "summary", "connection", "goal"]
    assert found[0].label == "Titel"
    assert (found[2].old, found[2].new) == ("Het werk", "Elkaar")
    assert found[3].new == "Minder haast"


def test_people_are_named() -> None:
    old, new = versions(stages.ready_story(authors=[factories.person(name="Kees Brouwer")]))
    new.authors.clear()

    (difference,) = between(old, new)

    assert (difference.field, difference.old, difference.new) == ("authors", "Kees Brouwer", "")


def test_blocks_are_followed_by_identity() -> None:
    story = stages.ready_story(
        body=[
            {"type": "paragraph", "id": "a", "value": "<p>Een.</p>"},
            {"type": "heading", "id": "b", "value": {"text": "Twee"}},
            {"type": "paragraph", "id": "c", "value": "<p>Drie.</p>"},
        ]
    )
    old, new = versions(story)
    new.body[0].value = RichText("<p>Eén.</p>")
    new.body[0], new.body[2] = new.body[2], new.body[0]
    del new.body[1]
    new.body.append(("call_out", {"title": "Let op", "body": RichText("<p>Vier</p>")}))

    found = {(one.block, one.old, one.new) for one in between(old, new)}

    assert ("b", "Twee", "") in found
    assert ("a", "Een.", "Eén.") in found
    assert any(new_text == "Let op\nVier" for _block, _old, new_text in found)
    assert (None, "1 2", "2 1") in found


def test_a_change_of_emphasis_or_link_shows() -> None:
    story = stages.ready_story(body=[{"type": "paragraph", "id": "a", "value": "<p>Een dag</p>"}])
    old, new = versions(story)
    new.body[0].value = RichText('<p>Een <a href="https://example.test/">dag</a></p>')

    (difference,) = between(old, new)

    assert difference.new == "Een dag (https://example.test/)"


def test_a_picture_and_what_is_in_it_show() -> None:
    image = factories.image(title="De werkplaats")
    old, new = versions(stages.ready_story())
    new.lead_image, new.lead_image_alt = image, "Een brug met een fiets"

    found = between(old, new)

    assert [one.field for one in found] == ["lead_image", "lead_image_alt"]
    assert "De werkplaats" in found[0].new


def test_dates_of_an_announcement_are_told_in_the_hubs_time() -> None:
    announcement = factories.announcement(by=factories.ambassador())
    revision = announcement.get_latest_revision()
    old: Announcement = revision.as_object()
    new: Announcement = revision.as_object()
    new.valid_until = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)

    with translation.override("nl"):
        (difference,) = between(old, new)

    assert difference.new == "di 1 december 2026 om 09:00"
