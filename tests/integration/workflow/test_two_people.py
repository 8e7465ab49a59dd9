"""The rule under everything, tried in any order: what is live was approved by two people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cms.documents.digest import digest_of_page
from cms.documents.models import PublicDocument
from cms.publishing import actions as publishing
from cms.publishing import clock
from cms.publishing.models import Publication
from cms.workflow import actions
from cms.workflow.errors import WorkflowError
from cms.workflow.models import Yes
from tests import factories
from tests.factories import stages

if TYPE_CHECKING:
    from cms.accounts.models import User
    from cms.stories.models import Story

someone = st.integers(0, 2)
manager = st.integers(1, 2)
mostly = st.sampled_from([True, True, True, False])
wording = st.sampled_from(["Zo.", "Of zo.", "Of toch zo."])


@contextmanager
def refusal_allowed() -> Iterator[None]:
    """An act may be refused, and then nothing of it happened."""
    try:
        with transaction.atomic():
            yield
    except (WorkflowError, PermissionDenied):
        pass


class Newsroom(RuleBasedStateMachine):
    """One story, its author and two managers, who do whatever comes to mind."""

    @initialize()
    def open(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.people: list[User] = [
            factories.ambassador(),
            factories.community_manager(),
            factories.community_manager(),
        ]
        self.story: Story = stages.ready_story(by=self.people[0])
        self.shown = [stages.shown(self.story)] * 3
        self.seen = {(person.pk, self.shown[0]) for person in self.people}
        actions.submit(self.story, by=self.people[0])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @rule(who=someone, summary=wording, overwrite=st.booleans())
    def edit(self, who: int, summary: str, overwrite: bool) -> None:
        with refusal_allowed():
            stages.edit(self.story, by=self.people[who], overwrite=overwrite, summary=summary)

    @rule(who=someone)
    def look(self, who: int) -> None:
        self.shown[who] = stages.shown(self.story)
        self.seen.add((self.people[who].pk, self.shown[who]))

    @rule(who=someone)
    def submit(self, who: int) -> None:
        with refusal_allowed():
            actions.submit(stages.fresh(self.story), by=self.people[who])

    @rule(who=someone, looks_first=mostly)
    def accept(self, who: int, looks_first: bool) -> None:
        if looks_first:
            self.look(who)
        with refusal_allowed():
            actions.accept_edit(self.story, by=self.people[who], digest=self.shown[who])

    @rule(who=manager, looks_first=mostly, is_now=mostly)
    def approve(self, who: int, looks_first: bool, is_now: bool) -> None:
        if looks_first:
            self.look(who)
        state = stages.fresh(self.story).current_workflow_task_state
        due_at = None if is_now else timezone.now() + timedelta(hours=1)
        if state is not None:
            with refusal_allowed():
                actions.approve(state, by=self.people[who], digest=self.shown[who], due_at=due_at)

    @rule(who=manager, summary=wording)
    def edit_and_approve(self, who: int, summary: str) -> None:
        self.edit(who, summary, overwrite=False)
        self.approve(who, looks_first=True, is_now=True)

    @rule(who=manager, summary=wording, overwrite=st.booleans())
    def approve_what_the_author_rewrote_meanwhile(
        self, who: int, summary: str, overwrite: bool
    ) -> None:
        self.edit(0, summary, overwrite)
        self.accept(0, looks_first=True)
        self.approve(who, looks_first=False, is_now=True)

    @rule(who=manager)
    def send_back(self, who: int) -> None:
        state = stages.fresh(self.story).current_workflow_task_state
        if state is not None:
            with refusal_allowed():
                actions.send_back(state, by=self.people[who], reason="tone", sentence="Lichter?")

    @rule(who=manager)
    def stock_approve(self, who: int) -> None:
        state = stages.fresh(self.story).current_workflow_task_state
        if state is not None:
            with refusal_allowed():
                state.approve(user=self.people[who])

    @rule(who=manager)
    def withdraw(self, who: int) -> None:
        with refusal_allowed():
            publishing.withdraw(self.story, by=self.people[who])

    @rule()
    def the_moment_comes(self) -> None:
        due_at = timezone.now() - timedelta(seconds=1)
        Publication.objects.filter(state=Publication.State.SCHEDULED).update(due_at=due_at)
        clock.publish_due()

    @invariant()
    def what_is_live_was_approved_by_two_people(self) -> None:
        if not hasattr(self, "story"):
            return
        page = stages.fresh(self.story)
        document = PublicDocument.objects.filter(public_id=page.public_id).first()
        assert page.live == (document is not None)
        if document is None:
            return
        digest = digest_of_page(page)
        said = Yes.objects.filter(item=page, digest=digest)
        assert len({yes.person_id for yes in said}) >= 2
        approvers = [yes.person_id for yes in said if yes.role == Yes.Role.APPROVER]
        assert approvers
        assert all((approver, digest) in self.seen for approver in approvers)
        assert Publication.objects.filter(
            page=page, digest=digest, state=Publication.State.PUBLISHED
        ).exists()
        assert document.content["summary"] == page.summary


@pytest.mark.django_db
def test_in_any_order_what_is_live_was_approved_by_two_people() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=6,
            stateful_step_count=10,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
