"""Approving, sending back, accepting, moving and taking offline, on their pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.publishing.models import Publication
from cms.publishing.status import Signal, StatusKey, status_of
from cms.stories.models import Story
from cms.workflow import texts
from cms.workflow.actions import submit
from tests import factories
from tests.factories import stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return factories.ambassador(first_name="Fatima", last_name="El Amrani")


@pytest.fixture
def manager(client: Client) -> User:
    made = factories.community_manager(first_name="Marieke", last_name="Groot")
    client.force_login(made)
    return made


@pytest.fixture
def story(writer: User) -> Story:
    made = factories.story(by=writer, title="Ria leert iedereen lassen", goal=factories.goal())
    submit(made, by=writer)
    return made


def test_the_page_shows_the_text_the_code_and_what_is_right(
    client: Client, manager: User, story: Story
) -> None:
    page = client.get(f"/newsroom/approve/{story.pk}/")

    shown = page.content.decode()
    assert texts.latest_text(story).digest in shown
    assert "Keur goed en zet klaar" in shown
    assert "/preview/?content_type=stories.story&amp;token=" in shown
    assert "no-store" in page["Cache-Control"]


def test_approving_for_a_moment_makes_it_ready(client: Client, manager: User, story: Story) -> None:
    day = (timezone.localtime() + timedelta(days=3)).date()
    stages.submitted(title="Nog een")

    answer = client.post(
        f"/newsroom/approve/{story.pk}/", _said(story, day=day.isoformat(), at="09:10"), follow=True
    )

    assert status_of(_again(story)).key == StatusKey.SCHEDULED
    shown = answer.content.decode()
    assert "staat klaar voor" in shown
    assert "Volgende: Nog een" in shown  # and not all of Today, which is much for a phone
    local = timezone.localtime(Publication.objects.get().due_at)
    assert (local.date(), local.hour, local.minute) == (day, 9, 10)


def test_live_now_asks_once_more(client: Client, manager: User, story: Story) -> None:
    said = _said(story, when="now")

    asked = client.post(f"/newsroom/approve/{story.pk}/", said)
    assert "Ja, nu live" in asked.content.decode()
    assert not _again(story).live

    client.post(f"/newsroom/approve/{story.pk}/", {**said, "confirmed": "on"})
    assert _again(story).live


def test_who_did_not_read_it_all_is_told_so_and_loses_nothing(
    client: Client, manager: User, story: Story
) -> None:
    said = {**_said(story, day="2031-05-06", at="10:15"), "read": ""}

    answer = client.post(f"/newsroom/approve/{story.pk}/", said)

    assert answer.status_code == 422
    assert "Nog 1 ding" in answer.content.decode()
    assert "2031-05-06" in answer.content.decode()


def test_a_moment_in_the_past_is_refused_with_words(
    client: Client, manager: User, story: Story
) -> None:
    said = _said(story, day="2020-01-01", at="09:00")

    answer = client.post(f"/newsroom/approve/{story.pk}/", said)

    assert answer.status_code == 422
    assert "is voorbij" in answer.content.decode()


def test_a_time_that_comes_twice_asks_which(client: Client, manager: User, story: Story) -> None:
    answer = client.post(
        f"/newsroom/approve/{story.pk}/", _said(story, day="2031-10-26", at="02:30")
    )

    assert "wintertijd" in answer.content.decode()

    client.post(
        f"/newsroom/approve/{story.pk}/",
        _said(story, day="2031-10-26", at="02:30", season="winter"),
    )
    assert Publication.objects.get().due_at.hour == 1


def test_a_time_that_the_clock_skips_offers_its_neighbours(
    client: Client, manager: User, story: Story
) -> None:
    said = _said(story, day="2031-03-30", at="02:30")
    before, after = "2031-03-30T00:59:00+00:00", "2031-03-30T01:00:00+00:00"

    answer = client.post(f"/newsroom/approve/{story.pk}/", said)

    shown = answer.content.decode()
    assert answer.status_code == 422
    words = "De klok slaat 02:30 die nacht over. Kies 01:59 of 03:00."
    (place,) = re.findall(rf'<li><a href="#(\w+)">{words}</a>', shown.partition("<h1")[0])
    assert shown.count(f'id="{place}"') == 1
    assert shown.count(words) > 1
    assert f'value="{before}"' in shown
    assert f'value="{after}"' in shown
    assert "zo 30 maart 2031 om 03:00" in shown

    client.post(f"/newsroom/approve/{story.pk}/", {**said, "instead": after})
    assert Publication.objects.get().due_at.isoformat() == after


def test_an_offer_counts_only_for_the_time_it_was_made_for(
    client: Client, manager: User, story: Story
) -> None:
    said = _said(story, day="2031-03-30", at="02:30", instead="2031-03-29T12:00:00+00:00")
    assert client.post(f"/newsroom/approve/{story.pk}/", said).status_code == 422

    client.post(
        f"/newsroom/approve/{story.pk}/", {**said, "at": "04:30", "instead": "2031-03-30T01:00"}
    )
    assert Publication.objects.get().due_at.isoformat() == "2031-03-30T02:30:00+00:00"


def test_the_second_of_two_is_shown_as_such_when_it_is_moved(
    client: Client, manager: User, story: Story
) -> None:
    said = _said(story, day="2031-10-26", at="02:30", season="winter")
    client.post(f"/newsroom/approve/{story.pk}/", said)

    page = client.get(f"/newsroom/moment/{story.pk}/").content.decode()

    assert re.search(r'value="winter"[^>]*\bchecked', page)


def test_a_change_since_the_look_stops_the_approval_and_shows_it(
    client: Client, manager: User, story: Story
) -> None:
    said = _said(story, when="now", confirmed="on")
    client.get(f"/newsroom/approve/{story.pk}/")
    newer = story.get_latest_revision_as_object()
    newer.summary = "Een heel andere samenvatting."
    newer.save_revision(user=story.owner, overwrite_revision=story.get_latest_revision())

    answer = client.post(f"/newsroom/approve/{story.pk}/", said)

    assert answer.status_code == 409
    assert "veranderd sinds je keek" in answer.content.decode()
    assert "<ins>" in answer.content.decode()
    assert not _again(story).live
    again = client.get(f"/newsroom/approve/{story.pk}/").content.decode()
    assert "Veranderd sinds je keek" in again


def test_nobody_approves_her_own_story(client: Client) -> None:
    manager = factories.community_manager()
    own = factories.story(by=manager, goal=factories.goal())
    submit(own, by=manager)
    client.force_login(manager)

    answer = client.post(f"/newsroom/approve/{own.pk}/", _said(own, when="now", confirmed="on"))

    assert answer.status_code == 409
    assert not _again(own).live


def test_sending_back_asks_a_reason_and_a_sentence(
    client: Client, manager: User, story: Story
) -> None:
    where = f"/newsroom/approve/{story.pk}/send-back/"
    state = story.current_workflow_task_state

    refused = client.post(where, {"task_state": state.pk, "reason": "missing", "sentence": " "})
    assert refused.status_code == 422

    client.post(where, {"task_state": state.pk, "reason": "missing", "sentence": "Mooi! En Kees?"})
    assert Signal.SENT_BACK in status_of(_again(story)).signals


def test_the_author_reads_the_edit_and_says_yes(
    client: Client, manager: User, story: Story, writer: User
) -> None:
    newer = story.get_latest_revision_as_object()
    newer.summary = "De redactie schreef dit opnieuw."
    newer.save_revision(user=manager)
    client.force_login(writer)

    page = client.get(f"/newsroom/accept/{story.pk}/").content.decode()
    assert "<del>" in page

    digest = texts.latest_text(_again(story)).digest
    client.post(f"/newsroom/accept/{story.pk}/", {"digest": digest, "answer": "yes"})
    client.force_login(manager)
    client.post(f"/newsroom/approve/{story.pk}/", _said(story, when="now", confirmed="on"))
    assert _again(story).live


def test_the_author_says_no_with_a_sentence(
    client: Client, manager: User, story: Story, writer: User
) -> None:
    newer = story.get_latest_revision_as_object()
    newer.summary = "De redactie schreef dit opnieuw."
    newer.save_revision(user=manager)
    client.force_login(writer)

    client.post(
        f"/newsroom/accept/{story.pk}/", {"answer": "no", "sentence": "Zo zei ik het niet."}
    )

    assert status_of(_again(story)).key == StatusKey.DRAFT


def test_a_ready_story_gets_another_time_or_none(
    client: Client, manager: User, story: Story
) -> None:
    client.post(f"/newsroom/approve/{story.pk}/", _said(story, day="2031-05-06", at="10:15"))

    client.post(f"/newsroom/moment/{story.pk}/", {"when": "at", "day": "2031-06-07", "at": "11:00"})
    assert timezone.localtime(Publication.objects.get().due_at).month == 6

    client.post(f"/newsroom/moment/{story.pk}/", {"answer": "cancel"})
    assert status_of(_again(story)).key == StatusKey.APPROVED


def test_taking_offline_asks_first(client: Client, manager: User, story: Story) -> None:
    client.post(f"/newsroom/approve/{story.pk}/", _said(story, when="now", confirmed="on"))

    assert "Ja, haal offline" in client.get(f"/newsroom/offline/{story.pk}/").content.decode()
    assert _again(story).live

    client.post(f"/newsroom/offline/{story.pk}/", {"reason": "Klopt niet meer."})
    assert status_of(_again(story)).key == StatusKey.WITHDRAWN


def test_what_was_decided_says_how_it_stands(client: Client, manager: User, story: Story) -> None:
    client.post(
        f"/newsroom/approve/{story.pk}/", _said(story, when="now", confirmed="on"), follow=True
    )

    page = client.get(f"/newsroom/approve/{story.pk}/").content.decode()

    assert "Dit wacht niet op een besluit" in page


def test_the_works_council_approves_its_own_and_the_manager_only_reads(client: Client) -> None:
    member, other = factories.approver(), factories.approver()
    rubric = factories.rubric(approvers=member.groups.get(), open_to_ambassadors=False)
    item = factories.story(by=member, parent=rubric, goal=factories.goal())
    submit(item, by=member)

    client.force_login(factories.community_manager())
    assert (
        "Hier keuren anderen goed" in client.get(f"/newsroom/approve/{item.pk}/").content.decode()
    )

    client.force_login(other)
    client.post(f"/newsroom/approve/{item.pk}/", _said(item, when="now", confirmed="on"))
    assert _again(item).live


def _said(item: Story, **said: str) -> dict[str, str]:
    fresh = _again(item)
    return {
        "digest": texts.latest_text(fresh).digest,
        "task_state": str(fresh.current_workflow_task_state.pk),
        "when": "at",
        "read": "on",
        **said,
    }


def _again(item: Story) -> Story:
    return Story.objects.get(pk=item.pk)
