"""Whoever is named with a photo is asked about it; a name that nobody has is told."""

import io

import pytest
from PIL import Image

from cms.accounts.models import Person
from cms.agreement.models import Matter
from cms.agreement.rules import standing_of
from cms.contributions.actions import add_photo
from cms.contributions.models import AnswerPhoto, Contribution
from cms.contributions.photographed import strangers_in
from cms.media.intake import CleanPicture, take_in
from tests import factories
from tests.factories.contributions import answer, author_of, contribution, item_of

pytestmark = pytest.mark.django_db


def picture() -> CleanPicture:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(made, format="JPEG")
    made.seek(0)
    return take_in(made, name="hal.jpg")


def photographed(about: Person) -> tuple[Contribution, AnswerPhoto]:
    made = contribution(starter="spotlight", about=about)
    answer(made, "hands", "Een tang. En koffie.")
    return made, add_photo(made, "portrait", picture=picture(), by=author_of(made))


def asked_about_pictures(made: Contribution) -> set[str]:
    page = item_of(made).get_latest_revision_as_object()
    rows = standing_of(page).rows
    asked = {row.person for row in rows if row.matter == Matter.PICTURE}
    return set(Person.objects.filter(pk__in=asked).values_list("name", flat=True))


@pytest.mark.parametrize(
    "typed", ["Kim Bos en Ab Tol", "kim, Ab Tol", "Ab Tol\nKim  Bos", "Bos & ab tol"]
)
def test_who_is_named_with_a_photo_is_asked_about_it(typed: str) -> None:
    factories.person(name="Ab Tol")
    made, photo = photographed(factories.person(name="Kim Bos"))

    answer(made, photo.who_key, typed)

    assert asked_about_pictures(made) == {"Kim Bos", "Ab Tol"}


@pytest.mark.parametrize("typed", ["Ab", "Tol", "ab en Tol (links)"])
def test_a_part_of_a_name_shows_the_picture_to_nobody_else(typed: str) -> None:
    factories.person(name="Ab Tol")
    made, photo = photographed(factories.person(name="Kim Bos"))

    answer(made, photo.who_key, typed)

    assert asked_about_pictures(made) == set()
    assert strangers_in(item_of(made))


def test_who_was_named_by_mistake_is_not_asked() -> None:
    factories.person(name="Ab Tol")
    made, photo = photographed(factories.person(name="Kim Bos"))
    answer(made, photo.who_key, "Ab Tol")

    answer(made, photo.who_key, "Kim Bos")

    assert asked_about_pictures(made) == {"Kim Bos"}


def test_whom_an_editor_marked_stays_marked() -> None:
    ab = factories.person(name="Ab Tol")
    made, photo = photographed(factories.person(name="Kim Bos"))
    photo.image.people_shown.add(ab)

    answer(made, photo.who_key, "Kim")
    answer(made, photo.who_key, "")

    assert asked_about_pictures(made) == {"Ab Tol"}


def test_a_name_that_nobody_or_several_have_is_told() -> None:
    factories.person(name="Ab Tol")
    factories.person(name="Ab Bakker")
    made, photo = photographed(factories.person(name="Kim Bos"))

    answer(made, photo.who_key, "Kim Bos, Ab en Jan de Buitenman")

    assert asked_about_pictures(made) == {"Kim Bos"}
    assert strangers_in(item_of(made)) == ["Ab", "Jan de Buitenman"]
