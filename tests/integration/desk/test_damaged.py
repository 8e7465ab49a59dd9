"""A form that broke on its way: words in the person's language, and nothing is lost."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.accounts.models import User
from cms.agreement.models import CrowdNotice
from cms.stories.models import Rubric, Story
from tests import factories

pytestmark = pytest.mark.django_db

DAMAGES = {
    "no JSON": {"body-0-value": "{"},
    "JSON of another kind": {"body-0-value": "[1, 2]"},
    "an entity that is not there": {
        "body-0-value": '{"blocks": [{"key": "a", "text": "a", "type": "unstyled", "depth": 0,'
        ' "inlineStyleRanges": [], "entityRanges": [{"key": 7, "offset": 0, "length": 1}]}],'
        ' "entityMap": {}}'
    },
    "a count that is no number": {"body-count": "veel"},
    "more blocks than were sent": {"body-count": "3"},
    "a picture without a key": {
        "body-0-type": "image",
        "body-0-value-image-image": "x",
        "body-0-value-caption": "",
    },
    "a lead image without a key": {"lead_image": "x"},
    "a goal without a key": {"goal": "x"},
    "an author without a key": {"authors-TOTAL_FORMS": "1", "authors-0-person": "x"},
    "no order": {"body-0-order": ""},
}


@pytest.fixture
def writer(client: Client) -> User:
    made = factories.ambassador()
    client.force_login(made)
    return made


@pytest.fixture
def rubric() -> Rubric:
    return factories.rubric()


@pytest.fixture
def story(writer: User, rubric: Rubric) -> Story:
    return factories.story(by=writer, parent=rubric, title="Heel")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_text_is_refused_in_words_and_the_draft_stays(
    client: Client, story: Story, damage: dict[str, str]
) -> None:
    answer = client.post(f"/newsroom/pages/{story.pk}/edit/", {**_form(), **damage})

    assert answer.status_code == 400
    assert "Je tekst kwam beschadigd aan" in answer.content.decode()
    assert Story.objects.get().get_latest_revision_as_object().title == "Heel"


def test_a_damaged_new_story_is_not_made(client: Client, writer: User, rubric: Rubric) -> None:
    address = f"/newsroom/pages/add/stories/story/{rubric.pk}/"

    answer = client.post(address, {**_form(), "body-0-value": "{"})

    assert answer.status_code == 400
    assert not Story.objects.exists()


def test_autosave_says_in_json_that_the_text_was_damaged(client: Client, story: Story) -> None:
    answer = client.post(
        f"/newsroom/pages/{story.pk}/edit/",
        {**_form(), "body-0-value": "{"},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 400
    assert "Houd deze pagina open" in answer.json()["error_message"]


def test_a_preview_of_a_damaged_text_is_a_bad_request(client: Client, story: Story) -> None:
    address = f"/newsroom/pages/{story.pk}/edit/preview/"

    assert client.post(address, {**_form(), "body-0-value": "{"}).status_code == 400


def test_a_count_of_authors_that_is_no_number_is_an_error_of_the_form(
    client: Client, story: Story
) -> None:
    said = {**_form(), "authors-TOTAL_FORMS": "x"}

    answer = client.post(f"/newsroom/pages/{story.pk}/edit/", said)

    assert answer.status_code == 200
    assert Story.objects.get().get_latest_revision_as_object().title == "Heel"


def _form() -> dict[str, object]:
    text = ("paragraph", rich_text("<p>Vraag je vrije dagen aan.</p>"))
    posted: dict[str, object] = nested_form_data(
        {
            "title": "Verder",
            "slug": "heel",
            "language": "nl",
            "summary": "",
            "body": streamfield([text]),
            "authors": inline_formset([]),
            "people": inline_formset([]),
            "tags": "",
        }
    )
    return posted


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-02-30", "Voer een geldige datum in."),
        ("9999-12-31", "Kies een jaar van 1900 tot en met 2199."),
    ],
)
def test_a_day_that_is_none_is_refused_in_words(client: Client, day: str, sentence: str) -> None:
    manager = factories.community_manager()
    client.force_login(manager)
    story = factories.story(by=manager, parent=factories.rubric())
    picture = factories.image()
    said = {"act": "crowd", "image": picture.pk, "told_on": day, "how": "Bordje bij de deur"}

    answer = client.post(f"/newsroom/agreements/{story.pk}/", said, follow=True)
    log = client.get("/newsroom/log/", {"until": day})

    assert sentence in answer.content.decode()
    assert not CrowdNotice.objects.exists()
    assert log.status_code == 200
    assert sentence in log.content.decode()
