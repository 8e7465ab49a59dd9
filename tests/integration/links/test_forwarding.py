"""The questions go to who they are about: her own link, her own questions, and how far she is."""

import re
from copy import deepcopy

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.config.starter_rubrics import starter_rubrics
from cms.contributions.actions import begin
from cms.contributions.models import Answer, AnswerPhoto, Contribution, Forwarding, OtherVersion
from cms.media.models import Image
from cms.stories.question_versions import add_version
from tests import factories
from tests.factories.contributions import answer, contribution, item_of
from tests.factories.links import come_in, form_path, forwarded, link_to_write
from tests.integration.workflow.outbox import all_mails
from tests.integration.write.test_desk import form_of, jpeg

pytestmark = pytest.mark.django_db

SCRIPT = {"Accept": "application/json"}
HERS = ("hands", "notice", "misunderstanding", "helped_by", "start_with_me")


@pytest.fixture
def writer(client: Client) -> User:
    made = factories.ambassador(username="fatima", first_name="Fatima")
    client.force_login(made)
    return made


@pytest.fixture
def interview(writer: User) -> Contribution:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    return contribution(starter="spotlight", by=writer, about=kees)


def forward_path(made: Contribution) -> str:
    return f"{form_path(made.public_id)}forward/"


def link_in_mail(number: int = -1) -> str:
    found = re.search(r"http\S+/w/\?k=\S+", str(all_mails()[number].body))
    assert found
    return found[0]


def test_a_mail_takes_her_to_her_first_question_and_nothing_else(
    client: Client, interview: Contribution
) -> None:
    told = client.post(forward_path(interview), {"way": "mail", "sentence": "Zie je vrijdag!"})

    (mail,) = all_mails()
    assert told["Location"] == form_path(interview.public_id)
    assert mail.to == ["kees@example.test"]
    assert "Fatima" in str(mail.subject)
    assert "Zie je vrijdag!" in str(mail.body)
    assert "Wat had je vandaag in je handen" in str(mail.body)
    page = come_in(link_in_mail()).get(form_path(interview.public_id)).content.decode()
    assert "Vraag 1 van" in page
    assert "Vraag aan Kees:" not in page
    assert "/newsroom/" not in page
    assert "/write/start/" not in page


def test_her_answers_become_the_draft_of_who_asked(
    client: Client, writer: User, interview: Contribution
) -> None:
    client.post(forward_path(interview), {"way": "mail"})
    guest = come_in(link_in_mail())

    for number, key in enumerate(HERS, start=1):
        path = f"{form_path(interview.public_id)}answer/"
        sent = {"key": key, "text": f"Antwoord {number}.", "base": 0, "writer": "k", "turn": number}
        assert guest.post(path, sent, headers=SCRIPT).json()["outcome"] == "saved"

    page = item_of(interview)
    assert page.owner == writer
    assert [author.person for author in page.get_latest_revision_as_object().authors.all()] == [
        writer.person
    ]
    assert not Answer.objects.exclude(saved_by=None).exists()
    assert set(Answer.objects.values_list("saved_through__name", flat=True)) == {"Kees Brouwer"}
    form = client.get(form_path(interview.public_id)).content.decode()
    assert "Kees: 5 van 6 beantwoord" in form
    assert "Kees: 5 van 6 beantwoord" in client.get("/write/").content.decode()


def test_it_works_without_scripts_and_ends_with_a_word_to_who_asked(
    client: Client, writer: User, interview: Contribution
) -> None:
    made, url = forwarded(interview)
    guest = come_in(url)
    guest.post(form_path(interview.public_id), form_of(guest, interview, hands="Een tang."))
    seen = guest.post(
        form_path(interview.public_id),
        {**form_of(guest, interview, notice="Een geluid."), "go": "see"},
    )

    end = guest.get(seen["Location"]).content.decode()
    guest.post(seen["Location"], {"go": "done"})
    guest.post(seen["Location"], {"go": "done"})

    assert "2 van 6 beantwoord" in end
    made.refresh_from_db()
    assert made.done_at is not None
    assert [mail.to for mail in all_mails()] == [[writer.email]]
    assert "Dank je" in guest.get(seen["Location"]).content.decode()


def test_two_people_in_one_answer_lose_nothing(
    client: Client, writer: User, interview: Contribution
) -> None:
    _made, url = forwarded(interview)
    guest = come_in(url)
    answer(interview, "hands", "Van Fatima", writer="laptop", turn=1)

    told = guest.post(
        f"{form_path(interview.public_id)}answer/",
        {"key": "hands", "text": "Van Kees", "base": 0, "writer": "phone", "turn": 1},
        headers=SCRIPT,
    ).json()

    assert told["outcome"] == "two"
    assert told["also"] == writer.display_name
    assert OtherVersion.objects.get().saved_through is not None


