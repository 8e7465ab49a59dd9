from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from cms.accounts.models import User
from cms.agreement.models import Answer, Entry, Party
from cms.contributions.models import Contribution
from cms.desk import times
from cms.desk.today.agreeing import waiting_for_agreement
from cms.desk.today.departments import quiet_departments
from cms.desk.today.late import late_requests
from cms.desk.today.own import own_items
from cms.desk.today.risks import at_risk
from cms.desk.today.sentence import for_newsroom
from cms.desk.today.waiting import waiting_for
from cms.desk.today.week import Day, Week
from cms.planning.standing import today
from cms.publishing import emergencies
from cms.publishing.models import Publication
from cms.workflow import agreements, texts
from cms.workflow.actions import approve, send_back, submit
from cms.workflow.models import ApprovalState
from tests import factories
from tests.factories import agreeing, stages
from tests.factories.planning import assignment, due

pytestmark = pytest.mark.django_db

MOST_QUERIES = 52
"""For the whole page, with Wagtail's own session, menu and permissions."""


def test_the_manager_reads_first_what_waits_for_her(client: Client) -> None:
    manager, writer = factories.community_manager(first_name="Marieke"), factories.ambassador()
    _fill(writer, manager)
    waiting = factories.story(by=writer, title="Wachtend verhaal", goal=factories.goal())
    submit(waiting, by=writer)
    client.force_login(manager)

    page = client.get("/newsroom/").content.decode()

    assert "Marieke" in page
    assert '<a href="#waiting">2 wachten op jou</a>' in page
    assert "Terug bij de schrijver" in page
    assert "Deze week live" in page
    assert "Wachtend verhaal" in page


def test_the_ambassador_reads_what_became_of_hers_and_begins_in_one_tap(client: Client) -> None:
    manager, writer = factories.community_manager(), factories.ambassador()
    rubric = factories.rubric(title="Tip van HR", purpose="Eén ding dat je vandaag regelt.")
    _fill(writer, manager)
    client.force_login(writer)

    page = client.get("/newsroom/").content.decode()

    assert "Mooi! En Kees?" in page
    assert "Eén ding dat je vandaag regelt." in page
    assert f"/newsroom/pages/add/stories/interview/{rubric.pk}/" in page
    assert "Rapporten" not in page


def test_the_approver_of_a_rubric_sees_only_what_waits_there(client: Client) -> None:
    member, other = factories.approver(), factories.approver()
    rubric = factories.rubric(approvers=member.groups.get(), open_to_ambassadors=False)
    theirs = factories.story(by=other, parent=rubric, title="Van ons", goal=factories.goal())
    submit(theirs, by=other)
    writer = factories.ambassador()
    elsewhere = factories.story(
        by=writer, parent=factories.rubric(), title="Van een ander", goal=factories.goal()
    )
    submit(elsewhere, by=writer)
    client.force_login(member)

    page = client.get("/newsroom/").content.decode()

    assert "Van ons" in page
    assert "Van een ander" not in page


def test_more_items_cost_no_more_queries(client: Client) -> None:
    manager, writer = factories.community_manager(), factories.ambassador()
    _fill(writer, manager)
    few = _queries(client, manager), _queries(client, writer)
    for _ in range(3):
        _fill(writer, manager)

    many = _queries(client, manager), _queries(client, writer)

    assert few == many
    assert max(many) <= MOST_QUERIES


def test_an_empty_newsroom_says_so(client: Client) -> None:
    factories.hub_page()
    client.force_login(factories.administrator())

    assert "Niets wacht op jou." in client.get("/newsroom/").content.decode()


def _queries(client: Client, user: User) -> int:
    client.force_login(user)
    client.get("/newsroom/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/newsroom/")
    return len(asked)


def _fill(writer: User, manager: User) -> None:
    """One story in each state that Today knows."""
    goal = factories.goal()
    factories.story(by=writer)
    waiting = factories.story(by=writer, goal=goal)
    submit(waiting, by=writer)
    returned = factories.story(by=writer, goal=goal)
    state = submit(returned, by=writer)
    send_back(state, by=manager, reason="missing", sentence="Mooi! En Kees?")
    online = factories.story(by=writer, goal=goal)
    state = submit(online, by=writer)
    approve(state, by=manager, digest=texts.latest_text(online).digest)


def test_a_writer_reads_first_what_asks_for_her_then_drafts_then_where_to_begin(
    client: Client,
) -> None:
    manager, writer = factories.community_manager(), factories.ambassador()
    _fill(writer, manager)
    client.force_login(writer)

    page = client.get("/newsroom/").content.decode()

    places = [page.index(f'id="{name}"') for name in ("moves", "drafts", "start", "own")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("to_come", "live", "said"),
    [
        (0, 0, "Deze week gaat er niets live."),
        (0, 1, "Deze week ging er 1 live; er staat niets meer klaar."),
        (0, 3, "Deze week gingen er 3 live; er staat niets meer klaar."),
        (1, 0, "Deze week gaat er 1 live."),
        (2, 1, "Deze week gaan er 2 live; 1 staat er al."),
        (1, 2, "Deze week gaat er 1 live; 2 staan er al."),
    ],
)
def test_the_sentence_never_counts_to_nought(to_come: int, live: int, said: str) -> None:
    states = [Publication.State.SCHEDULED] * to_come + [Publication.State.PUBLISHED] * live
    day = Day(date(2026, 11, 16), is_today=True)
    day.publications.extend(Publication(state=state) for state in states)

    with override("nl"):
        sentence = for_newsroom(faults=0, waiting=0, risks=0, week=Week(47, [day]))

    assert strip_tags(sentence) == f"Niets wacht op jou. {said}"


