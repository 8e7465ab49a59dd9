"""The panels of Today as components, and who gets which."""

from collections.abc import Mapping
from typing import Any

from laces.components import Component

from cms.accounts import roles
from cms.accounts.models import User
from cms.desk import times
from cms.desk.today import sentence
from cms.desk.today.facts import ROWS
from cms.desk.today.faults import faults_and_health
from cms.desk.today.own import own_items
from cms.desk.today.rubrics import silent_rubrics, starts_for
from cms.desk.today.waiting import sent_back, waiting_for
from cms.desk.today.week import this_week
from cms.publishing.status import StatusKey


class Panel(Component):
    """One panel: a template and what was read for it."""

    def __init__(self, name: str, order: int, **context: Any) -> None:
        self.template_name = f"desk/today/{name}.html"
        self.order = order
        self.context = context

    def get_context_data(
        self,
        parent_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - laces' own name
    ) -> dict[str, Any]:
        return {**self.context, "limit": ROWS, "zone": times.zone_in_words()}


def panels_for(user: User) -> list[Panel]:
    """Return the panels of this person's role, each already read."""
    return _for_newsroom(user) if roles.sees_everything(user) else _for_writer(user)


def _for_newsroom(user: User) -> list[Panel]:
    faults, health = faults_and_health()
    waiting, returned, week = waiting_for(user), sent_back(), this_week()
    first = sentence.for_newsroom(
        faults=len(faults), waiting=len(waiting), sent_back=len(returned), week=week
    )
    own = own_items(user)
    panels = [
        Panel("opening", 10, greeting=sentence.greeting(user), sentence=first),
        Panel("waiting", 30, rows=waiting, half=True),
        Panel("sent_back", 40, rows=returned),
        Panel("week", 50, week=week),
        Panel("silent", 70, rows=silent_rubrics()),
        Panel("health", 80, health=health, faults=faults),
    ]
    if faults:
        panels.append(Panel("faults", 20, faults=faults))
    if own:
        panels.append(Panel("own", 60, rows=own))
    return panels


def _for_writer(user: User) -> list[Panel]:
    own, waiting = own_items(user), waiting_for(user) if roles.approving_groups(user) else []
    keys = [row.status.key for row in own if not row.is_her_move]
    first = sentence.for_writer(
        moves=sum(row.is_her_move for row in own),
        drafts=keys.count(StatusKey.DRAFT),
        submitted=keys.count(StatusKey.SUBMITTED),
        waiting=len(waiting),
    )
    panels = [
        Panel("opening", 10, greeting=sentence.greeting(user), sentence=first),
        Panel("own", 30, rows=own),
        Panel("start", 40, rows=starts_for(user)),
    ]
    if roles.approving_groups(user):
        panels.append(Panel("waiting", 20, rows=waiting))
    return panels
