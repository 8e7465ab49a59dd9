from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from cms.accounts.models import User
from cms.desk.today.departments import quiet_departments
from cms.desk.today.risks import at_risk
from cms.desk.today.sentence import for_newsroom
from cms.desk.today.week import Day, Week
from cms.publishing import emergencies
from cms.publishing.models import Publication
from cms.workflow import texts
from cms.workflow.actions import approve, send_back, submit
from cms.workflow.models import ApprovalState
from tests import factories
from tests.factories import stages

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
