"""A request: asked, accepted, declined, handed over, claimed, cancelled; and how far it is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.contributions.actions import begin
from cms.contributions.models import Contribution
from cms.planning import actions
from cms.planning.errors import (
    AlreadyTaken,
    NoLongerAsked,
    NotAWriter,
    NothingAsked,
    NotYours,
    ReasonNeeded,
    TooFar,
)
from cms.planning.models import Assignment
from cms.planning.standing import Stage, standing_of, today
from cms.stories.models import Rubric
from tests import factories
from tests.factories.contributions import answer, fill, item_of, question_set
from tests.factories.links import come_in, path_of
from tests.factories.planning import assignment, fresh, wish
from tests.integration.contributions.test_drafts import TIP
from tests.integration.workflow.outbox import all_mails, mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> User:
    made = factories.community_manager(first_name="Marieke")
    client.force_login(made)
    return made


@pytest.fixture
def fatima() -> User:
    return factories.ambassador(username="fatima", first_name="Fatima")


def contribution_of(made: Assignment) -> Contribution:
    assert made.contribution is not None
    return made.contribution


def stage(made: Assignment) -> Stage:
    return standing_of(fresh(made)).stage


def urls_in(mail: Any) -> list[str]:
    return re.findall(r"http\S+", str(mail.body))


def test_who_is_asked_gets_one_mail_with_all_of_it_and_one_tap_to_question_one(
    manager: User, fatima: User
) -> None:
    kees = factories.person(name="Kees Brouwer")
    made = assignment(
        to=fatima,
        by=manager,
        starter="spotlight",
        about=kees,
        week=today() + timedelta(days=20),
        note="Fijn dat je dit wilt doen!",
    )

    (mail,) = mails_to(fatima)
    body = str(mail.body)
    for words in ("Marieke", "Kees Brouwer", "Fijn dat je", "5 vragen en een foto", "week "):
        assert words in body
    assert "Wat had je vandaag in je handen" in body
    assert len(all_mails()) == 1
    form, aside = urls_in(mail)
    page = come_in(form).get(f"/write/{contribution_of(made).public_id}/")
    assert "Vraag 1 van 6" in page.content.decode()
    assert Client().get(path_of(aside))["Location"].endswith("/request/")


def test_how_far_it_is_follows_the_draft_by_itself(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)
    assert stage(made) == Stage.ASKED
    actions.accept(made, by=fatima)
    assert stage(made) == Stage.ACCEPTED
    contribution = contribution_of(made)

    answer(contribution, "moment", "Je verhuist.")
    assert stage(made) == Stage.WRITING
    assert standing_of(fresh(made)).done == 1
    fill(contribution, TIP)
    from_form = Client()
    from_form.force_login(fatima)
    from_form.post(f"/write/{contribution.public_id}/story/")

    assert stage(made) == Stage.HANDED_IN
    with pytest.raises(TooFar):
        actions.decline(fresh(made), by=fatima, reason="Toch niet")
    with pytest.raises(TooFar):
        actions.hand_over(fresh(made), to=factories.ambassador(), by=fatima)


def test_no_needs_a_reason_and_reaches_who_asked(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)

    with pytest.raises(ReasonNeeded):
        actions.decline(made, by=fatima, reason="  ")
    actions.decline(made, by=fatima, reason="Ik ben die week vrij.")

    assert stage(made) == Stage.DECLINED
    (mail,) = mails_to(manager)
    assert "Ik ben die week vrij." in str(mail.body)
    assert not contribution_of(fresh(made)).asked_for


def test_after_a_no_somebody_else_can_be_asked_and_begins_anew(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)
    answer(contribution_of(made), "moment", "Van Fatima")
    actions.decline(fresh(made), by=fatima, reason="Geen tijd")
    bas = factories.ambassador()

    actions.ask_again(fresh(made), to=bas, by=manager)

    assert stage(made) == Stage.ASKED
    assert not contribution_of(fresh(made)).answers.exists()
    assert Contribution.objects.filter(author=fatima).count() == 1


def test_handed_over_goes_with_what_was_written_and_the_old_link_is_shut(
    manager: User, fatima: User
) -> None:
    made = assignment(to=fatima, by=manager)
    old = urls_in(mails_to(fatima)[0])[0]
    contribution = contribution_of(made)
    answer(contribution, "moment", "Van Fatima")
    bas = factories.ambassador(username="bas")
    form = f"/write/{contribution.public_id}/"
    browser = come_in(old)
    assert browser.get(form).status_code == 200

    actions.hand_over(fresh(made), to=bas, by=fatima)

    assert browser.get(form).status_code == 404
    page = come_in(urls_in(mails_to(bas)[0])[0]).get(form).content.decode()
    assert "Van Fatima" in page
    item = item_of(contribution)
    assert item.owner == bas
    authors = item.get_latest_revision_as_object().authors.all()
    assert {each.person for each in authors} == {fatima.person, bas.person}
    assert mails_to(manager) == []


def test_only_hers_or_the_managers_to_hand_over(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)
    stranger = factories.ambassador()

    with pytest.raises(NotYours):
        actions.hand_over(made, to=stranger, by=stranger)
    with pytest.raises(NotYours):
        actions.decline(made, by=stranger, reason="x")
    with pytest.raises(NotYours):
        actions.cancel(made, by=fatima)
    with pytest.raises(NotAWriter):
        actions.hand_over(made, to=factories.employee(), by=manager)


def test_cancelled_says_that_nothing_more_is_needed(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)

    actions.cancel(made, by=manager)
    actions.cancel(fresh(made), by=manager)

    assert stage(made) == Stage.CANCELLED
    assert "Je hoeft niets meer te doen" in str(mails_to(fatima)[-1].subject)
    assert len(mails_to(fatima)) == 2
    with pytest.raises(NoLongerAsked):
        actions.accept(fresh(made), by=fatima)


def test_what_nobody_has_is_claimed_once(manager: User, fatima: User) -> None:
    made = assignment(free=True, by=manager)
    assert all_mails() == []

    actions.claim(made, by=fatima)
    with pytest.raises(AlreadyTaken):
        actions.claim(made, by=factories.ambassador())

    assert stage(made) == Stage.ACCEPTED
    assert [mail.to for mail in all_mails()] == [[manager.email]]


def test_a_rubric_without_questions_or_of_others_is_not_asked(manager: User) -> None:
    with pytest.raises(NothingAsked):
        actions.ask(wish(rubric=factories.rubric()), by=manager)
    council = question_set(parent=factories.rubric(open_to_ambassadors=False)).rubric
    with pytest.raises(NotAWriter):
        actions.ask(wish(rubric=council, to=factories.ambassador()), by=manager)
    assert not Assignment.objects.exists()


def test_a_rubric_that_goes_leaves_the_request_readable(
    client: Client, manager: User, fatima: User
) -> None:
    made = assignment(to=fatima, by=manager)
    assert made.rubric is not None
    Rubric.objects.get(pk=made.rubric.pk).delete()

    page = client.get(f"/newsroom/requests/{made.public_id}/").content.decode()

    assert "De rubriek is er niet meer" in page
    assert "De rubriek is er niet meer" in client.get("/newsroom/requests/").content.decode()
    desk = Client()
    desk.force_login(fatima)
    assert desk.get("/write/").status_code == 200


def test_a_request_keeps_the_questions_it_was_made_with(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)
    first = contribution_of(made).question_set
    assert made.rubric is not None
    question_set(starter="spotlight", parent=made.rubric)

    assert contribution_of(fresh(made)).question_set == first
    own = begin(first, by=fatima)
    assert own != contribution_of(made), "her own beginning is not the one that is asked for"


def test_the_desk_shows_what_is_asked_first_and_takes_a_no(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager, subject="De nachtploeg")
    desk = Client()
    desk.force_login(fatima)
    name = contribution_of(made).public_id

    page = desk.get("/write/").content.decode()
    asked = desk.get(f"/write/{name}/request/").content.decode()
    wrong = desk.post(f"/write/{name}/request/", {"act": "decline", "reason": ""})
    said = desk.post(f"/write/{name}/request/", {"act": "decline", "reason": "Vakantie"})

    assert "Hoi Fatima, dit vragen we van je" in page
    assert page.index("De nachtploeg") < page.index('id="begin"')
    assert "Komt niet uit" in page
    assert "Marieke" in asked
    assert wrong.status_code == 422
    assert said["Location"] == "/write/"
    assert stage(made) == Stage.DECLINED


def test_by_link_she_says_no_without_signing_in(manager: User, fatima: User) -> None:
    made = assignment(to=fatima, by=manager)
    browser = come_in(urls_in(mails_to(fatima)[0])[0])
    path = f"/write/{contribution_of(made).public_id}/request/"
    bas = factories.ambassador(first_name="Bas", last_name="Smit")

    assert "Bas Smit" in browser.get(path).content.decode()
    nobody = browser.post(path, {"act": "hand-over", "to": ""})
    done = browser.post(path, {"act": "hand-over", "to": str(bas.pk)})

    assert nobody.status_code == 422
    assert "Bas Smit heeft het nu" in done.content.decode()
    assert fresh(made).assignee == bas


def test_the_plan_shows_titles_and_never_somebody_elses_draft(manager: User, fatima: User) -> None:
    hers = assignment(to=factories.ambassador(), by=manager, subject="Van een ander")
    answer(contribution_of(hers), "moment", "Geheim concept")
    confided = assignment(to=factories.ambassador(), by=manager, subject="De verhuizing")
    answer(contribution_of(confided), "moment", "Stil")
    item = item_of(contribution_of(confided))
    type(item).objects.filter(pk=item.pk).update(is_confidential=True)
    free = assignment(free=True, by=manager, subject="De kantine")
    desk = Client()
    desk.force_login(fatima)

    page = desk.get("/write/planned/").content.decode()
    claimed = desk.post(f"/write/planned/{free.public_id}/")

    assert "Van een ander" in page
    assert "De kantine" in page
    assert "Geheim concept" not in page
    assert "De verhuizing" not in page
    assert claimed["Location"] == "/write/"
    assert fresh(free).assignee == fatima
    assert desk.post(f"/write/planned/{hers.public_id}/")["Location"] == "/write/planned/"


def test_in_a_mail_of_plain_text_all_of_what_somebody_wrote_stands_apart(fatima: User) -> None:
    assignment(to=fatima, note="Hoi Fatima,\r\n\r\nzoals we zeiden.\r\nGroet")

    body = str(mails_to(fatima)[-1].body).replace("\r\n", "\n")

    assert "\n    Hoi Fatima,\n\n    zoals we zeiden.\n    Groet\n\n" in body


def test_who_comes_second_is_told_that_the_words_were_for_somebody_else(
    manager: User, fatima: User
) -> None:
    bas = factories.ambassador(username="bas", first_name="Bas")
    made = assignment(to=fatima, by=manager, note="Tot bij de koffie, Fatima.")

    actions.hand_over(fresh(made), to=bas, by=manager)

    first, second = mails_to(fatima)[0], mails_to(bas)[-1]
    assert "eerst aan een collega gevraagd" not in str(first.body)
    _before, said, after = str(second.body).partition("Dit is eerst aan een collega gevraagd.")
    assert said
    assert "Tot bij de koffie, Fatima." in after
