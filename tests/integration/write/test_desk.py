"""The writing desk, as a browser without script uses it, and by what its script asks."""

import re
from html import unescape
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow
from wagtail.admin.models import EditingSession

from cms.accounts.models import User
from cms.contributions.models import Answer, AnswerPhoto, Contribution, OtherVersion
from cms.stories.models import EditorialPage, Interview
from tests import factories
from tests.factories import stages
from tests.factories.contributions import answer, contribution, fill, question_set
from tests.factories.people import PASSWORD
from tests.integration.contributions.test_drafts import TIP

pytestmark = pytest.mark.django_db

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def writer(client: Client) -> User:
    made = factories.ambassador(username="fatima", first_name="Fatima")
    client.force_login(made)
    return made


def jpeg(width: int = 60, height: int = 40, *, name: str = "hal.jpg") -> SimpleUploadedFile:
    encoded = BytesIO()
    exif = Pillow.Exif()
    exif[0x0110] = "Telefoon"
    Pillow.new("RGB", (width, height), "teal").save(encoded, "JPEG", exif=exif)
    return SimpleUploadedFile(name, encoded.getvalue(), "image/jpeg")


def form_of(client: Client, made: Contribution, **typed: str | list[str]) -> dict[str, Any]:
    """Return what the form's page would send when only these answers were touched."""
    page = client.get(f"/write/{made.public_id}/").content.decode()
    hidden = re.findall(r'type="hidden" name="((?:base|mark)-[\w.]+)" value="(\w*)"', page)
    texts = {answer.key: answer.text for answer in made.answers.all()}
    posted: dict[str, Any] = dict(hidden)
    posted |= {f"answer-{key}": text for key, text in texts.items()}
    return posted | {f"answer-{key}": text for key, text in typed.items()}


def text_of(made: Contribution, key: str) -> str:
    return Answer.objects.get(contribution=made, key=key).text


def test_from_a_rubric_to_a_submitted_story_without_script(client: Client, writer: User) -> None:
    rubric = question_set().rubric
    factories.community_manager(first_name="Marieke")
    assert rubric.title in client.get("/write/").content.decode()

    begun = client.post(f"/write/start/{rubric.public_id}/")
    made = Contribution.objects.get()
    assert begun["Location"] == f"/write/{made.public_id}/"
    saved = client.post(begun["Location"], form_of(client, made, moment="Je verhuist. Dat mag."))
    assert saved["Location"] == begun["Location"]
    assert "Je verhuist. Dat mag." in client.get(begun["Location"]).content.decode()
    rest = {key: text for key, text in TIP.items() if key != "moment"}
    seen = client.post(begun["Location"], {**form_of(client, made, **rest), "go": "see"})

    story = client.get(seen["Location"]).content.decode()
    assert "Stuur in naar Marieke" in story
    assert "/preview/" in story
    client.post(seen["Location"])
    made.refresh_from_db()
    assert made.item is not None
    assert made.item.workflow_in_progress
    assert "Dank je, Fatima!" in client.get(seen["Location"]).content.decode()
    assert client.get(begun["Location"])["Location"] == seen["Location"]


def test_an_interview_begins_with_a_name(client: Client, writer: User) -> None:
    rubric = question_set(starter="spotlight").rubric
    kees = factories.person(name="Kees Brouwer")
    factories.person(name="Kees de Boer")
    start = f"/write/start/{rubric.public_id}/"

    for typed, words in {
        "": "Typ een naam",
        "Zoë": "Zo heet hier niemand",
        "kees": "Kees de",
    }.items():
        asked = client.post(start, {"person": typed})
        assert asked.status_code == 422
        assert words in asked.content.decode()
    client.post(start, {"person": "kees", "choice": str(kees.pk)})

    made = Contribution.objects.get()
    assert made.about == kees
    page = client.get(f"/write/{made.public_id}/").content.decode()
    assert "Interview met Kees Brouwer" in page
    assert "Vraag aan Kees:" in page


def test_whom_it_is_about_can_be_said_later(client: Client, writer: User) -> None:
    rubric = question_set(starter="spotlight").rubric
    client.post(f"/write/start/{rubric.public_id}/", {"who": "nobody"})
    made = Contribution.objects.get()
    answer(made, "hands", "Een tang.")

    assert (
        "Zeg wie er is geïnterviewd."
        in client.get(f"/write/{made.public_id}/story/").content.decode()
    )
    client.post(f"/write/{made.public_id}/about/", {"who": "myself"})

    draft = Interview.objects.get().get_latest_revision_as_object()
    assert draft.interviewee == writer.person


def test_what_is_somebody_elses_is_not_there(client: Client, writer: User) -> None:
    theirs = contribution()
    answer(theirs, "moment", "Van een ander")

    for page in ("", "story/", "about/", "photo/1/"):
        assert client.get(f"/write/{theirs.public_id}/{page}").status_code == 404
    for act in ("", "answer/", "settle/", "photo/", "story/", "take-back/", "about/", "photo/1/"):
        assert client.post(f"/write/{theirs.public_id}/{act}", {"key": "moment"}).status_code == 404
    assert text_of(theirs, "moment") == "Van een ander"


