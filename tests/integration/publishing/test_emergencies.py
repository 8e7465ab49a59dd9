"""The emergency lane: on the hub with one yes, and off again unless a second one comes in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from mailer.models import Message

from cms.accounts.models import User
from cms.alarms.content import problems_of_content
from cms.alarms.problems import Kind
from cms.core.readings import Reading
from cms.documents.models import PublicDocument
from cms.publishing import actions as publishing
from cms.publishing import clock, emergencies, news
from cms.publishing.errors import AlreadyLive
from cms.publishing.models import Emergency, Publication
from cms.publishing.status import StatusKey, status_of
from cms.stories.models import Story
from cms.workflow import actions
from cms.workflow.errors import (
    ChangedSinceShown,
    NotAllowed,
    NotReady,
    SecondPersonNeeded,
    WordsNeeded,
)
from tests import factories
from tests.factories import stages
from tests.integration.publishing.test_clock import in_threads
from tests.integration.workflow.outbox import mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HOUR = timedelta(hours=1)


def sender() -> User:
    made = factories.ambassador()
    made.groups.add(Group.objects.get(name=emergencies.SENDERS))
    return made


def sent(*, by: User | None = None, at: datetime | None = None) -> Emergency:
    author = by or sender()
    slug = f"gaslek-{Emergency.objects.count()}"
    story = stages.ready_story(by=author, title="Gaslek in hal 3", slug=slug)
    moment = at or timezone.now()
    return emergencies.send_first(
        story,
        by=author,
        digest=stages.shown(story),
        reason="Iedereen moet nu naar buiten.",
        reading=lambda: moment,
    )


def at(moment: datetime) -> Reading:
    """Return a clock that stands still."""
    return lambda: moment


def story_of(emergency: Emergency) -> Story:
    return Story.objects.get(emergencies=emergency)


def confirm(emergency: Emergency, *, by: User) -> None:
    story = story_of(emergency)
    state = story.current_workflow_task_state
    assert state is not None
    actions.approve(state, by=by, digest=stages.shown(story))


def test_a_named_sender_is_live_at_once_and_the_approvers_are_called() -> None:
    manager, first_aid = factories.community_manager(), sender()

    emergency = sent(by=first_aid)

    assert story_of(emergency).live
    assert PublicDocument.objects.filter(kind="story").count() == 1
    (called,) = mails_to(manager)
    assert called.subject == "Kijk nu: ‘Gaslek in hal 3’ staat live met één ja"
    assert "Iedereen moet nu naar buiten." in called.body
    assert "Bel iemand" in mails_to(first_aid)[-1].body


def test_without_a_reason_on_another_text_or_once_more_nothing_goes_out() -> None:
    author = sender()
    story = stages.ready_story(by=author)
    digest = stages.shown(story)

    manager = factories.community_manager()
    with pytest.raises(NotAllowed):
        emergencies.send_first(story, by=manager, digest=digest, reason="Nu")
    with pytest.raises(WordsNeeded):
        emergencies.send_first(story, by=author, digest=digest, reason="  ")
    stages.edit(story, by=author, summary="")
    with pytest.raises(ChangedSinceShown):
        emergencies.send_first(story, by=author, digest=digest, reason="Nu")
    with pytest.raises(NotReady):
        emergencies.send_first(story, by=author, digest=stages.shown(story), reason="Nu")
    assert not Emergency.objects.exists()
    sent_one = sent(by=author)
    with pytest.raises(AlreadyLive):
        emergencies.send_first(
            story_of(sent_one), by=author, digest=sent_one.publication.digest, reason="Nu"
        )


def test_the_second_yes_keeps_it_and_publishes_nothing_twice() -> None:
    manager, first_aid = factories.community_manager(), sender()
    emergency = sent(by=first_aid)

    confirm(emergency, by=manager)

    emergency.refresh_from_db()
    assert (emergency.state, emergency.confirmed_by) == (Emergency.State.CONFIRMED, manager)
    assert Publication.objects.get().approved_by == manager
    assert clock.take_down_due(reading=lambda: emergency.deadline + HOUR) == 0
    assert story_of(emergency).live
    assert mails_to(first_aid)[-1].subject.startswith("Bevestigd: ")


def test_who_sent_it_first_is_told_once_that_it_is_live_and_other_writers_are_thanked() -> None:
    first_aid, other = sender(), factories.ambassador()
    story = stages.ready_story(by=first_aid, authors=[first_aid.person, other.person])
    digest = stages.shown(story)
    emergencies.send_first(story, by=first_aid, digest=digest, reason="Naar buiten.")

    assert news.tell() == 1

    assert len(mails_to(first_aid)) == 1
    assert "Bel iemand." in str(mails_to(first_aid)[0].body)
    assert len(mails_to(other)) == 1


def test_the_sender_is_not_her_own_second_person() -> None:
    both = sender()
    both.groups.add(factories.community_manager().groups.get())
    emergency = sent(by=User.objects.get(pk=both.pk))

    with pytest.raises(SecondPersonNeeded):
        confirm(emergency, by=both)

    emergency.refresh_from_db()
    assert emergency.state == Emergency.State.OPEN


def test_after_the_hour_the_clock_takes_it_down_and_says_so_loudly() -> None:
    manager, first_aid = factories.community_manager(), sender()
    emergency = sent(by=first_aid)
    Message.objects.all().delete()
    just_before = emergency.deadline - timedelta(seconds=1)

    assert clock.take_down_due(reading=lambda: just_before) == 0
    assert clock.take_down_due(reading=lambda: emergency.deadline) == 1

    story = story_of(emergency)
    assert not story.live
    assert not PublicDocument.objects.filter(kind="story").exists()
    assert status_of(story).key == StatusKey.SUBMITTED
    for person in (manager, first_aid):
        assert mails_to(person)[-1].subject.startswith("Offline gehaald, niemand zei")
    kinds = {problem.kind for problem in problems_of_content(now=timezone.now())}
    assert Kind.TAKEN_DOWN in kinds
    confirm(emergency, by=manager)
    assert story_of(emergency).live
    assert Kind.TAKEN_DOWN not in {one.kind for one in problems_of_content(now=timezone.now())}


def test_a_second_person_who_says_no_takes_it_down_before_the_hour() -> None:
    manager = factories.community_manager()
    emergency = sent()
    state = story_of(emergency).current_workflow_task_state
    assert state is not None

    actions.send_back(state, by=manager, reason="incorrect", sentence="Hal 3 is al leeg.")

    assert clock.take_down_due() == 1
    assert not story_of(emergency).live


def test_a_newer_text_for_later_leaves_the_hour_running() -> None:
    manager, first_aid = factories.community_manager(), sender()
    emergency = sent(by=first_aid)
    story = stages.edit(story_of(emergency), by=first_aid, summary="Hal 3 is weer veilig.")
    state = story.current_workflow_task_state
    assert state is not None
    actions.accept_edit(story, by=first_aid, digest=stages.shown(story))

    actions.approve(state, by=manager, digest=stages.shown(story), due_at=timezone.now() + 5 * HOUR)

    emergency.refresh_from_db()
    assert emergency.state == Emergency.State.OPEN
    assert clock.take_down_due(reading=lambda: emergency.deadline) == 1


def test_taken_offline_by_a_person_it_is_over() -> None:
    emergency = sent()

    publishing.withdraw(story_of(emergency), by=factories.community_manager())

    emergency.refresh_from_db()
    assert emergency.state == Emergency.State.ENDED
    assert clock.take_down_due(reading=lambda: emergency.deadline) == 0


def test_an_hour_is_an_hour_in_the_nights_the_clock_changes() -> None:
    nights = (
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # the clock goes on an hour at 01:00 UTC
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # and back at 01:00 UTC
    )
    author = sender()
    for night in nights:
        emergency = sent(by=author, at=night)

        assert emergency.deadline - emergency.sent_at == HOUR
        assert clock.take_down_due(reading=at(night + timedelta(minutes=59, seconds=59))) == 0
        assert clock.take_down_due(reading=at(night + HOUR)) == 1


@pytest.mark.django_db(transaction=True)
def test_several_clocks_at_once_take_it_down_once() -> None:
    emergency = sent()

    answers = in_threads(3, lambda: clock.take_down_due(reading=lambda: emergency.deadline))

    assert sum(answer for answer in answers if isinstance(answer, int)) == 1, answers
    assert not story_of(emergency).live