def test_who_has_no_deputy_is_reminded_until_there_is_one(client: Client) -> None:
    client.force_login(factories.community_manager())
    assert "nog geen vervanger" in client.get("/newsroom/").content.decode()

    factories.community_manager()

    assert "nog geen vervanger" not in client.get("/newsroom/").content.decode()


def test_what_lies_still_and_what_stands_on_one_yes_is_at_risk() -> None:
    manager, writer = factories.community_manager(), factories.ambassador()
    week_ago = timezone.now() - timedelta(days=7)
    lying, fresh = (stages.submitted(by=writer, title=title)[0] for title in ("Ligt", "Vers"))
    back, state = stages.submitted(by=writer, title="Terug")
    send_back(state, by=manager, reason="tone", sentence="Lichter?")
    ApprovalState.objects.filter(workflow_state__object_id=str(lying.pk)).update(
        started_at=week_ago
    )
    ApprovalState.objects.filter(pk=state.pk).update(finished_at=week_ago - timedelta(days=1))
    writer.groups.add(Group.objects.get(name=emergencies.SENDERS))
    urgent = stages.ready_story(by=writer, title="Spoed")
    emergencies.send_first(urgent, by=writer, digest=stages.shown(urgent), reason="Nu")

    found = at_risk(manager)

    assert [risk.facts.item.pk for risk in found] == [urgent.pk, back.pk, lying.pk]
    assert fresh.pk not in {risk.facts.item.pk for risk in found}


def test_what_waits_for_somebody_in_it_is_told_in_one_place_and_to_its_writer(
    client: Client,
) -> None:
    manager, writer = factories.community_manager(), factories.ambassador()
    page, kees = agreeing.interviewed(by=writer, title="Aan de las")
    agreeing.in_review(page, by=writer)
    assert [row.facts.item.pk for row in waiting_for(manager)] == [page.pk]

    agreements.ask(page, by=manager)
    tuesday = datetime(2026, 11, 17, 9, tzinfo=UTC)
    Party.objects.update(asked_at=tuesday)

    assert waiting_for(manager) == []
    (row,) = waiting_for_agreement(manager)
    assert (row.facts.item.pk, row.sentence) == (page.pk, "Wacht op akkoord van Kees Brouwer.")
    assert waiting_for_agreement(factories.approver()) == []
    (own,) = own_items(writer)
    since = times.since_day(tuesday)
    assert own.sentence == f"Wacht op akkoord van Kees Brouwer, sinds {since}."
    ApprovalState.objects.update(started_at=tuesday - timedelta(days=9))
    (risk,) = at_risk(manager, now=tuesday + timedelta(days=7))
    assert (risk.why, risk.since) == ("wacht op akkoord van Kees Brouwer", tuesday)

    Entry.objects.create(
        item=page, item_id_kept=page.public_id, person=factories.person(), answer=Answer.NO
    )
    assert own_items(writer)[0].sentence == "Er is geen akkoord. Zo kan dit niet online."
    agreeing.says(page, kees)
    assert [row.facts.item.pk for row in waiting_for(manager)] == [page.pk]
    begun = times.since_day(ApprovalState.objects.get().started_at)
    assert own_items(writer)[0].sentence == f"Wacht op {manager.display_name}, sinds {begun}."
    client.force_login(writer)
    assert f"Wacht op {manager.display_name}" in client.get("/write/").content.decode()


def test_a_day_is_said_as_people_say_it() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    said = [times.since_day(now - timedelta(days=days), now=now) for days in (0, 1, 3, 6, 7)]
    with override("nl"):
        assert times.since_day(now - timedelta(days=3), now=now) == "dinsdag"

    assert said == ["vandaag", "gisteren", "dinsdag", "zaterdag", "13 nov"]


def test_a_request_past_its_day_comes_up_with_the_manager_only(client: Client) -> None:
    manager, writer = factories.community_manager(), factories.ambassador()
    yesterday = today() - timedelta(days=1)
    late = due(assignment(to=writer, subject="Over de heg"), yesterday)
    due(assignment(to=writer), today())
    due(assignment(free=True), yesterday)
    handed_in = due(assignment(to=writer), yesterday)
    story = stages.submitted(by=writer)[0]
    Contribution.objects.filter(assignment=handed_in).update(item=story)
    approved = due(assignment(to=writer), yesterday)
    live = stages.live(by=writer, manager=manager)
    Contribution.objects.filter(assignment=approved).update(item=live)
    back = due(assignment(to=writer), yesterday - timedelta(days=1))
    draft = factories.story(by=writer)
    Contribution.objects.filter(assignment=back).update(item=draft)

    assert [row.assignment for row in late_requests(manager)] == [back, late]
    client.force_login(manager)
    page = client.get("/newsroom/").content.decode()
    assert '<a href="#late">2 verzoeken zijn te laat</a>' in page
    assert "1 dag te laat" in page
    listed = client.get("/newsroom/requests/?which=late").content.decode()
    assert "2 verzoeken" in listed
    client.force_login(writer)
    assert 'id="late"' not in client.get("/newsroom/").content.decode()


def test_a_quiet_department_is_named_unless_it_is_small() -> None:
    large, small, heard = (factories.department(name=name) for name in ("Buiten", "Klein", "Hoor"))
    for department, number in ((large, 10), (small, 2), (heard, 10)):
        User.objects.bulk_create(
            User(username=f"{department.name}{one}", department=department) for one in range(number)
        )
    story = factories.story(live=True, first_published_at=timezone.now())
    story.departments.add(heard)
    story.save()

    quiet = quiet_departments()

    assert [one.name for one in quiet.named] == ["Buiten"]
    assert quiet.small == 1