def test_nobody_begins_in_a_rubric_that_is_not_hers(client: Client, writer: User) -> None:
    council = question_set(parent=factories.rubric(open_to_ambassadors=False)).rubric

    assert client.post(f"/write/start/{council.public_id}/").status_code == 404
    assert council.title not in client.get("/write/").content.decode()


def test_a_script_is_told_that_it_is_signed_out(client: Client) -> None:
    made = contribution()

    told = client.post(f"/write/{made.public_id}/answer/", {"key": "moment"}, headers=SCRIPT)

    assert (told.status_code, told.json()) == (401, {"outcome": "signed-out"})


def send(client: Client, made: Contribution, **sent: object) -> Any:
    return client.post(f"/write/{made.public_id}/answer/", sent, headers=SCRIPT)


def test_an_answer_is_saved_by_the_script(client: Client, writer: User) -> None:
    made = contribution(by=writer)

    told = send(client, made, key="moment", text="Je verhuist.", base=0, writer="a", turn=1)

    assert told.json() == {"outcome": "saved", "revision": 1, "also": ""}
    assert "no-store" in told["Cache-Control"]


def test_what_is_no_number_or_no_text_does_no_harm(client: Client, writer: User) -> None:
    made = contribution(by=writer)
    texts = ["\x00", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe"]
    numbers = ["", "-1", "x", "9" * 40, "²", "1.5"]

    sent = [{"text": text, "turn": 1} for text in texts]
    sent += [{"text": "Je verhuist.", "base": number, "turn": number} for number in numbers]

    for one in sent:
        assert send(client, made, key="for_whom", writer="a", **one).status_code == 200


def test_of_two_devices_both_texts_are_shown_and_one_is_chosen(
    client: Client, writer: User
) -> None:
    made = contribution(by=writer)
    send(client, made, key="moment", text="Van de laptop", base=0, writer="laptop", turn=1)

    told = send(client, made, key="moment", text="Van de telefoon", base=0, writer="phone", turn=1)

    assert told.json()["outcome"] == "two"
    assert {"Van de laptop", "Van de telefoon"} <= set(
        re.findall(r"Van de \w+", told.json()["html"])
    )
    page = client.get(f"/write/{made.public_id}/").content.decode()
    assert "Er zijn twee versies van dit antwoord" in page
    chosen = {"key": "moment", "base": "1", "version": str(OtherVersion.objects.get().pk)}
    client.post(f"/write/{made.public_id}/settle/", {**chosen, "keep": "one"})
    assert text_of(made, "moment") == "Van de telefoon"
    assert not OtherVersion.objects.exists()


def test_two_versions_can_be_put_together(client: Client, writer: User) -> None:
    made = contribution(by=writer)
    answer(made, "moment", "Eerst", writer="laptop", turn=1)
    answer(made, "moment", "Daarna", base=0, writer="phone", turn=1)

    client.post(f"/write/{made.public_id}/settle/", {"key": "moment", "base": "1", "keep": "both"})

    assert text_of(made, "moment") == "Eerst\n\nDaarna"


def test_a_form_that_lay_open_changes_only_what_was_touched(client: Client, writer: User) -> None:
    made = contribution(by=writer)
    answer(made, "moment", "Oud")
    lying = form_of(client, made, catch="De postcode.")
    answer(made, "moment", "Nieuw")

    client.post(f"/write/{made.public_id}/", lying)

    assert (text_of(made, "moment"), text_of(made, "catch")) == ("Nieuw", "De postcode.")
    assert not OtherVersion.objects.exists()


def test_choices_are_ticked_and_taken_off(client: Client, writer: User) -> None:
    made = contribution(starter="safe-and-well", by=writer)
    client.post(f"/write/{made.public_id}/", form_of(client, made, where=["kantoor", "thuis"]))
    assert text_of(made, "where") == "kantoor\nthuis"

    untouched = form_of(client, made)
    del untouched["answer-where"]
    client.post(f"/write/{made.public_id}/", untouched)

    assert text_of(made, "where") == ""


def test_a_photo_comes_along_without_script(client: Client, writer: User) -> None:
    made = contribution(starter="spotlight", by=writer)
    form = {**form_of(client, made), "photo-portrait": jpeg()}

    client.post(f"/write/{made.public_id}/", form)

    photo = AnswerPhoto.objects.get()
    with Pillow.open(photo.image.file.path) as kept:
        assert not kept.getexif()
    page = client.get(f"/write/{made.public_id}/").content.decode()
    assert f"/write/{made.public_id}/photo/{photo.pk}/" in page
    shown = client.get(f"/write/{made.public_id}/photo/{photo.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    form = form_of(client, made, **{f"alt.{photo.pk}": "Kees lacht"})
    client.post(f"/write/{made.public_id}/", {**form, "remove": ""})
    draft = EditorialPage.objects.get().specific.get_latest_revision_as_object()
    assert (draft.lead_image, draft.lead_image_alt) == (photo.image, "Kees lacht")


def test_what_an_iphone_calls_a_jpg_comes_along(client: Client, writer: User) -> None:
    made = contribution(starter="spotlight", by=writer)
    encoded = BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(encoded, "HEIF")
    sent = SimpleUploadedFile("IMG_4031.jpg", encoded.getvalue(), "image/jpeg")

    told = client.post(
        f"/write/{made.public_id}/photo/", {"key": "portrait", "file": sent}, headers=SCRIPT
    )

    assert told.json()["outcome"] == "saved"
    with Pillow.open(AnswerPhoto.objects.get().image.file.path) as kept:
        assert kept.format == "JPEG"


def test_the_same_photo_sent_twice_is_one(client: Client, writer: User) -> None:
    made = contribution(starter="spotlight", by=writer)

    for _each in range(2):
        told = client.post(
            f"/write/{made.public_id}/photo/",
            {"key": "portrait", "once": "x.1", "file": jpeg()},
            headers=SCRIPT,
        )
        assert told.json()["outcome"] == "saved"

    assert AnswerPhoto.objects.count() == 1


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("rooster.pdf", b"%PDF-1.4"), "JPG, PNG, WebP of HEIC"),
        (SimpleUploadedFile("hal.jpg", b"geen foto"), "Er zit geen foto in"),
        (None, "Er kwam geen foto mee"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    client: Client, writer: User, upload: SimpleUploadedFile | None, words: str
) -> None:
    made = contribution(starter="spotlight", by=writer)
    sent = {"key": "portrait", **({"file": upload} if upload else {})}

    told = client.post(f"/write/{made.public_id}/photo/", sent, headers=SCRIPT)

    assert told.status_code == 422
    assert words in told.json()["message"]


def test_what_is_missing_is_listed_with_the_way_there(client: Client, writer: User) -> None:
    made = contribution(by=writer)
    answer(made, "moment", "Je verhuist.")
    story = f"/write/{made.public_id}/story/"

    page = client.get(story).content.decode()

    assert "Nog 5 dingen" in page
    assert f"/write/{made.public_id}/?question=3" in page
    client.post(story)
    assert not EditorialPage.objects.get().workflow_in_progress


def test_an_editor_who_has_it_open_is_named(client: Client, writer: User) -> None:
    made = contribution(by=writer)
    answer(made, "moment", "Je verhuist.")
    made.refresh_from_db()
    editor = factories.community_manager(first_name="Marieke", last_name="Vos")
    item = made.item.specific  # type: ignore[union-attr]
    EditingSession.objects.create(user=editor, content_object=item, last_seen_at=made.touched_at)

    told = send(client, made, key="catch", text="De postcode.", writer="a", turn=1)

    assert told.json()["also"] == "Marieke Vos"


def test_what_was_handed_in_can_be_taken_back(client: Client, writer: User) -> None:
    made = contribution(by=writer)
    fill(made, TIP)
    client.post(f"/write/{made.public_id}/story/")

    back = client.post(f"/write/{made.public_id}/take-back/")

    assert client.get(back["Location"]).status_code == 200
    assert not EditorialPage.objects.get().workflow_in_progress


def test_an_ambassador_who_signs_in_comes_to_her_desk(client: Client) -> None:
    factories.ambassador(username="fatima")
    factories.community_manager(username="marieke")

    ways = {}
    for name in ("fatima", "marieke"):
        client.logout()
        told = client.post("/login/", {"username": name, "password": PASSWORD})
        ways[name] = told["Location"]

    assert ways == {"fatima": "/write/", "marieke": "/"}


def test_the_desk_lets_nothing_in_from_elsewhere(client: Client, writer: User) -> None:
    policy = client.get("/write/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_desk_costs_the_same_however_much_there_is(
    client: Client, writer: User, django_assert_num_queries: Any
) -> None:
    parent = question_set().rubric
    _write(parent, writer, 0)
    client.get("/write/")
    with CaptureQueriesContext(connection) as few:
        client.get("/write/")
    for number in range(1, 4):
        _write(parent, writer, number)
        question_set(starter="spotlight")

    with django_assert_num_queries(len(few)):
        client.get("/write/")


def _write(parent: Any, writer: User, number: int) -> None:
    made = contribution(by=writer)
    answer(made, "moment", f"Keer {number}.")


@pytest.mark.parametrize("text", ["Eén.", "\n\n  Twee\n", "", " <b>&amp;</b>\n\n"])
def test_a_page_shows_a_text_exactly_as_it_is_kept(client: Client, writer: User, text: str) -> None:
    made = contribution(by=writer)
    answer(made, "moment", text)

    page = client.get(f"/write/{made.public_id}/").content.decode()

    shown = re.search(r'<textarea[^>]*name="answer-moment"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert shown
    # A browser leaves out the line end that a text area begins with.
    assert unescape(shown[1]).removeprefix("\n") == text


def test_headings_skip_no_level_when_something_waits_for_her(client: Client, writer: User) -> None:
    story, _task_state = stages.submitted(by=writer)
    stages.edit(story, by=factories.community_manager(), summary="Korter.")

    page = client.get("/write/").content.decode()

    assert "card--hers" in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
