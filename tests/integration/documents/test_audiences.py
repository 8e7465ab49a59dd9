"""What is not for everyone: its documents, what they take with them, and the feed that says so."""

import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from cms.core.audiences import EVERYONE, MENTIONED
from cms.documents.actions import put, refresh, refresh_all
from cms.documents.feed import REMOVE, UPSERT, read_feed
from cms.documents.models import PublicDocument
from cms.documents.policy import readable_by
from cms.documents.sweep import Sweep
from cms.media.models import Image
from cms.stories.models import Story, Tag
from tests import factories

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)
COUNCIL = "raad"
CANARY = "kwikstaart"


@pytest.fixture
def picture() -> Image:
    return factories.image(title=f"{CANARY}.png", description=f"Een {CANARY}")


@pytest.fixture
def tag() -> Tag:
    return factories.tag(name=CANARY)


def published(*, audience: str = EVERYONE, tags: tuple[Tag, ...] = (), **fields: Any) -> Story:
    story = factories.story(live=True, audience=audience, **fields)
    story.tags.add(*tags)
    story.save()
    with transaction.atomic():
        put(story, published_at=DUE)
    return story


def move(story: Story, audience: str) -> None:
    story.audience = audience
    story.save()
    with transaction.atomic():
        refresh(story)


def audience_of(source: Any) -> str:
    return str(PublicDocument.objects.get(pk=source.public_id).audience)


def seen_by(*audiences: str) -> set[str]:
    rows = PublicDocument.objects.filter(readable_by(frozenset(audiences)))
    return {str(title) for title in rows.values_list("content__title", flat=True)}


def test_what_only_a_gated_item_mentions_is_for_whoever_reads_that(
    picture: Image, tag: Tag
) -> None:
    gated = published(audience=COUNCIL, title="Besloten", lead_image=picture, tags=(tag,))

    assert audience_of(gated) == COUNCIL
    assert audience_of(picture) == audience_of(tag) == MENTIONED
    assert seen_by(EVERYONE, "ander") & {CANARY, picture.title, "Besloten"} == set()
    assert seen_by(EVERYONE, COUNCIL) >= {CANARY, picture.title, "Besloten"}
    assert seen_by() == set()


def test_what_something_for_everyone_mentions_too_is_for_everyone(picture: Image, tag: Tag) -> None:
    gated = published(audience=COUNCIL, lead_image=picture, tags=(tag,))
    shared = published(lead_image=picture, tags=(tag,))
    assert audience_of(picture) == audience_of(tag) == EVERYONE

    move(shared, COUNCIL)
    assert audience_of(picture) == audience_of(tag) == MENTIONED

    move(gated, EVERYONE)
    assert audience_of(picture) == audience_of(tag) == EVERYONE


def test_a_portrait_is_for_everyone_whoever_else_shows_it(picture: Image) -> None:
    person = factories.person(portrait=picture)
    with transaction.atomic():
        refresh(person)

    published(audience=COUNCIL, lead_image=picture)

    assert audience_of(picture) == EVERYONE


def test_moving_is_a_removal_to_a_press_that_keeps_no_audiences_apart(picture: Image) -> None:
    story = published(lead_image=picture)
    plain, knowing = (
        read_feed(after=None, first=50),
        read_feed(after=None, first=50, by_audience=True),
    )

    move(story, COUNCIL)

    changed = {str(story.public_id), str(picture.public_id)}
    told = read_feed(after=plain.cursor, first=50).entries
    assert {(str(each.public_id), each.op) for each in told} == {(key, REMOVE) for key in changed}
    assert all(each.document is None for each in told)
    known = read_feed(after=knowing.cursor, first=50, by_audience=True).entries
    assert {(str(each.public_id), each.op) for each in known} == {(key, UPSERT) for key in changed}


@pytest.mark.parametrize("was_knowing", [True, False])
def test_a_press_that_learns_or_forgets_audiences_starts_again(was_knowing: bool) -> None:
    published(audience=COUNCIL)
    before = read_feed(after=None, first=50, by_audience=was_knowing)

    after = read_feed(after=before.cursor, first=50, by_audience=not was_knowing)

    assert not before.reset
    assert after.reset
    assert not read_feed(after=after.cursor, first=50, by_audience=not was_knowing).reset


def test_an_old_address_leads_on_for_nobody_but_the_audience() -> None:
    story = published(slug="was")
    story.slug = f"{CANARY}-hier"
    move(story, EVERYONE)
    story.slug = "nu"
    move(story, EVERYONE)

    move(story, COUNCIL)

    redirects = PublicDocument.objects.filter(kind="redirect")
    assert {each.audience for each in redirects} == {COUNCIL}
    assert len(redirects) == 2
    move(story, EVERYONE)
    assert {each.audience for each in redirects.all()} == {EVERYONE}


def test_the_sweep_sees_an_audience_that_came_by_another_door(picture: Image, tag: Tag) -> None:
    story = published(lead_image=picture, tags=(tag,), slug="was")
    sweep = Sweep()
    sweep.run()
    sweep.run()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_editorialpage SET audience = %s", [COUNCIL])

    sweep.run()

    assert audience_of(story) == COUNCIL
    assert audience_of(picture) == audience_of(tag) == MENTIONED
    assert not sweep.run()


def test_no_move_ever_tells_an_open_press_a_word(picture: Image, tag: Tag) -> None:
    """Replays the feed as a press that keeps no audiences apart would, through many moves."""
    chance = random.Random(4)  # noqa: S311 - the same moves each time
    pictures = [picture, factories.image(title="open.png")]
    secret = published(audience=COUNCIL, title=f"De {CANARY}", lead_image=picture, tags=(tag,))
    others = [published(lead_image=pictures[1], title=title) for title in ("Open", "Ook open")]
    with transaction.atomic():
        refresh_all()
    held: dict[str, str] = {}
    cursor = None
    for _step in range(20):
        mover = chance.choice([*others, secret])
        if mover is secret:
            secret.lead_image = chance.choice(pictures)
        move(mover, COUNCIL if mover is secret else chance.choice([EVERYONE, COUNCIL, "ander"]))

        page = read_feed(after=cursor, first=500)
        cursor = page.cursor
        for entry in page.entries:
            held.pop(str(entry.public_id), None)
            if entry.op == UPSERT:
                held[str(entry.public_id)] = json.dumps(entry.document)

        assert CANARY not in "".join(held.values())
        open_now = PublicDocument.objects.filter(audience=EVERYONE)
        assert set(held) == {str(each) for each in open_now.values_list("pk", flat=True)}
    with transaction.atomic():
        assert not refresh_all()
