"""Documents follow their sources: what is public, what changes with it, in how many queries."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import Person
from cms.documents.actions import OutsideTransactionError, put, refresh, refresh_all, remove
from cms.documents.models import Facet, FeedHead, PublicDocument, Reference, Tombstone
from cms.media.models import Image
from cms.stories.models import Announcement, Story, Tag
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

type Source = Story | Announcement | Person | Image | Tag

DUE = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)


def live_story(**fields: object) -> Story:
    return factories.story(live=True, **fields)


def content(source: Source) -> dict[str, Any]:
    held: dict[str, Any] = PublicDocument.objects.get(public_id=source.public_id).content
    return held


@transaction.atomic
def put_then(source: Story, fail: Callable[[], object]) -> None:
    put(source)
    fail()


def is_public(source: Source) -> bool:
    return PublicDocument.objects.filter(public_id=source.public_id).exists()


@pytest.mark.django_db(transaction=True)
def test_documents_refuse_to_change_outside_a_transaction() -> None:
    with pytest.raises(OutsideTransactionError):
        refresh_all()


def test_a_put_makes_the_page_public_with_its_picture_and_tags() -> None:
    picture = factories.image()
    story = live_story(lead_image=picture)
    story.tags.add(factories.tag(name="fietsen"))
    story.save()

    changes = put(story, published_at=DUE)

    tag = factories.tag(name="fietsen")
    assert content(story)["published_at"] == "2026-11-19T08:10:00Z"
    assert content(story)["lead_image"]["image"] == str(picture.public_id)
    assert content(story)["tags"] == [str(tag.public_id)]
    assert is_public(picture)
    assert is_public(tag)
    assert changes.written == 3


def test_putting_the_same_again_changes_nothing() -> None:
    story = live_story(lead_image=factories.image())
    put(story, published_at=DUE)
    before = FeedHead.objects.get().seq

    assert not refresh(story)
    assert FeedHead.objects.get().seq == before


def test_the_publication_moment_stays_with_the_page() -> None:
    story = live_story()
    put(story, published_at=DUE)
    remove(story.public_id)

    refresh(story)

    assert content(story)["published_at"] == "2026-11-19T08:10:00Z"


@pytest.mark.parametrize("state", ["draft", "expired", "restricted"])
def test_what_is_not_public_has_no_document(state: str) -> None:
    story = factories.story(live=state != "draft")
    if state == "expired":
        story.expire_at = timezone.now() - timedelta(seconds=1)
        story.save()
    if state == "restricted":
        story.get_parent().view_restrictions.create(restriction_type="login")

    put(story)

    assert not is_public(story)


def test_a_picture_vanishes_with_the_last_document_that_shows_it() -> None:
    picture = factories.image()
    one, other = live_story(lead_image=picture), live_story(lead_image=picture)
    put(one, other)

    remove(one.public_id)
    assert is_public(picture)

    remove(other.public_id)
    assert not is_public(picture)
    assert Tombstone.objects.filter(public_id=picture.public_id).exists()


def test_a_picture_that_was_replaced_in_the_text_vanishes() -> None:
    first, second = factories.image(), factories.image()
    story = live_story(lead_image=first)
    put(story)
    story.lead_image = second
    story.save()

    refresh(story)

    assert not is_public(first)
    assert is_public(second)


def test_the_portrait_of_a_person_is_public_with_that_person() -> None:
    picture = factories.image()
    person = factories.person(portrait=picture)
    refresh(person)
    assert is_public(picture)

    person.shown_on_hub = False
    person.save()
    refresh(person)

    assert not is_public(person)
    assert not is_public(picture)


def test_renaming_a_colleague_is_one_entry_in_the_feed() -> None:
    person = factories.person(name="Ad")
    put(person, live_story(authors=[person]), live_story(authors=[person]))
    before = FeedHead.objects.get().seq
    person.name = "Ada"
    person.save()

    assert refresh(person).written == 1
    assert FeedHead.objects.get().seq == before + 1


@pytest.mark.parametrize("kind", ["rubric", "tag"])
def test_renaming_a_rubric_or_tag_is_one_entry_in_the_feed(kind: str) -> None:
    story = live_story()
    story.tags.add(factories.tag(name="fietsen"))
    story.save()
    source = story.get_parent().specific if kind == "rubric" else factories.tag(name="fietsen")
    put(source, story)
    setattr(source, "title" if kind == "rubric" else "name", "Anders")
    source.save()

    assert refresh(source).written == 1


def test_who_has_no_page_is_named_without_an_id() -> None:
    person = factories.person(name="Ad", role="Lasser", shown_on_hub=False)
    story = live_story(authors=[person])
    put(story)
    assert content(story)["authors"] == [{"person": None, "name": "Ad", "role": "Lasser"}]

    person.shown_on_hub = True
    person.save()
    refresh(person)

    reference = {"person": str(person.public_id), "name": "", "role": ""}
    assert content(story)["authors"] == [reference]


def test_another_name_of_who_has_no_page_reaches_what_mentions_them() -> None:
    person = factories.person(name="Ad", shown_on_hub=False)
    story = live_story(people=[person])
    put(story)
    person.name = "Ada"
    person.save()

    refresh(person)

    assert content(story)["people"][0]["name"] == "Ada"


def test_what_a_picture_shows_reaches_the_items_that_say_nothing_else() -> None:
    picture = factories.image(description="Een fiets")
    silent = live_story(lead_image=picture)
    own = live_story(lead_image=picture, lead_image_alt="Mijn fiets")
    put(silent, own)
    picture.description = "Een bakfiets"
    picture.save()

    refresh(picture)

    assert content(silent)["lead_image"]["alt"] == "Een bakfiets"
    assert content(own)["lead_image"]["alt"] == "Mijn fiets"


def test_an_announcement_knows_by_what_it_is_replaced_only_once_that_is_public() -> None:
    old = factories.announcement(live=True)
    put(old)
    new = factories.announcement(live=False, replaces=old)
    refresh(old, new)
    assert content(old)["replaced_by"] is None

    Page.objects.filter(pk=new.pk).update(live=True)
    put(new)
    assert content(old)["replaced_by"] == str(new.public_id)
    assert content(new)["replaces"] == [str(old.public_id)]

    remove(new.public_id)
    Page.objects.filter(pk=new.pk).update(live=False)
    refresh(new, old)
    assert content(old)["replaced_by"] is None


def test_withdrawing_the_replacement_frees_the_old_announcement() -> None:
    old = factories.announcement(live=True)
    new = factories.announcement(live=True, replaces=old)
    put(old, new)
    Page.objects.filter(pk=new.pk).update(live=False)

    refresh(new)

    assert content(old)["replaced_by"] is None


def test_facets_say_how_an_item_is_found() -> None:
    author, department = factories.person(), factories.department()
    story = live_story(authors=[author])
    story.departments.set([department])
    story.save()
    put(story, published_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))

    facets = set(Facet.objects.values_list("name", "value"))

    assert facets == {
        ("kind", "story"),
        ("rubric", str(story.get_parent().specific.public_id)),
        ("person", str(author.public_id)),
        ("department", str(department.public_id)),
        ("period", "2026-11"),
    }


def test_the_sweep_finds_what_came_by_another_door() -> None:
    story, gone = live_story(), live_story()
    put(story, gone)
    Page.objects.filter(pk=story.pk).update(title="Langs de achterdeur")
    Page.objects.filter(pk=gone.pk).update(live=False)

    changes = refresh_all()

    assert content(story)["title"] == "Langs de achterdeur"
    assert not is_public(gone)
    assert changes.removed == 1


def test_the_sweep_that_finds_nothing_writes_nothing() -> None:
    live_story(lead_image=factories.image(), authors=[factories.person()])
    refresh_all()
    before = FeedHead.objects.get().seq

    assert not refresh_all()
    assert FeedHead.objects.get().seq == before


def test_the_sweep_takes_away_what_lost_its_source() -> None:
    story = live_story()
    put(story)
    PublicDocument.objects.filter(public_id=story.public_id).update(kind="interview")

    refresh_all()

    assert content(story)["kind"] == "story"


@pytest.mark.parametrize("count", [1, 25])
def test_a_put_costs_the_same_number_of_queries_however_much_is_put(count: int) -> None:
    rubric = factories.rubric()
    author = factories.person()
    stories = [
        live_story(parent=rubric, authors=[author], lead_image=factories.image())
        for _number in range(count)
    ]
    refresh(rubric, author)

    with CaptureQueriesContext(connection) as queries:
        put(*stories, published_at=DUE)

    asked_what_time_it_is = [each for each in queries if "clock_timestamp" in each["sql"]]
    assert len(queries) - len(asked_what_time_it_is) == 28
    assert Reference.objects.filter(target=author.public_id).count() == count


def test_an_act_that_fails_leaves_the_feed_as_it_was() -> None:
    story = live_story()
    with pytest.raises(ZeroDivisionError):
        put_then(story, lambda: 1 / 0)

    assert not is_public(story)
    assert not FeedHead.objects.exclude(seq=0).exists()
