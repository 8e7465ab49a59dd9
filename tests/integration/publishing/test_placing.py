"""Placing: said with the approval or afterwards, by who composes, and never part of the text."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.documents.models import PublicDocument
from cms.publishing.errors import NotForEveryone, TooManyRubrics
from cms.publishing.placing import compose, end_of, last_day_of, place
from cms.publishing.sections import add_section
from cms.stories.models import EditorialPage, FrontPage, Placement, Section
from cms.workflow import actions
from cms.workflow.errors import MomentRefused, NotAllowed
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db

FRONT = "/newsroom/front/"


def document_of(item: EditorialPage | Section) -> dict[str, Any]:
    found: dict[str, Any] = PublicDocument.objects.get(public_id=item.public_id).content
    return found


def front_document() -> dict[str, Any]:
    found: dict[str, Any] = PublicDocument.objects.get(kind="front").content
    return found


def test_what_is_online_moves_at_once_and_its_text_stays_approved() -> None:
    manager = factories.community_manager()
    item = stages.live(manager=manager)
    digest = stages.shown(item)

    until = timezone.now() + timedelta(days=2)
    place(item, by=manager, placement=Placement.LEAD, until=until)

    told = document_of(item)
    assert told["placement"] == "lead"
    assert told["placed_until"] == until.isoformat().replace("+00:00", "Z")
    assert stages.shown(item) == digest


def test_a_newer_text_does_not_move_it() -> None:
    manager = factories.community_manager()
    item = stages.live(manager=manager)
    draft = item.get_latest_revision().as_object()
    draft.placement = Placement.LEAD
    draft.save_revision(clean=False)

    assert stages.fresh(item).get_latest_revision_as_object().placement == ""

    place(item, by=manager, placement=Placement.PINNED)
    assert stages.fresh(item).get_latest_revision_as_object().placement == Placement.PINNED


def test_what_is_scheduled_has_its_place_from_its_first_second() -> None:
    manager = factories.community_manager()
    author = factories.ambassador()
    page, task_state = stages.submitted(by=author)

    place(page, by=manager, placement=Placement.LEAD)
    actions.approve(task_state, by=manager, digest=stages.shown(page))

    assert document_of(page)["placement"] == "lead"


def test_who_writes_does_not_place_and_what_is_for_some_has_no_place() -> None:
    manager, author = factories.community_manager(), factories.ambassador()
    item = stages.live(by=author, manager=manager)

    with pytest.raises(NotAllowed):
        place(item, by=author, placement=Placement.LEAD)
    with pytest.raises(MomentRefused):
        place(item, by=manager, placement=Placement.LEAD, until=timezone.now())
    EditorialPage.objects.filter(pk=item.pk).update(audience="board")
    with pytest.raises(NotForEveryone):
        place(item, by=manager, placement=Placement.LEAD)
    assert place(item, by=manager, placement="").placement == ""


def test_the_page_is_composed_by_who_may_and_holds_three_rubrics() -> None:
    manager = factories.community_manager()
    rubrics = [factories.rubric() for _ in range(4)]
    front = FrontPage(call_title="Doe mee", call_button="Ja")

    compose(front, by=manager, rubrics=rubrics[:2])

    told = front_document()
    assert told["rubrics"] == [str(each.public_id) for each in rubrics[:2]]
    assert told["call"]["button"] == "Ja"
    with pytest.raises(TooManyRubrics):
        compose(front, by=manager, rubrics=rubrics)
    with pytest.raises(NotAllowed):
        compose(front, by=factories.ambassador(), rubrics=[])


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 12, 3), "2026-12-03T23:00:00+00:00"),
        (date(2026, 10, 25), "2026-10-25T23:00:00+00:00"),  # a day of 25 hours
        (date(2027, 3, 28), "2027-03-28T22:00:00+00:00"),  # a day of 23 hours
    ],
)
def test_a_last_day_ends_at_the_hub_s_own_midnight(day: date, moment: str) -> None:
    assert end_of(day).isoformat() == moment
    assert last_day_of(end_of(day)) == day


@pytest.fixture
def manager(client: Client) -> User:
    found = factories.community_manager()
    client.force_login(found)
    return found


def test_the_screen_shows_what_stands_where_and_changes_it(client: Client, manager: User) -> None:
    item = stages.live(manager=manager, title="De grote schommel")
    coming = stages.scheduled(manager=manager, title="Straks pas")
    EditorialPage.objects.filter(pk=stages.item_of(coming).pk).update(placement=Placement.PINNED)
    through = timezone.localdate() + timedelta(days=3)

    client.post(
        FRONT,
        {"act": "place", "item": item.pk, "placement": "lead", "placed_through": str(through)},
    )
    shown = client.get(FRONT).content.decode()

    assert stages.fresh(item).placed_until == end_of(through)
    assert shown.index("De grote schommel") < shown.index("Straks pas")
    client.post(FRONT, {"act": "free", "item": item.pk})
    assert stages.fresh(item).placement == ""


def test_the_screen_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, manager: User
) -> None:
    rubrics = [factories.rubric().pk for _ in range(4)]
    yesterday = str(timezone.localdate() - timedelta(days=1))
    typed = {"act": "compose", "call_title": "Kom je ook?", "shows_newcomers": "on"}

    many = client.post(FRONT, {**typed, "rubrics": rubrics, "call_button": "Ja"})
    no_button = client.post(FRONT, typed)
    item = stages.live(manager=manager)
    past = {"act": "place", "item": item.pk, "placement": "lead", "placed_through": yesterday}

    assert (many.status_code, no_button.status_code) == (422, 422)
    assert "Kom je ook?" in no_button.content.decode()
    assert client.post(FRONT, past).status_code == 422
    assert client.post(FRONT, {"act": "free", "item": "x"}).status_code == 404
    composed = client.post(FRONT, {**typed, "rubrics": rubrics[:1], "call_button": "Ja"})
    assert composed.status_code == 302
    assert front_document()["call"]["title"] == "Kom je ook?"


def test_who_approves_says_with_it_where_it_stands(client: Client, manager: User) -> None:
    page, task_state = stages.submitted()
    through = timezone.localdate() + timedelta(days=4)
    answer = {
        "digest": stages.shown(page),
        "task_state": task_state.pk,
        "read": "on",
        "when": "at",
        "day": str(timezone.localdate() + timedelta(days=1)),
        "at": "09:00",
        "placement": "lead",
        "placed_through": str(through),
    }

    said = client.post(f"/newsroom/approve/{page.pk}/", answer)

    item = stages.fresh(page)
    assert said.status_code == 302
    assert (item.placement, item.placed_until) == (Placement.LEAD, end_of(through))
    assert item.publications.scheduled().count() == 1


def test_a_refused_approval_leaves_its_place_as_it_was(client: Client, manager: User) -> None:
    page, task_state = stages.submitted(by=manager)

    said = client.post(
        f"/newsroom/approve/{page.pk}/",
        {
            "digest": stages.shown(page),
            "task_state": task_state.pk,
            "read": "on",
            "when": "now",
            "confirmed": "on",
            "placement": "lead",
        },
    )

    assert said.status_code == 409
    assert stages.fresh(page).placement == ""


def test_a_hub_from_before_gets_the_agenda_it_lacks_by_one_button(client: Client) -> None:
    factories.section(title="Mededelingen", holds=Section.Holds.ANNOUNCEMENT)
    factories.section(title="Doe mee", holds=Section.Holds.COMMUNITY_ACTION)
    client.force_login(factories.community_manager())

    before = client.get(FRONT).content.decode()
    done = client.post(FRONT, {"act": "section", "holds": "event"}, follow=True)
    again = client.post(FRONT, {"act": "section", "holds": "event"})

    assert before.count("Deze hub heeft geen") == 1
    assert "geen agenda" in before
    assert "Deze hub heeft geen" not in done.content.decode()
    assert again.status_code == 302
    agenda = Section.objects.get(holds=Section.Holds.EVENT)
    assert (agenda.title, agenda.slug, agenda.live) == ("Agenda", "agenda", True)
    assert document_of(agenda)["path"] == "agenda/"
    assert client.post(FRONT, {"act": "section", "holds": "gossip"}).status_code == 404


def test_who_writes_adds_no_section() -> None:
    factories.hub_page()

    with pytest.raises(NotAllowed):
        add_section(Section.Holds.EVENT, by=factories.ambassador())

    assert not Section.objects.exists()
