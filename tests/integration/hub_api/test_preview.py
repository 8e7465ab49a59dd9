"""Drafts: for a fresh token and who may edit; everybody else learns nothing."""

from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.utils import timezone
from wagtail_headless_preview.models import PagePreview

from cms.core.models import Style
from cms.stories.models import Story
from tests import factories
from tests.factories.api import Asker, session_asker

pytestmark = pytest.mark.django_db

PREVIEW = "query Preview($token: String!) { preview(token: $token) { document references asOf } }"
OVER = {"code": "PREVIEW_OVER"}


class PastSigner(TimestampSigner):
    """Signs as it would have done that long ago."""

    age = timedelta()

    def timestamp(self) -> str:
        return b62_encode(int((timezone.now() - self.age).timestamp()))


def draft(**fields: object) -> tuple[Story, str]:
    """Return a story as its editor's preview has it: changed, not saved."""
    story = factories.story(**fields)
    story.title = "Kanariepiet"
    return story, story.create_page_preview().token


def old_token(story: Story, *, age: timedelta) -> str:
    """Return a token that was signed that long ago."""
    signer = PastSigner(salt="headlesspreview.token")
    signer.age = age
    token = signer.sign(f"id={story.pk}")
    PagePreview.objects.create(
        token=token, content_type=story.content_type, content_json=story.to_json()
    )
    return token


def test_the_press_gets_the_draft_with_everything_it_needs(press: Asker) -> None:
    Style.objects.create(light="#0b5c3c")
    lead, inline = factories.image(), factories.image()
    author = factories.person(portrait=factories.image(), department=factories.department())
    story, token = draft(
        authors=[author],
        lead_image=lead,
        goal=factories.goal(),
        body=[{"type": "image", "value": {"image": {"image": inline.pk, "alt_text": "A"}}}],
    )

    answer = press.data(PREVIEW, token=token)["preview"]

    assert answer["document"]["title"] == "Kanariepiet"
    assert answer["document"]["id"] == str(story.public_id)
    assert answer["document"]["published_at"] is None
    kinds = sorted(reference["kind"] for reference in answer["references"])
    needed = "department goal hub image image image person rubric style"
    assert kinds == needed.split()
    assert answer["asOf"].endswith("Z")


def test_the_preview_of_a_page_that_was_never_saved_works(press: Asker) -> None:
    rubric = factories.rubric(slug="wie")
    story = factories.story(parent=rubric, slug="nieuw")
    story.pk = story.id = None
    token = TimestampSigner(salt="headlesspreview.token").sign(
        "parent_id=1;page_type=stories.Story"
    )
    story.update_page_preview(token)

    assert press.data(PREVIEW, token=token)["preview"]["document"]["path"] == "wie/nieuw/"


def test_its_own_ambassador_sees_the_draft_and_another_does_not() -> None:
    owner, other = factories.ambassador(), factories.ambassador()
    _story, token = draft(by=owner)

    assert "Kanariepiet" in str(session_asker(owner).ask(PREVIEW, token=token))
    answer = session_asker(other).ask(PREVIEW, token=token)

    assert "Kanariepiet" not in str(answer)
    assert answer["errors"][0]["extensions"] == OVER


def test_every_token_that_does_not_open_gets_one_answer(press: Asker, reader: Asker) -> None:
    story, token = draft()
    expired = old_token(story, age=timedelta(minutes=15, seconds=5))
    PagePreview.objects.filter(token=token).delete()

    answers = {
        str(asker.ask(PREVIEW, token=wrong))
        for asker in (press, reader)
        for wrong in (expired, token, "", "nonsense", token[:-1] + "x", "a" * 5000)
    }

    assert len(answers) == 1
    assert "PREVIEW_OVER" in answers.pop()


def test_a_token_of_fourteen_minutes_still_opens(press: Asker) -> None:
    story, _token = draft()

    assert press.data(PREVIEW, token=old_token(story, age=timedelta(minutes=14)))


def test_a_preview_does_not_tell_of_drafts_it_links_to(press: Asker) -> None:
    secret = factories.story(title="Geheim plan")
    story, _token = draft()
    story.body = [
        ("paragraph", f'<p><a linktype="page" id="{secret.pk}">zie hier</a></p>'),
    ]
    token = story.create_page_preview().token

    answer = press.data(PREVIEW, token=token)["preview"]

    assert "Geheim plan" not in str(answer)
    assert f"document:{secret.public_id}" in str(answer["document"])


def test_a_stranger_gets_nothing_even_with_a_token(stranger: Asker) -> None:
    _story, token = draft()

    assert stranger.ask(PREVIEW, token=token)["errors"][0]["extensions"] == {
        "code": "UNAUTHENTICATED"
    }
