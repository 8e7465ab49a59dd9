"""The questions of a rubric, changed in the newsroom: seen, then kept as a version."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.config.starter_rubrics import starter_rubrics
from cms.desk.given import given_answers
from cms.desk.questions.rows import typed_of
from cms.stories.models import QuestionSet, Rubric
from cms.stories.questions.reading import questions_of
from tests import factories
from tests.factories.contributions import answer, contribution, item_of, question_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client) -> User:
    made = factories.community_manager(username="noor")
    client.force_login(made)
    return made


def door(rubric: Rubric) -> str:
    return f"/newsroom/questions/{rubric.pk}/"


def form_of(client: Client, rubric: Rubric) -> dict[str, Any]:
    """Return what the screen would send when nothing was touched."""
    page = client.get(door(rubric)).content.decode()
    body = page[page.index('<form id="questions"') : page.index("</form>")]
    posted = dict(re.findall(r'<input[^>]*? name="([\w-]+)" value="([^"]*)"', body))
    for name in re.findall(r'type="(?:checkbox|radio)" name="([\w-]+)"', body):
        posted.pop(name, None)
    ticked = r'type="(?:checkbox|radio)" name="([\w-]+)" value="(\w+)" checked'
    posted |= dict(re.findall(ticked, body))
    posted |= dict(re.findall(r'<textarea[^>]*? name="([\w-]+)"[^>]*>([^<]*)<', body))
    for name, inside in re.findall(r'<select[^>]*? name="([\w-]+)">(.*?)</select>', body):
        chosen = re.search(r'<option(?: value="(\w*)")? selected>([^<]*)<', inside)
        posted[name] = (chosen[1] or chosen[2]) if chosen else ""
    return {name: value.replace("&#x27;", "'") for name, value in posted.items()}


@pytest.mark.parametrize("name", sorted(starter_rubrics()))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_the_screen_shows_is_what_it_keeps(name: str, language: str) -> None:
    questions = questions_of(starter_rubrics()[name])

    again = questions_of(typed_of(questions, language).as_raw())

    assert again.asked == questions.asked
    assert again.frame.newsroom_only == questions.frame.newsroom_only
    for each in ("nl", "en"):
        assert again.frame.title_in(each).source == questions.frame.title_in(each).source
        assert again.frame.summary_in(each).source == questions.frame.summary_in(each).source
    assert {part.key for part in again.frame.body} == {part.key for part in questions.frame.body}


def test_a_changed_question_is_the_next_version(client: Client, keeper: User) -> None:
    made = contribution(starter="spotlight")
    answer(made, "hands", "Een tang.")
    rubric = made.rubric
    form = form_of(client, rubric) | {"0-ask": "Wat had je in je handen?", "save": "1"}

    kept = client.post(door(rubric), form)

    assert kept.status_code == 302
    newest = QuestionSet.objects.get(rubric=rubric, number=2)
    assert newest.made_by == keeper
    assert newest.questions.by_key["hands"].worded("nl").ask == "Wat had je in je handen?"
    assert newest.questions.by_key["hands"].worded("en").ask.startswith("What did you have")
    made.refresh_from_db()
    assert made.question_set.number == 1
    page = client.get(door(rubric)).content.decode()
    assert "Bewaar als versie 3" in page
    assert "1 concept, 0 live" in page


def test_nothing_changed_is_no_version(client: Client, keeper: User) -> None:
    rubric = question_set().rubric
    first = client.post(door(rubric), form_of(client, rubric) | {"save": "1"})
    number = QuestionSet.objects.filter(rubric=rubric).count()

    again = client.post(door(rubric), form_of(client, rubric) | {"save": "1"})

    assert (first.status_code, again.status_code) == (302, 302)
    assert QuestionSet.objects.filter(rubric=rubric).count() == number


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client: Client, keeper: User) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric) | {"title": "[vraag 9]", "0-help": "Nieuw", "save": "1"}

    told = client.post(door(rubric), form)

    page = told.content.decode()
    assert told.status_code == 422
    assert "Titel: ‘[vraag 9]’ staat nergens voor. Schrijf bijvoorbeeld [vraag 1," in page
    assert 'value="[vraag 9]"' in page
    assert "Nieuw" in page
    assert QuestionSet.objects.filter(rubric=rubric).count() == 1


def test_who_comes_second_is_told_of_the_first(client: Client, keeper: User) -> None:
    rubric = question_set().rubric
    lying = form_of(client, rubric)
    client.post(door(rubric), lying | {"0-ask": "De eerste?", "save": "1"})

    second = client.post(door(rubric), lying | {"0-ask": "De tweede?", "save": "1"})

    page = second.content.decode()
    assert second.status_code == 409
    assert "bewaarde net versie 2" in page
    assert "De tweede?" in page
    after = dict(re.findall(r'name="(after)" value="(\d+)"', page))
    client.post(door(rubric), lying | after | {"0-ask": "De tweede?", "save": "1"})
    assert QuestionSet.objects.filter(rubric=rubric).count() == 3


def test_questions_move_come_and_go_before_anything_is_kept(client: Client, keeper: User) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric)

    moved = client.post(door(rubric), form | {"down": "0"}).content.decode()
    more = client.post(door(rubric), form | {"add": "1"}).content.decode()
    fewer = client.post(door(rubric), form | {"5-remove": "1"}).content.decode()

    keys = [re.findall(r'name="\d+-key" value="(\w*)"', page) for page in (moved, more, fewer)]
    assert keys[0][:2] == ["for_whom", "moment"]
    assert (len(keys[1]), len(keys[2])) == (7, 5)
    assert QuestionSet.objects.filter(rubric=rubric).count() == 1


def test_the_look_beside_it_follows(client: Client, keeper: User) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric) | {"title": "Let op: [vraag 4]", "look": "1"}

    page = client.post(door(rubric), form).content.decode()

    assert "Let op: Het antwoord op vraag 4." in page
    assert "<form" not in page


def test_a_rubric_gets_its_first_questions(client: Client, keeper: User) -> None:
    rubric = factories.rubric()
    asked = {
        "0-ask": "Wat zag je vandaag?",
        "0-answer": "long",
        "0-shape": "text",
        "1-ask": "Wat zag je morgen?",
        "1-answer": "short",
        "1-shape": "aside",
        "count": "3",
        "after": "0",
        "kind": "story",
        "layout": "headings",
        "save": "1",
        "title": "[vraag 1, eerste zin]",
        "summary": "[Vraag 1]",
    }

    kept = client.post(door(rubric), asked)

    assert kept.status_code == 302
    made = QuestionSet.objects.get(rubric=rubric).questions
    assert list(made.by_key) == ["wat_zag_je_vandaag", "wat_zag_je_morgen"]
    assert made.frame.newsroom_only == {"wat_zag_je_morgen"}
    assert made.frame.title_in("nl").source == "excerpt(wat_zag_je_vandaag)"


def seen_in(page: str) -> str:
    """Return what somebody reads on the screen, in its fields too."""
    typed = re.findall(r'<input (?!type="(?:hidden|radio|checkbox))[^>]*? value="([^"]*)"', page)
    return " ".join([strip_tags(page[page.index("<main") :]), *typed])


@pytest.mark.parametrize("name", sorted(starter_rubrics()))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nobody_reads_a_key(client: Client, keeper: User, name: str, language: str) -> None:
    rubric = question_set(starter=name).rubric
    questions = questions_of(starter_rubrics()[name])
    UserProfile.objects.update_or_create(user=keeper, defaults={"preferred_language": language})

    seen = seen_in(client.get(door(rubric)).content.decode())

    assert {"nl": "[vraag ", "en": "[question "}[language] in seen
    raw = ("excerpt(", "{", "_", "start_month", *(f"({key})" for key in questions.by_key))
    assert [each for each in raw if each in seen] == []
    compound = [key for key in questions.by_key if "_" in key]
    assert [key for key in compound if key in seen] == []


def test_a_title_follows_its_question_when_that_moves(client: Client, keeper: User) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric) | {"title": "[Vraag 1, eerste zin]: [vraag 2]"}

    page = client.post(door(rubric), form | {"down": "0"}).content.decode()

    assert 'value="[vraag 2, eerste zin]: [vraag 1]"' in page


def test_a_title_of_a_question_that_was_left_out_takes_no_other(
    client: Client, keeper: User
) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric) | {"title": "[vraag 1]", "0-remove": "1", "save": "1"}

    told = client.post(door(rubric), form)

    page = told.content.decode()
    assert told.status_code == 422
    assert "Titel: ‘[een vraag die weg is]’ staat nergens voor." in page
    assert 'value="[een vraag die weg is]"' in page


def test_an_answer_that_becomes_nothing_is_told_by_the_number_of_its_question(
    client: Client, keeper: User
) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric) | {"2-shape": "elsewhere", "title": "[vraag 1]", "save": "1"}

    told = client.post(door(rubric), form | {"summary": "[vraag 2]"})

    assert "Vraag 3: Met dit antwoord gebeurt niets." in told.content.decode()


def test_an_editor_reads_the_answers_beside_the_draft() -> None:
    made = contribution()
    answer(made, "moment", "Je *verhuist*.")
    page = item_of(made).get_latest_revision_as_object()
    page.body = []
    page.save_revision(clean=False)

    given = given_answers(item_of(made))

    assert [(one.text, one.is_left_behind) for one in given] == [("Je *verhuist*.", True)]
    assert given[0].ask.startswith("Wat is er aan de hand")
    assert given_answers(factories.story()) == []


@pytest.mark.parametrize(
    ("pressed", "goes_on"),
    [
        ({"up": "2"}, 'name="up" value="1" autofocus'),
        ({"up": "1"}, 'name="down" value="0" autofocus'),
        ({"down": "0"}, 'name="down" value="1" autofocus'),
        ({"down": "4"}, 'name="up" value="5" autofocus'),
        ({"add": "1"}, 'id="6-ask" name="6-ask" rows="2" autofocus'),
        ({"again": "2-answer"}, 'id="2-answer" autofocus'),
        ({"again": "5-remove", "5-remove": "1"}, 'id="4-ask" name="4-ask" rows="2" autofocus'),
    ],
)
def test_who_works_by_keyboard_goes_on_where_she_was(
    client: Client, keeper: User, pressed: dict[str, str], goes_on: str
) -> None:
    rubric = question_set().rubric
    form = form_of(client, rubric)
    assert form["count"] == "6"

    page = client.post(door(rubric), form | pressed).content.decode()

    assert goes_on in page
    assert page.count(" autofocus") == 1
    assert " autofocus" not in client.get(door(rubric)).content.decode()


def test_the_first_version_is_refused_where_it_can_be_seen(client: Client, keeper: User) -> None:
    rubric = factories.rubric(title="Gereedschap van de maand")
    form = form_of(client, rubric) | {"0-ask": "Welk gereedschap is het?"}
    above = "<form"
    typed = client.post(door(rubric), form | {"add": "1"}).content.decode()

    refused = client.post(door(rubric), form | {"save": "1"})

    assert refused.status_code == 422
    assert "Dit kan nog niet bewaard worden" in refused.content.decode().partition(above)[0]
    assert "Dit kan nog niet bewaard worden" not in typed
