"""One door for everyone: what goes in without a name, what comes out of it, and when it is shut."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cms.accounts.models import AttemptCount, User
from cms.desk.ask.screen import path_of
from cms.documents.builders.documents import document_for
from cms.planning.models import Idea
from cms.tray import actions
from cms.tray.models import Note
from tests import factories
from tests.factories import stages
from tests.integration.workflow.outbox import all_mails, mails_to

pytestmark = pytest.mark.django_db

WORDS = "Klopt de datum van de braderie wel?"


@pytest.fixture
def colleague(client: Client) -> User:
    made = factories.employee(first_name="Samira", last_name="Bakker")
    client.force_login(made)
    return made


def test_a_stranger_is_led_to_the_door(client: Client) -> None:
    answer = client.get("/ask/?page=/tips/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=/ask/")


def test_without_a_name_nothing_says_who_it_was(client: Client, colleague: User) -> None:
    manager = factories.community_manager()
    page = client.get("/ask/?page=/tips/braderie/").content.decode()
    assert 'value="/tips/braderie/"' in page
    assert "<script" not in page

    answer = client.post("/ask/", {"kind": "wrong", "words": WORDS, "page": "/tips/braderie/"})

    assert "Dank je wel!" in answer.content.decode()
    note = Note.objects.get()
    assert (note.sender, note.sender_email, note.page_path) == (None, "", "/tips/braderie/")
    assert (note.received_at.minute, note.received_at.second) == (0, 0)
    (mail,) = mails_to(manager)
    assert WORDS in mail.body
    assert "Samira" not in mail.body
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert not [found for found in sessions if "braderie" in str(found)]
    assert not [count for count in AttemptCount.objects.all() if str(colleague.pk) == count.bucket]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://elders.example/", ""),
        ("//elders.example/", ""),
        ("/\\elders", ""),
        ("javascript:alert(1)", ""),
        ("/tips/<b>/", ""),
        ("/" + "a/" * 400, ""),
        ("/tips/caf%C3%A9/", "/tips/caf%C3%A9/"),
    ],
)
def test_only_a_page_of_this_hub_is_a_page(given: str, kept: str) -> None:
    assert path_of(given) == kept


def test_who_left_a_name_hears_what_was_done(client: Client, colleague: User) -> None:
    manager = factories.community_manager()
    client.post("/ask/", {"kind": "question", "words": WORDS, "hear": "on"})
    note = Note.objects.get()
    assert note.sender == colleague
    client.force_login(manager)
    assert "Samira Bakker" in client.get("/newsroom/tray/").content.decode()
    silent = {"note": note.pk, "outcome": "correction", "answer": ""}
    assert client.post("/newsroom/tray/", silent).status_code == 409

    client.post("/newsroom/tray/", {**silent, "answer": "Het is nu 12 december."})

    mail = mails_to(colleague)[-1]
    assert "Het is verbeterd." in mail.body
    assert "Het is nu 12 december." in mail.body
    assert client.post("/newsroom/tray/", {**silent, "answer": "Nog eens"}).status_code == 409
    client.force_login(colleague)
    assert "Het is nu 12 december." in client.get("/ask/").content.decode()
    client.force_login(factories.employee())
    assert "12 december" not in client.get("/ask/").content.decode()


def test_who_left_an_address_hears_it_there(client: Client, colleague: User) -> None:
    said = {"kind": "tip", "words": WORDS, "email": "thuis@elders.example"}
    client.post("/ask/", said)

    actions.settle(
        Note.objects.get(), by=factories.community_manager(), outcome="idea", answer="Mooi!"
    )

    assert all_mails()[-1].to == ["thuis@elders.example"]
    assert client.post("/ask/", {**said, "email": "geen adres"}).status_code == 422


def test_whoever_asks_too_much_waits_and_loses_nothing(client: Client, colleague: User) -> None:
    for number in range(6):
        said = {"kind": "tip", "words": f"{WORDS} {number}"}
        assert client.post("/ask/", said).status_code == 200

    refused = client.post("/ask/", {"kind": "tip", "words": WORDS})

    assert refused.status_code == 429
    assert WORDS in refused.content.decode()
    assert Note.objects.count() == 6


def test_a_note_knows_its_item_and_becomes_an_idea_that_a_request_is_made_of(
    client: Client, colleague: User
) -> None:
    story = stages.live()
    path = "/" + story.url_path.split("/", 2)[2]
    client.post("/ask/", {"kind": "wrong", "words": WORDS, "page": path})
    note = Note.objects.get()
    assert note.item_id == story.pk
    client.force_login(factories.community_manager())

    said = {"note": note.pk, "outcome": "request", "answer": ""}
    answer = client.post("/newsroom/tray/", said, follow=True)

    idea = Idea.objects.get()
    assert (idea.text, idea.proposed_by) == (WORDS, None)
    assert answer.redirect_chain[-1][0].endswith(f"?idea={idea.public_id}")
    assert WORDS in answer.content.decode()


def test_a_shut_door_is_not_there_and_the_hub_says_so(
    client: Client, colleague: User, settings: Settings
) -> None:
    hub = factories.hub_page()
    assert document_for(hub)["ask"] is True

    settings.PLEIN_ASK = False

    assert client.get("/ask/").status_code == 404
    assert document_for(hub)["ask"] is False


def test_names_are_forgotten_after_three_months_and_notes_after_a_year() -> None:
    now = timezone.now()
    note = actions.receive(actions.Sent(words=WORDS, kind="tip", sender=factories.employee()))
    actions.settle(note, by=factories.community_manager(), outcome="idea", answer="Mooi!")

    assert actions.forget(now + timedelta(days=89)) == 0
    assert actions.forget(now + timedelta(days=91)) == 1
    assert Note.objects.get().sender is None
    assert actions.forget(now + timedelta(days=366)) == 1


@pytest.mark.parametrize("told", [{}, {"hear": "on"}])
def test_sent_again_by_a_reload_or_a_second_tap_it_is_one_note(
    client: Client, colleague: User, told: dict[str, str]
) -> None:
    manager = factories.community_manager(username="marieke")
    said = {"kind": "tip", "words": WORDS, "page": "/tips/", **told}

    pages = [client.post("/ask/", said).content.decode() for _tap in range(2)]
    client.post("/ask/", {**said, "words": "Nog iets."})

    assert all("Dank je wel" in page for page in pages)
    assert sorted(Note.objects.values_list("words", flat=True)) == sorted([WORDS, "Nog iets."])
    assert len(mails_to(manager)) == 2


def test_the_same_words_of_somebody_who_wants_to_hear_are_a_note_of_hers(
    client: Client, colleague: User
) -> None:
    said = {"kind": "tip", "words": WORDS}
    client.post("/ask/", said)

    client.post("/ask/", {**said, "hear": "on"})

    assert [note.sender for note in Note.objects.order_by("pk")] == [None, colleague]


def test_before_anybody_was_asked_nobody_is_said_to_be(client: Client, colleague: User) -> None:
    client.post("/ask/", {"kind": "tip", "words": WORDS, "hear": "on"})

    manager = factories.community_manager()
    actions.settle(Note.objects.get(), by=manager, outcome="request", answer="Mooi!")

    assert "We vragen iemand om erover te schrijven." in mails_to(colleague)[-1].body
