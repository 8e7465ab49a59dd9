"""Loads what the demo's community manager asked, by the newsroom's own acts."""

from pathlib import Path
from typing import Any

import yaml

from cms.config.demo.organisation import Organisation
from cms.contributions.actions import Typed, save_answer
from cms.planning import actions
from cms.planning.actions import Wish
from cms.planning.models import Assignment
from cms.stories.models import Goal, Rubric

MANAGER = "manager"


class UnknownStateError(Exception):
    """The demo names a state that requests don't have."""


class Requests:
    """Makes each request and takes it to its state."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.manager = organisation.users[MANAGER]

    def load(self, file: Path) -> int:
        """Make what the file tells of; return how many requests."""
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        for one in facts["requests"]:
            self._bring(actions.ask(self._wish(one), by=self.manager), one)
        for one in facts["ideas"]:
            rubric = self._rubric(one["rubric"]) if "rubric" in one else None
            actions.propose(one["text"], by=self.organisation.users[one["by"]], rubric=rubric)
        return len(facts["requests"])

    def _wish(self, facts: dict[str, Any]) -> Wish:
        shift = self.organisation.shift
        return Wish(
            rubric=self._rubric(facts["rubric"]),
            subject=facts["subject"],
            due_on=shift.day(facts["due"]),
            assignee=self.organisation.users.get(facts.get("to", "")),
            about=self.organisation.people.get(facts.get("about", "")),
            goal=Goal.objects.filter(code=facts.get("goal", "")).first(),
            week=shift.day(facts["week"]) if "week" in facts else None,
            note=facts.get("note", ""),
        )

    def _rubric(self, name: str) -> Rubric:
        return Rubric.objects.get(pk=self.organisation.parents[name].pk)

    def _bring(self, made: Assignment, facts: dict[str, Any]) -> None:
        writer = made.assignee
        match facts["state"]:
            case "free" | "asked":
                return
            case "cancelled":
                actions.cancel(made, by=self.manager)
            case "accepted" if writer:
                actions.accept(made, by=writer)
            case "declined" if writer:
                actions.decline(made, by=writer, reason=facts["reason"])
            case "writing" if writer and made.contribution:
                for key, text in facts["answers"].items():
                    save_answer(made.contribution, Typed(key, text), by=writer)
            case state:
                message = f"A request of the demo can't be {state!r}."
                raise UnknownStateError(message)
