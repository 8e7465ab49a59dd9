"""Every door through which what is public can change: ours, Wagtail's, Django's, the database's.

Each finds what it needs in whatever state the hub is in, so that they can follow in any order.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum
from inspect import isgeneratorfunction
from itertools import count

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from cms.media.models import Image
from cms.publishing import actions as publishing
from cms.stories.models import (
    HubPage,
    Rubric,
    Story,
)
from tests import factories
from tests.factories import stages
from tests.factories.media import ImageFactory

type Steps = Callable[[], Iterator[None]]
"""Arranges, stops once, and goes through the door."""
type Act = Callable[[], Iterator[None] | None]


class Reach(Enum):
    """When what went through a door is in the feed."""

    AT_ONCE = "at once"
    BY_SWEEP = "by the sweep"
    NEVER = "never: nothing changed for a reader"


DOORS: dict[str, tuple[Steps, Reach]] = {}


def door(reach: Reach) -> Callable[[Act], Act]:
    """Note a door, and when what goes through it should be in the feed."""

    def note(act: Act) -> Act:
        def steps() -> Iterator[None]:
            if isgeneratorfunction(act):
                yield from act()
            else:
                yield
                act()

        DOORS[act.__name__] = (steps, reach)
        return act

    return note


_numbers = count(1)


def word() -> str:
    """Return a name that nothing has yet."""
    return f"Woord {next(_numbers)}"


def slug() -> str:
    return slugify(word())


def story() -> Story:
    found = Story.objects.filter(live=True, alias_of=None).order_by("pk").first()
    return found or stages.live(slug=slug())


def rubric() -> Rubric:
    found = Rubric.objects.filter(numchild__gt=0).order_by("pk").first()
    return found or Rubric.objects.get(pk=story().get_parent().pk)


def picture() -> Image:
    """Return a picture that a live story shows."""
    shown = story()
    if shown.lead_image is None:
        shown.lead_image = factories.image(file__width=40, file__height=30)
        shown.save()
    return Image.objects.get(pk=shown.lead_image.pk)


def sql(statement: str, *parameters: str | int | datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


# Wagtail's doors, by the rows of FACTS 6.3.


@door(Reach.AT_ONCE)
def publish() -> None:
    page = story()
    page.title = word()
    page.save_revision().publish()


@door(Reach.AT_ONCE)
def approve_and_publish() -> None:
    stages.live(slug=slug(), title=word())


@door(Reach.NEVER)
def schedule_what_was_never_live() -> None:
    page = story().get_parent().add_child(instance=Story(title=word(), slug=slug(), live=False))
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()


@door(Reach.NEVER)
def schedule_what_is_live() -> None:
    page = story()
    page.title = word()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)


@door(Reach.NEVER)
def publish_and_roll_back() -> None:
    page = story()
    page.title = word()
    with suppress(ZeroDivisionError), transaction.atomic():
        page.save_revision().publish()
        raise ZeroDivisionError


@door(Reach.AT_ONCE)
def publish_by_wagtails_scheduler() -> None:
    page = story()
    page.title = word()
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    assert revision.pk
    call_command("publish_scheduled", verbosity=0)


@door(Reach.AT_ONCE)
def expire_by_wagtails_scheduler() -> None:
    Page.objects.filter(pk=story().pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)


@door(Reach.AT_ONCE)
def expire_by_our_act() -> None:
    page = story()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    publishing.expire(page)


@door(Reach.BY_SWEEP)
def come_to_an_end_unseen() -> None:
    Page.objects.filter(pk=story().pk).update(expire_at=timezone.now())


@door(Reach.AT_ONCE)
def unpublish() -> None:
    story().unpublish()


@door(Reach.AT_ONCE)
def withdraw() -> None:
    publishing.withdraw(story(), by=factories.community_manager())


@door(Reach.AT_ONCE)
def delete_by_our_act() -> None:
    publishing.delete(story(), by=factories.community_manager())


@door(Reach.AT_ONCE)
def delete_a_whole_rubric() -> None:
    rubric().delete()


@door(Reach.AT_ONCE)
def change_the_slug() -> None:
    page = story()
    page.slug = slug()
    page.save_revision().publish()


@door(Reach.AT_ONCE)
def change_the_slug_of_a_rubric() -> None:
    page = rubric()
    page.slug = slug()
    page.save_revision().publish()


@door(Reach.AT_ONCE)
def move_an_item() -> None:
    page = story()
    other = Rubric.objects.exclude(pk=page.get_parent().pk).first() or factories.rubric(slug=slug())
    page.move(other, pos="last-child")


@door(Reach.AT_ONCE)
def reorder_rubrics() -> None:
    rubric().move(HubPage.objects.get(), pos="last-child")


@door(Reach.AT_ONCE)
def copy_what_is_live() -> None:
    story().copy(update_attrs={"slug": slug(), "title": word()}, keep_live=True)


@door(Reach.NEVER)
def copy_as_a_draft() -> None:
    story().copy(update_attrs={"slug": slug(), "title": word()}, keep_live=False)


@door(Reach.NEVER)
def revert_to_a_revision() -> None:
    page = story()
    before = page.save_revision()
    page.title = word()
    page.save_revision()
    before.as_object().save_revision(previous_revision=before)


@door(Reach.AT_ONCE)
def shut_a_rubric() -> None:
    PageViewRestriction.objects.create(page=rubric(), restriction_type="login")


@door(Reach.AT_ONCE)
def open_what_is_shut() -> Iterator[None]:
    shut = PageViewRestriction.objects.create(page=rubric(), restriction_type="login")
    yield
    shut.delete()


@door(Reach.AT_ONCE)
def shut_the_collection_of_a_picture() -> Iterator[None]:
    picture()
    yield
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")


@door(Reach.AT_ONCE)
def move_a_picture_to_a_shut_collection() -> Iterator[None]:
    shown = picture()
    private = Collection.get_first_root_node().add_child(name=word())
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    yield
    shown.collection = private
    shown.save()


@door(Reach.BY_SWEEP)
def shut_a_collection_past_signals() -> Iterator[None]:
    picture()
    yield
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.bulk_create(
        [CollectionViewRestriction(collection=root, restriction_type="login")]
    )


@door(Reach.BY_SWEEP)
def open_a_collection() -> Iterator[None]:
    picture()
    root = Collection.get_first_root_node()
    shut = CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    yield
    shut.delete()


@door(Reach.AT_ONCE)
def rename_a_tag() -> Iterator[None]:
    page = story()
    page.tags.add(slug())
    page.save_revision().publish()
    yield
    tag = page.tags.last()
    tag.name = word()
    tag.save()


@door(Reach.AT_ONCE)
def move_the_focal_point() -> Iterator[None]:
    shown = picture()
    yield
    shown.focal_point_x, shown.focal_point_y = 3, 4
    shown.focal_point_width = shown.focal_point_height = 2
    shown.save()


@door(Reach.AT_ONCE)
def replace_the_file() -> Iterator[None]:
    shown = picture()
    yield
    shown.file = ImageFactory.build(file__width=44, file__height=33, file__color="red").file
    shown.save()


@door(Reach.AT_ONCE)
def delete_a_picture() -> Iterator[None]:
    shown = picture()
    yield
    shown.delete()


@door(Reach.AT_ONCE)
def describe_a_picture() -> Iterator[None]:
    shown = picture()
    yield
    shown.description = word()
    shown.save()
