"""A hundred full stories by our contract, and by Wagtail's API v2 in the same run."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.api import APIField
from wagtail.models import Page

from cms.accounts.models import Person
from cms.documents.actions import refresh_all
from cms.media.models import Image
from cms.media.renditions import ensure_renditions
from cms.stories.models import Author, Story
from tests import factories
from tests.benchmarks.figures import side_by_side
from tests.factories.api import FULL, Asker, press_asker, session_asker

STORIES = 100
LEAST_TYPED, LEAST_FEED = 3, 20
SENTENCE = "Om zeven uur gaat de rolluik omhoog en ruikt het naar koffie en kettingvet. "
FEED = "query($first: Int) { feed(first: $first) { cursor hasMore entries { seq op document } } }"
V2 = f"/api/v2/pages/?type=stories.Story&fields=*&limit={STORIES}"


def body(image: Image, person: Person) -> list[dict[str, object]]:
    paragraph: dict[str, object] = {"type": "paragraph", "value": f"<p>{SENTENCE * 5}</p>"}
    heading: dict[str, object] = {"type": "heading", "value": {"text": "Eerst luisteren"}}
    shown = {"image": image.pk, "alt_text": "Een fiets", "decorative": False}
    return [
        paragraph,
        paragraph,
        heading,
        paragraph,
        {"type": "image", "value": {"image": shown, "caption": "In de hal"}},
        paragraph,
        heading,
        paragraph,
        {"type": "pull_quote", "value": {"text": SENTENCE, "speaker": person.pk}},
        {"type": "call_out", "value": {"title": "Let op", "body": f"<p>{SENTENCE}</p>"}},
    ]


@pytest.fixture
def hundred_stories(db: None) -> None:
    rubrics = [factories.rubric() for _number in range(5)]
    people = [factories.person(department=factories.department()) for _number in range(10)]
    images = [factories.image() for _number in range(20)]
    for image in images:
        ensure_renditions(image)
    tags = [factories.tag(name=f"onderwerp {number}") for number in range(12)]
    goal, value = factories.goal(), factories.core_value()
    for number in range(STORIES):
        story = factories.story(
            live=True,
            parent=rubrics[number % 5],
            authors=[people[number % 10]],
            people=[people[(number + 3) % 10]],
            lead_image=images[number % 20],
            goal=goal,
            core_value=value,
            body=body(images[(number + 7) % 20], people[number % 10]),
        )
        story.tags.set(tags[number % 10 : number % 10 + 3])
        story.save()
    Page.objects.update(first_published_at=timezone.now(), last_published_at=timezone.now())
    with transaction.atomic():
        refresh_all()


@pytest.fixture
def api_v2(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.ROOT_URLCONF = "tests.benchmarks.api_v2_urls"
    settings.WAGTAILAPI_LIMIT_MAX = STORIES
    names = ("summary", "lead_image", "body", "tags", "authors", "people", "language")
    more = ("connection", "goal", "core_value", "departments")
    fields = [APIField(name) for name in (*names, *more)]
    monkeypatch.setattr(Story, "api_fields", fields, raising=False)
    monkeypatch.setattr(Author, "api_fields", [APIField("person")], raising=False)
    return Client()


def stories_by_v2(client: Client) -> None:
    assert len(client.get(V2).json()["items"]) == STORIES


def stories_by_graph(asker: Asker) -> None:
    assert len(asker.data(FULL, first=STORIES)["stories"]["nodes"]) == STORIES


def documents_by_feed(asker: Asker) -> None:
    assert len(asker.data(FEED, first=STORIES)["feed"]["entries"]) == STORIES


@pytest.mark.usefixtures("hundred_stories")
def test_a_hundred_stories_are_had_quicker_than_by_api_v2(api_v2: Client) -> None:
    reader, press = session_asker(factories.employee()), press_asker()

    def by_v2() -> None:
        stories_by_v2(api_v2)

    typed = side_by_side("typed_vs_api_v2", lambda: stories_by_graph(reader), by_v2)
    feed = side_by_side("feed_vs_api_v2", lambda: documents_by_feed(press), by_v2)

    assert typed >= LEAST_TYPED
    assert feed >= LEAST_FEED
