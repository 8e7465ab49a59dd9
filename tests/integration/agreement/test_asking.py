"""Who is asked, when, by which way; and what she sees on her own page."""

import json
from argparse import Namespace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from cms.accounts.models import Person
from cms.agreement.models import Answer, Channel, Entry, Party, Representative
from cms.agreement.rules import Stand
from cms.config.command import agreements as agreements_command
from cms.publishing import actions as publishing
from cms.publishing import precautions, retention
from cms.publishing.errors import NotWaiting
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow import actions, agreements
from cms.workflow.errors import NotAllowed
from tests import factories
from tests.factories import agreeing, stages
from tests.factories import contributions as forms
from tests.factories.links import path_of
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db


def mails_about(address: str) -> list[str]:
    return [str(mail.body) for mail in all_mails() if mail.to == [address]]


def link_in(mail: str) -> str:
    (line,) = [line for line in mail.splitlines() if "/w/?k=" in line]
    return path_of(line.strip())


def came_in(mail: str) -> tuple[Client, str]:
    """Open the link of a mail; return the browser and the page that it leads to."""
    browser = Client()
    opened = browser.get(link_in(mail))
    return browser, opened["Location"]


def asked(name: str = "Kees Brouwer", **fields: Any) -> tuple[EditorialPage, Person]:
    email = f"{name.partition(' ')[0].lower()}@example.test"
    kees = factories.person(name=name, email=email)
    page, _kees = agreeing.interviewed(who=kees, **fields)
    agreeing.in_review(page, by=page.owner)
    agreements.ask(page, by=page.owner)
    return page, kees


def test_she_says_yes_by_her_link_without_an_account_and_a_mail_scanner_does_not() -> None:
    page, kees = asked()
    (mail,) = mails_about("kees@example.test")
    browser, own = came_in(mail)

    seen = unescape(browser.get(own).content.decode())
    assert "Aan de las hoor ik of iemand haast had." in seen
    assert not Entry.objects.exists()
    shown = agreeing.digest(page, kees)
    answered = browser.post(own, {"answer": "yes", "digest": shown}, follow=True)

    entry = Entry.objects.get()
    assert (entry.answer, entry.channel, entry.digest) == (
        Answer.YES,
        Channel.LINK,
        agreeing.rows(page, kees)[0].part.digest(entry.matter),  # type: ignore[arg-type]
    )
    assert entry.link is not None
    assert [each["said"] for each in entry.shown] == [html for _ask, html in agreeing.ANSWERS]
    assert "take-back" in answered.content.decode()
    assert answered["Referrer-Policy"] == "same-origin"
    assert "script-src" not in answered["Content-Security-Policy"]


def test_her_page_is_for_nobody_else() -> None:
    page, kees = asked()
    party = Party.objects.get(person=kees)
    path = f"/write/agree/{party.public_id}/"
    other, _noor = asked("Noor Hiemstra")
    (mail, *_rest) = mails_about("kees@example.test")
    browser, own = came_in(mail)
    assert browser.get(own).status_code == 200

    manager = Client()
    manager.force_login(factories.community_manager())
    assert manager.get(path).status_code == 404
    assert Client().get(path).status_code == 302
    mine = Party.objects.get(item=other.pk)
    assert browser.get(f"/write/agree/{mine.public_id}/").status_code == 302
    assert page.pk != other.pk


def test_a_sentence_goes_back_to_what_she_said() -> None:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    made = forms.contribution(starter="spotlight", about=kees)
    questions = [
        one.key
        for one in made.question_set.questions.asked
        if one.asked_of == "interviewee" and one.kind in {"short", "long"}
    ]
    forms.fill(made, dict.fromkeys(questions, "Ik ben vroeg op. Dan is het stil. Dat is fijn."))
    item = forms.item_of(made)
    kept = agreeing.blocks(item)
    block = next(dict(each) for each in kept if "vroeg" in str(each["value"]))
    for each in kept:
        if each["id"] == block["id"]:
            each["value"] = _rewritten(each["value"])
    agreeing.rewrite(item, body=kept)
    agreements.ask(item, by=item.owner)
    browser, own = came_in(mails_about("kees@example.test")[-1])

    shown = unescape(browser.get(own).content.decode())
    assert "<del>Ik ben vroeg op.</del>" in shown
    assert "<ins>Kees staat graag vroeg op.</ins>" in shown
    browser.post(
        f"{own}put-back/",
        {"where": block["id"], "number": "0", "digest": agreeing.digest(item, kees)},
    )

    now = next(each for each in agreeing.blocks(item) if each["id"] == block["id"])
    assert "Ik ben vroeg op. Dan is het stil." in str(now["value"])
    assert Revision.objects.for_instance(item).latest("pk").user is None


