"""Who may ask what, and what refusals tell: nothing."""

import json

import pytest
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import APIToken

from tests import factories
from tests.factories.api import Asker, session_asker, token_asker

pytestmark = pytest.mark.django_db

HUB = "{ hub { title } }"
FEED = "{ feed { cursor } }"


def test_a_stranger_is_told_to_sign_in(stranger: Asker) -> None:
    response = stranger.post(json.dumps({"query": HUB}))

    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    assert response["WWW-Authenticate"] == "Bearer"


def test_every_bad_token_gets_the_answer_of_a_stranger(stranger: Asker) -> None:
    revoked = token_asker(factories.employee())
    APIToken.objects.update(revoked_at=timezone.now())
    left = factories.employee()
    left_asker = token_asker(left)
    left.is_active = False
    left.save()

    answers = {
        (response.status_code, response.content)
        for asker in (stranger, revoked, left_asker, Asker(token="wagtail_nonsense"))
        for response in [asker.post(json.dumps({"query": HUB}))]
    }

    assert len(answers) == 1
    assert answers.pop()[0] == 401


def test_a_bad_token_does_not_fall_back_on_a_session(reader: Asker) -> None:
    reader.token = "wagtail_nonsense"

    assert reader.post(json.dumps({"query": HUB})).status_code == 401


def test_a_colleague_reads_by_session_and_a_machine_by_token(reader: Asker) -> None:
    assert reader.ask(HUB) == {"data": {"hub": None}}
    assert token_asker(factories.employee()).ask(HUB) == {"data": {"hub": None}}


@pytest.mark.parametrize("role", ["employee", "ambassador", "community_manager", "administrator"])
def test_only_the_press_reads_the_feed(role: str) -> None:
    user = getattr(factories, role)()
    for asker in (session_asker(user), token_asker(user)):
        answer = asker.ask(FEED)

        assert answer["data"] is None
        assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN"}


def test_the_press_can_not_be_played_by_a_session(settings: Settings) -> None:
    account = factories.user(username=settings.PLEIN_PRESS_ACCOUNT, with_person=False)

    answer = session_asker(account).ask(FEED)

    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN"}


def test_answers_are_kept_by_nobody(reader: Asker) -> None:
    assert reader.post(json.dumps({"query": HUB}))["Cache-Control"] == "private, no-store"
