"""A form that is sent twice in the same moment, by two taps of one thumb."""

import re
from functools import partial

import pytest
from django.test import Client

from cms.tray.models import Note
from tests import factories
from tests.integration.agreement.test_at_once import at_the_same_time
from tests.integration.workflow.outbox import mails_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

WORDS = "Klopt de datum van de braderie wel?"
TAPS = 6
"""As many as one colleague may send in an hour: none of them is one too many."""


def shown_form(browser: Client) -> dict[str, str]:
    page = browser.get("/ask/").content.decode()
    (once,) = re.findall(r'name="once" value="([^"]+)"', page)
    return {"kind": "question", "words": WORDS, "once": once}


@pytest.mark.parametrize("hears", [{}, {"hear": "on"}, {"email": "thuis@elders.example"}])
def test_a_form_that_is_sent_at_once_is_one_note_and_each_tap_is_thanked(
    hears: dict[str, str],
) -> None:
    manager, colleague = factories.community_manager(), factories.employee()
    browsers = [Client() for _tap in range(TAPS)]
    for browser in browsers:
        browser.force_login(colleague)
    form = {**shown_form(browsers[0]), **hears}

    answers = at_the_same_time(*(partial(each.post, "/ask/", form) for each in browsers))

    pages = {answer.content.decode() for answer in answers}
    assert Note.objects.count() == 1
    assert len(mails_to(manager)) == 1
    assert [answer.status_code for answer in answers] == [200] * TAPS
    assert len(pages) == 1
    assert "Dank je wel!" in pages.pop()
    assert browsers[0].post("/ask/", form).status_code == 200


def test_other_words_on_the_same_form_and_the_same_words_on_another_once_settled_are_new() -> None:
    browser = Client()
    browser.force_login(factories.employee())
    form = shown_form(browser)

    browser.post("/ask/", form)
    browser.post("/ask/", {**form, "words": f"{WORDS} En de plaats?"})
    Note.objects.update(outcome=Note.Outcome.NOTHING)
    browser.post("/ask/", form)
    assert Note.objects.count() == 2
    browser.post("/ask/", shown_form(browser))

    assert Note.objects.count() == 3
