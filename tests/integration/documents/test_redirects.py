"""An address that was left leads on, until something real takes it again."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.accounts.models import Person
from cms.documents.actions import put, refresh, refresh_all, remove
from cms.documents.models import FormerPath, PublicDocument, Tombstone
from cms.stories.models import Rubric, Story
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def published(slug: str, **fields: object) -> Story:
    item = factories.story(live=True, slug=slug, **fields)
    put(item)
    return item


def rename(item: Story | Rubric | Person, slug: str) -> None:
    item.refresh_from_db()
    item.slug = slug
    item.save()
    refresh(item)


def leads() -> dict[str | None, str]:
    """Return every redirect there is: from which path to whose id."""
    rows = PublicDocument.objects.filter(kind="redirect")
    return {row.path: row.content["target"] for row in rows}


@pytest.fixture
def rubric(db: None) -> Rubric:
    return factories.rubric(slug="wie")


def test_a_rename_leaves_its_old_address(rubric: Rubric) -> None:
    story = published("een", parent=rubric)
    rename(story, "twee")

    assert leads() == {"wie/een/": str(story.public_id)}
    assert PublicDocument.objects.get(kind="redirect").content["title"] == ""


def test_a_chain_of_renames_leads_to_the_end_at_once(rubric: Rubric) -> None:
    story = published("een", parent=rubric)
    for slug in ("twee", "drie"):
        rename(story, slug)

    assert leads() == dict.fromkeys(("wie/een/", "wie/twee/"), str(story.public_id))


def test_coming_back_takes_the_old_address_again(rubric: Rubric) -> None:
    story = published("een", parent=rubric)
    for slug in ("twee", "een"):
        rename(story, slug)

    assert leads() == {"wie/twee/": str(story.public_id)}


def test_something_real_wins_from_an_old_address(rubric: Rubric) -> None:
    story = published("een", parent=rubric)
    rename(story, "twee")
    redirect = PublicDocument.objects.get(kind="redirect")
    newcomer = published("een", parent=rubric)

    assert leads() == {}
    assert Tombstone.objects.filter(public_id=redirect.public_id).exists()
    rename(newcomer, "drie")
    assert leads() == {"wie/een/": str(newcomer.public_id)}


def test_two_that_change_places_keep_their_own(rubric: Rubric) -> None:
    one, other = published("een", parent=rubric), published("twee", parent=rubric)
    rename(one, "drie")
    rename(other, "een")
    rename(one, "twee")

    assert leads() == {"wie/drie/": str(one.public_id)}


def test_an_old_address_goes_and_comes_with_what_it_leads_to(rubric: Rubric) -> None:
    story = published("een", parent=rubric)
    rename(story, "twee")
    remove(story.public_id)
    assert leads() == {}

    put(story)
    assert leads() == {"wie/een/": str(story.public_id)}


def test_a_renamed_rubric_takes_its_items_along(rubric: Rubric) -> None:
    put(rubric)
    story = published("een", parent=rubric)
    rename(rubric, "wie-is-wie")

    assert PublicDocument.objects.get(pk=story.public_id).path == "wie-is-wie/een/"
    assert leads() == {"wie/": str(rubric.public_id), "wie/een/": str(story.public_id)}


def test_a_move_to_another_rubric_leaves_its_old_address(
    rubric: Rubric, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    story = published("een", parent=rubric)
    other = factories.rubric(slug="wat")
    with django_capture_on_commit_callbacks(execute=True):
        story.move(other, pos="last-child")

    assert PublicDocument.objects.get(pk=story.public_id).path == "wat/een/"
    assert PublicDocument.objects.get(pk=story.public_id).content["rubric"] == str(other.public_id)
    assert leads() == {"wie/een/": str(story.public_id)}


def test_a_renamed_colleague_keeps_the_old_address(db: None) -> None:
    person = factories.person(slug="ad")
    refresh(person)
    rename(person, "ada")

    assert leads() == {"collegas/ad/": str(person.public_id)}


def test_the_sweep_mends_redirects_that_were_lost(rubric: Rubric) -> None:
    story = published("een", parent=rubric)
    rename(story, "twee")
    PublicDocument.objects.filter(kind="redirect").delete()

    refresh_all()

    assert leads() == {"wie/een/": str(story.public_id)}


SLUGS = ("a", "b", "c", "d")


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from([*SLUGS, None])), max_size=8))
def test_every_address_ever_used_leads_to_whoever_had_it_last(
    rubric: Rubric, steps: list[tuple[int, str | None]]
) -> None:
    with transaction.atomic():
        items = [published("x", parent=rubric), published("y", parent=rubric)]
        last = {"wie/x/": items[0], "wie/y/": items[1]}
        for who, slug in steps:
            item, other = items[who], items[1 - who]
            if slug is None:
                put(item) if not is_public(item) else remove(item.public_id)
            elif slug != other.slug:
                rename(item, slug)
            if is_public(item):
                last[path_of(item)] = item

        for path, item in last.items():
            real = PublicDocument.objects.exclude(kind="redirect").filter(path=path).first()
            if real:
                assert real.public_id == item.public_id
                assert path not in leads()
            else:
                assert (path in leads()) == is_public(item)
        assert FormerPath.objects.count() == FormerPath.objects.values("path").distinct().count()
        transaction.set_rollback(True)


def is_public(item: Story) -> bool:
    return PublicDocument.objects.filter(public_id=item.public_id).exists()


def path_of(item: Story) -> str:
    path = PublicDocument.objects.get(public_id=item.public_id).path
    assert path
    return path
