"""What an approver says yes to: every word and picture, and nothing others decide."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image as Pillow

from cms.documents.actions import put
from cms.documents.digest import digest_of, digest_of_page
from cms.documents.models import PublicDocument
from cms.stories.models import Author, Interview
from tests import factories

pytestmark = pytest.mark.django_db

type Change = Callable[[Interview], object]


@pytest.fixture
def page(db: None) -> Interview:
    return factories.interview(
        authors=[factories.person()],
        lead_image=factories.image(),
        interviewee=factories.person(),
        body=[{"type": "paragraph", "value": "<p>Tekst</p>", "id": "1"}],
    )


CHANGES: dict[str, Change] = {
    "title": lambda page: setattr(page, "title", "Anders"),
    "slug": lambda page: setattr(page, "slug", "anders"),
    "language": lambda page: setattr(page, "language", "en"),
    "summary": lambda page: setattr(page, "summary", "Anders"),
    "text": lambda page: setattr(page, "body", [("paragraph", "<p>Anders</p>")]),
    "picture": lambda page: setattr(page, "lead_image", factories.image()),
    "words of the picture": lambda page: setattr(page, "lead_image_alt", "Anders"),
    "author": lambda page: page.authors.set([Author(person=factories.person())]),
    "interviewee": lambda page: setattr(page, "interviewee", factories.person()),
    "tag": lambda page: page.tags.add(factories.tag(name="anders")),
    "department": lambda page: page.departments.add(factories.department()),
    "connection": lambda page: setattr(page, "connection", "organisation"),
    "goal": lambda page: setattr(page, "goal", factories.goal()),
    "end": lambda page: setattr(page, "expire_at", timezone.now() + timedelta(days=1)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_the_item_changes_the_digest(page: Interview, change: Change) -> None:
    before = digest_of_page(page)

    change(page)

    assert digest_of_page(page) != before


def test_another_file_or_description_of_a_picture_changes_the_digest(page: Interview) -> None:
    before = digest_of_page(page)
    image = page.lead_image
    assert image
    image.description = "Iets anders"
    image.save()
    described = digest_of_page(page)
    encoded = io.BytesIO()
    Pillow.new("RGB", (20, 20), "red").save(encoded, "PNG")
    image.file = ContentFile(encoded.getvalue(), name="a.png")  # type: ignore[assignment]  # Wagtail's field is untyped
    image.save()

    assert len({before, described, digest_of_page(page)}) == 3


def test_what_others_decide_does_not_change_the_digest(page: Interview) -> None:
    before = digest_of_page(page)
    author = page.authors.get().person
    author.shown_on_hub = False
    author.save()
    page.first_published_at = timezone.now()

    assert digest_of_page(page) == before


def test_a_draft_read_back_from_its_revision_has_the_same_digest(page: Interview) -> None:
    page.tags.add(factories.tag(name="b"), factories.tag(name="a"))
    page.departments.set([factories.department(), factories.department()])
    page.body = [("heading", {"text": "Kop"}), ("paragraph", "<p>Tekst</p>")]
    revision = page.save_revision()

    assert digest_of_page(revision.as_object()) == digest_of_page(page)
    revision.publish()
    assert digest_of_page(Interview.objects.get(pk=page.pk)) == digest_of_page(page)


def test_the_digest_of_a_document_ignores_when_it_was_published() -> None:
    story = factories.story(live=True)
    with transaction.atomic():
        put(story, published_at=timezone.now())
    row = PublicDocument.objects.get(pk=story.public_id)

    assert row.digest == digest_of({**row.content, "published_at": None, "updated_at": "x"})
    assert row.digest != digest_of({**row.content, "title": "Anders"})
