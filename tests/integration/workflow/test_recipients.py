"""One table: at every transition, who gets a mail and who does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from mailer.models import Message

from cms.accounts.models import User
from cms.publishing import actions as publishing
from cms.publishing import clock, emergencies, news
from cms.publishing.models import Emergency, Publication
from cms.stories.models import Story
from cms.workflow import actions, edits, lanes
from cms.workflow.models import ApprovalState
from tests import factories
from tests.factories import stages
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A writer, two managers, somebody who looks on, and one story on its way."""

    writer: User
    manager: User
    deputy: User
    onlooker: User
    story: Story

    @property
    def state(self) -> ApprovalState:
        found = stages.fresh(self.story).current_workflow_task_state
        assert found is not None
        state: ApprovalState = ApprovalState.objects.get(pk=found.pk)
        return state

    def submit(self) -> None:
        actions.submit(stages.fresh(self.story), by=self.writer)

    def approve(self, *, later: bool = False) -> None:
        due_at = timezone.now() + HOUR if later else None
        digest = stages.shown(self.story)
        actions.approve(self.state, by=self.manager, digest=digest, due_at=due_at)

    def send_back(self) -> None:
        actions.send_back(self.state, by=self.manager, reason="tone", sentence="Mag het lichter?")

    def edit(self) -> None:
        stages.edit(self.story, by=self.manager, summary="Korter.")
        edits.ask_authors(now=timezone.now() + HOUR)

    def publication(self) -> Publication:
        return Publication.objects.get(page=self.story.pk)

    def send_first(self) -> None:
        self.writer.groups.add(Group.objects.get(name=emergencies.SENDERS))
        digest = stages.shown(self.story)
        emergencies.send_first(self.story, by=self.writer, digest=digest, reason="Nu")


type Step = Callable[[Desk], object]


def _tell(desk: Desk) -> None:
    news.tell()


def _late(desk: Desk) -> None:
    clock.take_down_due(reading=lambda: Emergency.objects.get().deadline)


TABLE: dict[str, tuple[list[Step], set[str]]] = {
    "submitted": ([Desk.submit], {"writer", "manager", "deputy"}),
    "sent back": ([Desk.submit, Desk.send_back], {"writer"}),
    "answered": (
        [Desk.submit, Desk.send_back, lambda d: lanes.answer(d.story, by=d.writer, sentence="Zo?")],
        {"manager"},
    ),
    "edited": ([Desk.submit, Desk.edit], {"writer"}),
    "edit accepted": (
        [
            *(Desk.submit, Desk.edit),
            lambda d: actions.accept_edit(d.story, by=d.writer, digest=stages.shown(d.story)),
        ],
        {"manager", "deputy"},
    ),
    "edit refused": (
        [
            *(Desk.submit, Desk.edit),
            lambda d: actions.object_to_edit(d.story, by=d.writer, sentence="Liever niet."),
        ],
        {"manager", "deputy"},
    ),
    "scheduled": ([Desk.submit, lambda d: d.approve(later=True)], {"writer"}),
    "moved": (
        [
            *(Desk.submit, lambda d: d.approve(later=True)),
            lambda d: publishing.reschedule(
                d.publication(), by=d.deputy, due_at=timezone.now() + 2 * HOUR
            ),
        ],
        {"writer"},
    ),
    "out of the schedule": (
        [
            *(Desk.submit, lambda d: d.approve(later=True)),
            lambda d: publishing.cancel(d.publication(), by=d.deputy),
        ],
        {"writer"},
    ),
    "live": ([Desk.submit, Desk.approve, _tell], {"writer"}),
    "taken offline": (
        [
            *(Desk.submit, Desk.approve, _tell),
            lambda d: publishing.withdraw(stages.fresh(d.story), by=d.deputy),
        ],
        {"writer"},
    ),
    "sent first": ([Desk.send_first], {"writer", "manager", "deputy"}),
    "confirmed": ([Desk.send_first, Desk.approve], {"writer"}),
    "taken down": ([Desk.send_first, _late], {"writer", "manager", "deputy"}),
}


@pytest.fixture
def desk() -> Desk:
    writer = factories.ambassador(username="writer")
    return Desk(
        writer=writer,
        manager=factories.community_manager(username="manager"),
        deputy=factories.community_manager(username="deputy"),
        onlooker=factories.ambassador(username="onlooker"),
        story=stages.ready_story(by=writer),
    )


@pytest.mark.parametrize("transition", TABLE)
def test_a_transition_tells_exactly_whom_it_concerns(desk: Desk, transition: str) -> None:
    steps, expected = TABLE[transition]
    for step in steps[:-1]:
        step(desk)
    Message.objects.all().delete()

    steps[-1](desk)

    mails = all_mails()
    assert {mail.to[0].partition("@")[0] for mail in mails} == expected
    for mail in mails:
        ((html, _kind),) = mail.alternatives
        assert str(html).count("<a ") == 1
        assert "<img" not in str(html)
        assert "http" in mail.body