def test_a_question_that_is_not_hers_takes_no_answer_of_hers(writer: User) -> None:
    raw = deepcopy(starter_rubrics()["spotlight"])
    not_hers = ["hands", "portrait"]
    for question in raw["questions"]:
        if question["key"] in not_hers:
            question["for"] = "ambassador"
    made = begin(add_version(factories.rubric(), raw), by=writer)
    _forwarding, url = forwarded(made)
    guest = come_in(url)

    for key in not_hers:
        sent = {"key": key, "text": "x", "writer": "k", "turn": 1}
        path = f"{form_path(made.public_id)}answer/"
        assert guest.post(path, sent, headers=SCRIPT).status_code in {403, 404, 410}
        photo = {"key": key, "file": jpeg()}
        sent_photo = guest.post(f"{form_path(made.public_id)}photo/", photo, headers=SCRIPT)
        assert sent_photo.status_code == 422
    assert not Answer.objects.exists()
    assert not AnswerPhoto.objects.exists()


def test_without_a_mailbox_the_link_goes_by_message_picture_or_paper(
    client: Client, writer: User
) -> None:
    made = contribution(starter="spotlight", by=writer)
    path = forward_path(made)

    assert client.post(path, {"way": "mail", "person": "Bas"}).status_code == 422
    assert client.post(path, {"way": "message", "person": " "}).status_code == 422
    message = client.post(path, {"way": "message", "person": "Bas de Wit"})
    picture = client.post(path, {"way": "picture", "person": "Bas de Wit"})
    paper = client.post(path, {"way": "paper", "person": "Bas de Wit"})
    shared = client.post(path, {"way": "share", "person": "Bas de Wit"}, headers=SCRIPT).json()

    assert "Hoi Bas" in message.content.decode()
    assert "data:image/svg+xml" in picture.content.decode()
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", paper.content.decode())
    assert code
    assert Client().post("/w/", {"code": code[0]})["Location"] == form_path(made.public_id)
    assert come_in(shared["url"]).get(form_path(made.public_id)).status_code == 200
    assert Forwarding.objects.count() == 1


def test_nothing_confidential_is_forwarded(client: Client, writer: User) -> None:
    made = contribution(starter="spotlight", by=writer)
    _forwarding, url = forwarded(made)
    guest = come_in(url)
    answer(made, "hands", "Een tang.")
    item = item_of(made)
    type(item).objects.filter(pk=item.pk).update(is_confidential=True)
    item.circle.add(writer)

    assert guest.get(form_path(made.public_id)).status_code == 404
    assert client.post(forward_path(made), {"way": "message", "person": "Bas"}).status_code == 422
    assert "vertrouwelijk" in client.get(forward_path(made)).content.decode()


def test_who_asked_can_take_the_link_back(client: Client, interview: Contribution) -> None:
    made, url = forwarded(interview)
    guest = come_in(url)
    answer(interview, "hands", "Een tang.", by=made.link)

    client.post(forward_path(interview), {"back": str(made.pk)})

    assert guest.get(form_path(interview.public_id)).status_code == 404
    assert Answer.objects.get().text == "Een tang."


def test_a_link_to_all_of_it_hands_in_without_a_session(writer: User) -> None:
    made = contribution(starter="spotlight", by=writer)
    factories.community_manager(first_name="Marieke")
    _link, url = link_to_write(made)
    browser = come_in(url)

    browser.post(form_path(made.public_id), form_of(browser, made, hands="Een tang."))
    story = browser.get(f"{form_path(made.public_id)}story/")

    assert story.status_code == 200
    assert Answer.objects.get().saved_by == writer
    assert browser.get(forward_path(made)).status_code == 200


def test_a_picture_of_forty_megapixels_is_taken_in_by_link(
    interview: Contribution,
) -> None:
    _made, url = forwarded(interview)
    guest = come_in(url)
    path = f"{form_path(interview.public_id)}photo/"

    told = guest.post(path, {"key": "portrait", "file": jpeg(8000, 5000)}, headers=SCRIPT)

    assert told.json()["outcome"] == "saved"
    assert Image.objects.get().uploaded_by_user is None
    number = AnswerPhoto.objects.get().pk
    shown = guest.get(f"{path}{number}/")
    assert b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    assert Client().get(f"{path}{number}/").status_code == 302


def test_ten_thousand_characters_are_kept(interview: Contribution) -> None:
    _made, url = forwarded(interview)
    text = "woord 🙂 " * 1250

    come_in(url).post(
        f"{form_path(interview.public_id)}answer/",
        {"key": "hands", "text": text, "writer": "k", "turn": 1},
        headers=SCRIPT,
    )

    assert Answer.objects.get().text == text
