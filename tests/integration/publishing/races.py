"""Editors and approvers at the same item at the same moment, and what must hold whoever wins."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connections

from cms.accounts.models import User
from cms.documents.digest import digest_of_page
from cms.documents.models import PublicDocument
from cms.publishing.models import Publication
from cms.stories.models import Story
from cms.workflow import actions
from tests import factories
from tests.factories import stages

HEAD_START = 0.1
"""Seconds, at most."""
BUSY = 5
"""How often somebody tries again on a database that is busy, as a person would."""


@dataclass
class Counted:
    """How races ended."""

    approved: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Races:
    """The same two people, race after race: she edits while he approves."""

    seed: int
    author: User = field(default_factory=factories.ambassador)
    manager: User = field(default_factory=factories.community_manager)

    def run(self, number: int) -> Counted:
        chance, counted = random.Random(self.seed), Counted()  # noqa: S311 - a race is no secret
        for race in range(number):
            self._run_one(race, chance, counted)
        return counted

    def _run_one(self, race: int, chance: random.Random, counted: Counted) -> None:
        story, state = stages.submitted(by=self.author, title=f"Race {race}")
        digest = stages.shown(story)
        summaries = [f"Anders {race}-{turn}." for turn in range(chance.randint(1, 3))]
        overwrites = [chance.random() < 0.5 for _ in summaries]

        def edit() -> None:
            for summary, overwrite in zip(summaries, overwrites, strict=True):
                fields: dict[str, Any] = {"overwrite": overwrite, "summary": summary}
                _patiently(partial(stages.edit, story, by=self.author, **fields))

        # She reads before she writes, he takes the lock at once: without a head start he wins.
        head_start = chance.uniform(0, HEAD_START)

        def approve() -> None:
            time.sleep(head_start)
            _patiently(lambda: actions.approve(state, by=self.manager, digest=digest))

        acts = [edit, approve]
        chance.shuffle(acts)
        _together(acts)
        self._judge(story, digest, counted)

    def _judge(self, story: Story, digest: str, counted: Counted) -> None:
        """See that what is live, if anything, is exactly what was shown to the approver."""
        now = stages.fresh(story)
        publications = list(Publication.objects.filter(page=story.pk))
        if not publications:
            counted.refused += 1
            if now.live or PublicDocument.objects.filter(pk=now.public_id).exists():
                counted.wrong.append(f"{now.title} is live without an approval")
            return
        counted.approved += 1
        live = digest_of_page(now)
        if [each.digest for each in publications] != [digest] or live != digest or not now.live:
            counted.wrong.append(f"{now.title} is not what was approved")
        document = PublicDocument.objects.get(pk=now.public_id)
        if "Anders" in str(document.content["summary"]):
            counted.wrong.append(f"{now.title}: readers see what nobody approved")


def _together(acts: list[Callable[[], None]]) -> None:
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        try:
            start.wait(30)
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)


def _patiently(act: Callable[[], object]) -> None:
    """Carry out an act; a refusal is an answer, and a busy database is asked once more."""
    for turn in range(BUSY):
        try:
            act()
        except PermissionDenied:
            return  # of which every refusal of the workflow is one
        except OperationalError:
            if turn == BUSY - 1:
                raise
        else:
            return
