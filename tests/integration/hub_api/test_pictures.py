"""Bytes of pictures: public ones for the press, a draft's for its preview, else nothing."""

import hashlib

import pytest
from django.db import transaction

from cms.core.models import Logo, Style
from cms.documents.actions import put
from cms.media.models import Rendition
from cms.media.renditions import ensure_renditions
from cms.publishing.styling import dress
from cms.stories.models import Story
from tests import factories
from tests.factories.api import Asker, token_asker

pytestmark = pytest.mark.django_db


def pictured(*, colour: str = "teal", **fields: object) -> tuple[Story, Rendition]:
    image = factories.image(file__color=colour)
    ensure_renditions(image)
    rendition = image.renditions.first()
    assert rendition
    return factories.story(lead_image=image, **fields), rendition


def test_the_press_gets_a_public_picture_by_its_hash(press: Asker) -> None:
    story, rendition = pictured(live=True)
    with transaction.atomic():
        put(story)

    response = press.picture(rendition.content_hash)

    assert response.status_code == 200
    assert hashlib.sha256(response.body_read).hexdigest() == rendition.content_hash
    assert response["Content-Type"] == f"image/{rendition.format}"
    assert response["Cache-Control"] == "private, no-store"


def test_a_draft_shows_its_pictures_to_its_preview_only(press: Asker, stranger: Asker) -> None:
    story, rendition = pictured()
    _other, unrelated = pictured(colour="red")
    token = story.create_page_preview().token

    assert press.picture(rendition.content_hash).status_code == 404
    assert press.picture(rendition.content_hash, preview=token).status_code == 200
    assert stranger.picture(rendition.content_hash, preview=token).status_code == 200
    assert press.picture(unrelated.content_hash, preview=token).status_code == 404


def test_a_part_of_a_draft_s_film_comes_alone(stranger: Asker) -> None:
    story, rendition = pictured()
    token = story.create_page_preview().token
    digest = rendition.content_hash
    whole = stranger.picture(digest, preview=token).body_read
    size = len(whole)

    for asked, first, last in (
        ("bytes=0-1", 0, 1),
        ("bytes=5-99", 5, 99),
        (f"bytes=7-{size + 500}", 7, size - 1),
    ):
        response = stranger.picture(digest, preview=token, part=asked)
        assert response.status_code == 206
        assert response.body_read == whole[first : last + 1]
        assert response["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert response["Content-Length"] == str(last - first + 1)
        assert response["Cache-Control"] == "private, no-store"
    # Any other way of asking gets the whole, as HTTP allows.
    for asked in (
        f"bytes={size}-{size + 5}",
        "bytes=9-5",
        "bytes=-5",
        "bytes=0-1,5-6",
        "lines=0-1",
    ):
        response = stranger.picture(digest, preview=token, part=asked)
        assert (response.status_code, response.body_read) == (200, whole)
    assert stranger.picture("0" * 64, preview=token, part="bytes=0-1").status_code == 404


def test_a_logo_is_as_public_as_the_house_style(press: Asker, stranger: Asker) -> None:
    story, _rendition = pictured()
    token = story.create_page_preview().token
    logo = Logo(content=b"RIFF....WEBP", width=384, height=128, ground="light")
    logo.content_hash = hashlib.sha256(logo.content).hexdigest()
    dress(Style(logo=logo), by=factories.community_manager())

    response = press.picture(logo.content_hash)

    assert (response.status_code, response.content) == (200, b"RIFF....WEBP")
    assert response["Content-Type"] == "image/webp"
    assert stranger.picture(logo.content_hash).status_code == 401
    assert stranger.picture(logo.content_hash, preview=token).status_code == 200


def test_every_refusal_looks_like_a_picture_that_does_not_exist(
    press: Asker, reader: Asker, stranger: Asker
) -> None:
    story, hidden = pictured()
    public, shown = pictured(live=True, colour="red")
    with transaction.atomic():
        put(public)
    colleague = token_asker(factories.employee())
    token = story.create_page_preview().token

    refusals = {
        (response.status_code, response.content)
        for response in (
            press.picture("0" * 64),
            press.picture(hidden.content_hash),
            press.picture(hidden.content_hash, preview="nonsense"),
            press.picture("0" * 64, preview=token),
            colleague.picture(shown.content_hash),
            colleague.picture("0" * 64),
            reader.picture(shown.content_hash),
            stranger.picture(shown.content_hash, preview="nonsense"),
        )
    }
    strangers = {
        (response.status_code, response.content)
        for response in (stranger.picture(shown.content_hash), stranger.picture("0" * 64))
    }

    assert len(refusals) == len(strangers) == 1
    assert refusals.pop()[0] == 404
    assert strangers.pop()[0] == 401


def test_originals_have_no_address(press: Asker) -> None:
    story, _rendition = pictured(live=True)
    with transaction.atomic():
        put(story)
    assert story.lead_image
    with story.lead_image.open_file() as file:
        original = hashlib.sha256(file.read()).hexdigest()

    assert press.picture(original).status_code == 404


def test_a_file_that_is_lost_is_a_picture_that_does_not_exist(press: Asker) -> None:
    story, rendition = pictured(live=True)
    with transaction.atomic():
        put(story)
    rendition.file.storage.delete(rendition.file.name)

    assert press.picture(rendition.content_hash).status_code == 404
    assert press.picture(rendition.content_hash, part="bytes=0-1").status_code == 404


def test_asking_makes_no_sizes(press: Asker) -> None:
    story = factories.story(live=True, lead_image=factories.image())
    with transaction.atomic():
        put(story)

    press.data("{ stories { nodes { leadImage { image { renditions { hash } } } } } }")

    assert not Rendition.objects.exists()