def test_nobody_is_told_of_putting_back_where_no_button_does_it() -> None:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    made = forms.contribution(starter="spotlight", about=kees)
    forms.fill(made, {"hands": "Ik ben vroeg op.", "notice": "Ik ben vroeg op."})
    item = forms.item_of(made)
    agreements.ask(item, by=item.owner)
    browser, own = came_in(mails_about("kees@example.test")[-1])
    answered = {
        "answer": "change",
        "sentence": "Liever anders.",
        "digest": agreeing.digest(item, kees),
    }
    browser.post(own, answered)
    kept = agreeing.blocks(item)
    for each in kept:
        each["value"] = _rewritten(each["value"])
    agreeing.rewrite(item, body=kept)

    shown = unescape(browser.get(own).content.decode())

    assert "2 plekken zijn anders dan wat jij zei." in shown
    assert "terugzetten" not in shown
    agreements.ask(item, by=item.owner)
    assert "Je kunt ze elk terugzetten." in unescape(browser.get(own).content.decode())


def _rewritten(value: object) -> object:
    if isinstance(value, str):
        return value.replace("Ik ben vroeg op.", "Kees staat graag vroeg op.")
    return {key: _rewritten(each) for key, each in value.items()}  # type: ignore[attr-defined]


def test_the_clock_asks_once_an_editor_is_done_and_once_for_each_change() -> None:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    page, _kees = agreeing.interviewed(who=kees)
    agreeing.in_review(page, by=page.owner)
    later = timezone.now() + agreements.QUIET

    assert agreements.ask_where_due(now=timezone.now()) == 0
    assert agreements.ask_where_due(now=later) == 1
    assert agreements.ask_where_due(now=later + timedelta(minutes=1)) == 0
    assert len(mails_about("kees@example.test")) == 1


def test_she_is_reminded_twice_at_most_and_never_after_she_answered() -> None:
    page, _kees = asked()
    now = timezone.now()

    for days in range(1, 12):
        agreements.remind_where_due(now=now + timedelta(days=days))
    assert len(mails_about("kees@example.test")) == 3

    other, noor = asked("Noor Hiemstra")
    agreeing.says(other, noor, Answer.NO)
    for days in range(1, 12):
        agreements.remind_where_due(now=now + timedelta(days=days))
    assert len(mails_about("noor@example.test")) == 1
    assert page.pk != other.pk


def test_for_a_child_a_parent_answers_and_nobody_else() -> None:
    child = factories.person(name="Pim de Vries", user=factories.employee(with_person=False))
    Representative.objects.create(
        person=child, capacity="parent", name="Lotte de Vries", email="lotte@example.test"
    )
    page, _child = agreeing.interviewed(who=child)
    agreeing.in_review(page, by=page.owner)
    agreements.ask(page, by=page.owner)
    browser, own = came_in(mails_about("lotte@example.test")[0])
    herself = Client()
    assert child.user is not None
    herself.force_login(child.user)
    assert herself.get(own).status_code == 404

    browser.post(own, {"answer": "yes", "digest": agreeing.digest(page, child)})

    entry = Entry.objects.get()
    assert (entry.capacity, entry.given_by) == ("parent", "Lotte de Vries")


def test_a_yes_on_paper_names_who_took_it_down_and_a_telephone_is_not_enough_for_health() -> None:
    page, kees = asked()
    manager = factories.community_manager()
    shown = agreeing.digest(page, kees)
    with pytest.raises(NotAllowed):
        agreements.take_down(page, kees, by=page.owner, channel=Channel.PAPER, digest=shown)
    precautions.mark_sensitive(page, "health", by=manager)
    with pytest.raises(NotAllowed):
        agreements.take_down(page, kees, by=manager, channel=Channel.PHONE, digest=shown)

    agreements.take_down(
        page, kees, by=manager, channel=Channel.PAPER, digest=agreeing.digest(page, kees)
    )

    entry = Entry.objects.get()
    assert (entry.taken_down_by, entry.basis) == (manager, "explicit-consent")


def test_nobody_writes_down_a_yes_of_who_said_no() -> None:
    page, kees = asked()
    agreeing.says(page, kees, Answer.NO)

    with pytest.raises(NotAllowed):
        agreements.take_down(
            page,
            kees,
            by=factories.community_manager(),
            channel=Channel.PHONE,
            digest=agreeing.digest(page, kees),
        )
    assert agreements.ask(page, by=page.owner) == []


def test_who_takes_it_back_gets_a_report_and_is_told_when_it_is_gone() -> None:
    page, kees = asked()
    manager = factories.community_manager()
    browser, own = came_in(mails_about("kees@example.test")[0])
    browser.post(own, {"answer": "yes", "digest": agreeing.digest(page, kees)})
    state = page.current_workflow_task_state
    actions.approve(state, by=manager, digest=stages.shown(page))

    first = browser.post(own, {"answer": "take-back"})
    assert first.status_code == 200
    assert EditorialPage.objects.get(pk=page.pk).live
    done = browser.post(own, {"answer": "take-back", "sure": "1"}, follow=True)

    assert not EditorialPage.objects.get(pk=page.pk).live
    assert agreeing.rows(page, kees)[0].stand == Stand.REFUSED
    assert done.status_code == 200
    again = browser.get(f"{own}?again").content.decode()
    assert 'value="yes"' in again


