"""Invented stories are true ones: in the tree, the editor and the feed, as if published."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from cms.config.demo.seed import NoHubError, seed
from cms.documents.actions import refresh_all
from cms.documents.builders import document_for
from cms.documents.models import PublicDocument
from cms.publishing.models import Publication
from cms.publishing.status import StatusKey, status_of
from cms.stories.models import Story
from cms.workflow.texts import text_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub() -> None:
    for _number in range(2):
        factories.rubric()
        factories.person(portrait=factories.image())
    factories.goal()
    factories.department()
    factories.administrator()


def written() -> list[object]:
    """Return what a reader would see of each story, apart from its ids."""
    return [
        (
            story.title,
            story.url_path,
            story.summary,
            [*story.body.raw_data],
            [link.person.name for link in story.authors.all()],
            sorted(tag.name for tag in story.tags.all()),
        )
        for story in Story.objects.order_by("slug")
    ]


def seed_quietly(stories: int) -> None:
    seed(stories, say=lambda _line: None)


def test_the_same_number_gives_the_same_stories() -> None:
    seed_quietly(6)
    first = written()
    for story in Story.objects.all():
        story.delete()

    seed_quietly(6)

    assert len(first) == 6
    assert written() == first


def test_the_tree_is_sound_and_more_stories_go_behind_those_there() -> None:
    first = factories.story(live=True)
    seed_quietly(5)
    seed_quietly(3)

    assert Page.find_problems() == ([], [], [], [], [])
    call_command("fixtree", interactive=False, verbosity=0)
    assert Story.objects.count() == 9
    assert Story.objects.values("path").distinct().count() == 9
    rubric = Page.objects.get(pk=first.get_parent().pk)
    assert rubric.numchild == rubric.get_children().count() > 1
    assert rubric.get_children().first().pk == first.pk


def test_each_is_public_as_its_source_says_and_the_sweep_has_nothing_to_add() -> None:
    seed_quietly(5)

    for story in Story.objects.all():
        assert PublicDocument.objects.get(pk=story.public_id).content == document_for(story)
        assert status_of(story).key == StatusKey.LIVE
    with transaction.atomic():
        refresh_all()
        assert not refresh_all()


def test_the_text_that_is_live_is_the_text_of_its_publication() -> None:
    seed_quietly(3)

    for publication in Publication.objects.all():
        assert publication.revision is not None
        assert publication.page is not None
        assert publication.revision == publication.page.live_revision
        assert text_of(publication.revision).digest == publication.digest


def test_it_opens_in_the_editor_with_its_children_and_is_found(client: Client) -> None:
    seed_quietly(3)
    story = Story.objects.last()
    assert story is not None
    client.force_login(factories.administrator())

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    history = client.get(reverse("wagtailadmin_pages:history", args=[story.pk]))

    assert page.status_code == history.status_code == 200
    assert story.title in page.content.decode()
    author = story.authors.get().person
    revised = story.get_latest_revision_as_object()
    assert [link.pk for link in revised.authors.all()] == [story.authors.get().pk]
    assert story in [each.specific for each in Story.objects.search(story.title)]
    assert ReferenceIndex.get_references_to(author).exists()


def test_a_story_more_costs_a_few_statements_more() -> None:
    seed_quietly(1)
    costs = []
    for stories in (5, 15):
        with CaptureQueriesContext(connection) as queries:
            seed_quietly(stories)
        costs.append(len(queries))

    assert costs[1] - costs[0] <= 10 * 5


def test_a_hub_without_rubrics_says_what_to_do() -> None:
    factories.hub_page().get_descendants().delete()

    with pytest.raises(NoHubError, match="plein demo"):
        seed_quietly(1)
