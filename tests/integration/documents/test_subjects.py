"""Themes, files and alerts as documents: what is told of them, and when they come and go."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cms.documents.actions import put
from cms.documents.approval import approved_content
from cms.documents.models import PublicDocument
from cms.documents.sweep import Sweep
from cms.media.models import Document
from cms.stories.models import Alert, EditorialPage, Theme
from hub_site.content.parsing import PATH
from tests import factories
from tests.factories.api import press_asker

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 ruilen op papier"


def document_of(source: Any) -> dict[str, Any] | None:
    row = PublicDocument.objects.filter(public_id=source.public_id).first()
    return row.content if row else None


def file(name: str = "ruilen.pdf", content: bytes = PDF) -> Document:
    made: Document = Document.objects.create(title="Ruilen", file=ContentFile(content, name=name))
    return made


def story_with(*blocks: tuple[str, Any], **fields: Any) -> EditorialPage:
    made: EditorialPage = factories.story(live=True, body=list(blocks), **fields)
    with transaction.atomic():
        put(made)
    return made


@pytest.mark.django_db(transaction=True)
def test_a_file_is_public_while_something_public_hands_it_out() -> None:
    handed = file()
    assert document_of(handed) is None

    story = story_with(("document", {"file": handed, "title": ""}))

    told = document_of(handed)
    assert told is not None
    assert (told["extension"], told["bytes"], told["audience"]) == ("pdf", len(PDF), "everyone")
    assert press_asker().picture(told["hash"]).body_read == PDF
    story.body = []
    story.save()
    with transaction.atomic():
        put(story)
    assert document_of(handed) is None
    assert press_asker().picture(told["hash"]).status_code == 404


def test_another_file_under_the_same_title_undoes_a_yes() -> None:
    handed = file()
    story = story_with(("document", {"file": handed, "title": ""}))
    before = approved_content(story)

    handed.file = ContentFile(PDF + b"!", name="ruilen.pdf")
    handed.save()

    assert approved_content(story) != before


def test_a_yes_from_before_themes_still_counts() -> None:
    without = approved_content(factories.story())

    assert "theme" not in without
    assert "placement" not in without
    theme = Theme.objects.create(name="Veilig", slug="veilig")
    assert approved_content(factories.story(theme=theme))["theme"] == str(theme.public_id)


@pytest.mark.django_db(transaction=True)
def test_a_theme_tells_who_belongs_to_it_and_a_department_where_its_page_is() -> None:
    magda, hidden = factories.person(), factories.person(name="Stil", shown_on_hub=False)
    theme = Theme.objects.create(name="Veilig werken", slug="veilig-werken", owner=magda)
    theme.people.set([hidden])
    with transaction.atomic():
        put(theme)

    told = document_of(theme)
    assert told is not None
    assert told["path"] == "thema/veilig-werken/"
    assert told["owner"]["person"] == str(magda.public_id)
    assert told["people"][0] == {"person": None, "name": "Stil", "role": hidden.role}
    department = factories.department(name="Hout & Kunststof")
    told = document_of(department)
    assert told is not None
    assert told["path"] == "afdeling/hout-kunststof/"


def test_tags_of_all_sorts_have_an_address_that_the_press_takes() -> None:
    story = factories.story(live=True)
    story.tags.add("C#", "C", "../..", "مرحبا", "Goed om te weten", "🙂")
    story.save()
    with transaction.atomic():
        put(story)

    paths = [row.path for row in PublicDocument.objects.filter(kind="tag")]

    assert len(set(paths)) == 6
    assert all(PATH.fullmatch(path or "") for path in paths)


@pytest.mark.django_db(transaction=True)
def test_an_alert_is_public_at_once_and_gone_after_its_end() -> None:
    alert = Alert.objects.create(title="Brand", ends_at=timezone.now() + timedelta(hours=1))
    told = document_of(alert)
    assert told is not None
    assert told["importance"] == "notice"

    sweep = Sweep()
    sweep.run()
    Alert.objects.filter(pk=alert.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    sweep.run()

    assert document_of(alert) is None


def test_every_block_becomes_what_the_contract_says() -> None:
    handed, picture = file(), factories.image()
    cell = {"columns": [{"type": "number", "heading": "Hoeveel"}], "caption": "Zand"}
    picture_block = {"image": picture, "caption": "Zo"}
    target = factories.story(live=True)
    story = story_with(
        ("gallery", {"title": "", "images": [picture_block, picture_block]}),
        ("table", {"table": {**cell, "rows": [{"values": ["10"]}]}, "row_headings": True}),
        ("code", {"text": "a < b", "caption": ""}),
        ("button", {"text": "Lees", "page": target, "address": ""}),
        ("button", {"text": "Weg", "page": None, "address": "ftp://x.example/"}),
        ("video", {"file": handed, "title": "Film", "captions": None, "poster": picture}),
    )

    told = document_of(story)
    assert told is not None
    found = {block["type"]: block["value"] for block in told["body"]}
    assert len(told["body"]) == 5  # the button to nowhere is not one
    assert [each["image"] for each in found["gallery"]["images"]] == [str(picture.public_id)] * 2
    assert found["table"]["columns"] == [{"text": "Hoeveel", "is_number": True}]
    assert found["table"]["rows"] == [["10"]]
    assert found["button"]["target"] == str(target.public_id)
    assert found["video"]["poster"]["decorative"]
    assert found["code"]["text"] == "a < b"