def test_the_newsroom_sees_who_is_awaited_but_never_who_refused() -> None:
    noor = factories.person(name="Noor Hiemstra", email="noor@example.test")
    page, kees = asked(lead_image=agreeing.portrait(noor))
    manager = Client()
    manager.force_login(factories.community_manager())
    path = f"/newsroom/agreements/{page.pk}/"
    waiting = unescape(manager.get(path).content.decode())
    assert waiting.count('value="link"') == 2

    agreeing.says(page, kees)
    agreeing.says(page, noor, Answer.NO)

    seen = unescape(manager.get(path).content.decode())
    assert 'value="link"' not in seen
    assert 'value="ask"' not in seen
    for said in (kees, noor):
        row = seen.partition(said.name)[2].partition("</li>")[0]
        assert "<p>" not in row.partition("</h2>")[2].partition("<details")[0]
    register = unescape(manager.get("/newsroom/agreements/").content.decode())
    assert noor.name not in register
    export = manager.get(f"/newsroom/agreements/of/{noor.pk}/?as=json").json()
    assert export == []


def test_her_part_of_the_register_is_a_file_without_formulas() -> None:
    page, kees = asked()
    EditorialPage.objects.filter(pk=page.pk).update(title="=1+1")
    agreeing.rewrite(page, title="=1+1")
    agreeing.says(page, kees)
    manager = Client()
    manager.force_login(factories.community_manager())

    answer = manager.get(f"/newsroom/agreements/of/{kees.pk}/")
    lines = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

    assert '"\'=1+1"' in lines
    assert "Aan de las hoor ik" in lines


def test_her_part_of_the_register_tells_a_manager_nothing_confidential() -> None:
    page, kees = asked()
    agreeing.says(page, kees)
    EditorialPage.objects.filter(pk=page.pk).update(is_confidential=True)
    manager = Client()
    manager.force_login(factories.community_manager())

    as_csv = manager.get(f"/newsroom/agreements/of/{kees.pk}/")
    as_json = manager.get(f"/newsroom/agreements/of/{kees.pk}/?as=json")

    written = b"".join(as_csv.streaming_content)  # type: ignore[attr-defined]
    assert b"Aan de las hoor ik" not in written + as_json.content
    assert as_json.json() == []


def test_a_picture_taken_back_leaves_the_story_live_without_it() -> None:
    noor = factories.person(name="Noor Hiemstra", email="noor@example.test")
    author, manager = factories.ambassador(), factories.community_manager()
    story = stages.ready_story(by=author, lead_image=agreeing.portrait(noor))
    state = agreeing.in_review(story, by=author)
    agreeing.says(story, noor)
    actions.approve(state, by=manager, digest=stages.shown(story))
    assert stages.fresh(story).live

    agreeing.takes_back(story, noor)

    now = stages.fresh(story)
    assert now.live
    assert now.lead_image is None
    newest = Publication.objects.filter(page=story.pk).order_by("-pk").first()
    assert newest is not None
    assert (newest.state, newest.approved_by) == (Publication.State.PUBLISHED, manager)
    with pytest.raises(NotWaiting):
        publishing.reschedule(newest, by=manager, due_at=None)


def test_the_command_gives_her_everything_refusals_included(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page, kees = asked()
    agreeing.says(page, kees, Answer.NO)

    assert agreements_command.run(Namespace(person=kees.name, csv=False)) == 0

    (record,) = json.loads(capsys.readouterr().out)
    assert (record["answer"], record["words"]) == ("no", [])


def test_the_register_forgets_a_year_after_it_left_the_hub_and_not_before() -> None:
    page, kees = asked()
    agreeing.says(page, kees)
    later = timezone.now() + retention.KEEP_AGREEMENT + timedelta(days=1)
    EditorialPage.objects.filter(pk=page.pk).update(live=True)
    assert retention.agreements(later) == 0

    EditorialPage.objects.filter(pk=page.pk).update(live=False, expire_at=later)
    assert retention.agreements(later) == 0
    EditorialPage.objects.filter(pk=page.pk).update(expire_at=None)
    assert retention.agreements(later) == 1


def test_who_asks_hears_to_whom_no_mail_went(client: Client) -> None:
    client.force_login(factories.community_manager())
    page, kees = agreeing.interviewed()
    ria = factories.person(name="Ria Vos", email="ria@example.test")
    image = agreeing.portrait(ria)
    agreeing.rewrite(page, lead_image=image, lead_image_alt="Ria lacht")

    asked = client.post(f"/newsroom/agreements/{page.pk}/", {"act": "ask"}, follow=True)

    assert not kees.email
    told = unescape(asked.content.decode())
    assert "1 persoon kreeg een mail." in told
    assert "Naar Kees Brouwer gaat geen mail: geef zelf de link." in told
