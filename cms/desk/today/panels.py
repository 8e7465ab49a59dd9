"""The panels of Today as components, and who gets which."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from laces.components import Component

from cms.accounts import roles
from cms.accounts.models import User
from cms.alarms.board import notices
from cms.core.wall_clock import zone_in_words
from cms.desk.today import sentence
from cms.desk.today.agreeing import waiting_for_agreement
from cms.desk.today.departments import quiet_departments
from cms.desk.today.deputy import lacks_deputy
from cms.desk.today.facts import ROWS
from cms.desk.today.late import late_requests
from cms.desk.today.own import Own, own_items
from cms.desk.today.reach import reach
from cms.desk.today.risks import at_risk
from cms.desk.today.rubrics import silent_rubrics, starts_for
from cms.desk.today.waiting import sent_back, waiting_for
from cms.desk.today.week import this_week
from cms.publishing.receipts import newest_release
from cms.publishing.status import StatusKey
from cms.tray.models import Note


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
        return {**self.context, "limit": ROWS, "zone": zone_in_words()}


def panels_for(user: User) -> list[Panel]:
    """Return the panels of this person's role, each already read."""
    return _for_newsroom(user) if roles.sees_everything(user) else _for_writer(user)


def _for_newsroom(user: User) -> list[Panel]:
    wrong = notices(now=timezone.now())
    waiting, returned, week = waiting_for(user), sent_back(user), this_week()
    risks, late = at_risk(user), late_requests(user)
    first = sentence.for_newsroom(
        faults=len(wrong), waiting=len(waiting), risks=len(risks), week=week, late=len(late)
    )
    own = own_items(user)
    panels = [
        Panel("opening", 10, greeting=sentence.greeting(user), sentence=first),
        Panel("waiting", 30, rows=waiting, half=True, shorts=len(waiting) > 1),
        Panel("risks", 40, rows=risks),
        Panel("week", 50, week=week),
        Panel("sent_back", 60, rows=returned),
        Panel("silent", 70, rows=silent_rubrics()),
        Panel("departments", 75, quiet=quiet_departments()),
        Panel("health", 80, release=newest_release(), wrong=wrong, reach=reach()),
    ]
    if agreeing := waiting_for_agreement(user):
        panels.append(Panel("agreeing", 45, rows=agreeing))
    if late:
        panels.append(Panel("late", 42, rows=late))
    if notes := list(Note.objects.waiting()[: ROWS * 4]):
        panels.append(Panel("tray", 61, notes=notes))
    if lacks_deputy():
        panels.append(Panel("deputy", 25))
    if wrong:
        panels.append(Panel("faults", 20, notices=wrong))
    if own:
        title = _("What becomes of your stories")
        panels.append(Panel("own", 60, rows=own, anchor="own", title=title))
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
        *_own_in_order(own),
        Panel("start", 50, rows=starts_for(user)),
    ]
    if roles.approving_groups(user):
        panels.append(Panel("waiting", 20, rows=waiting, shorts=len(waiting) > 1))
        if agreeing := waiting_for_agreement(user):
            panels.append(Panel("agreeing", 25, rows=agreeing))
    return panels


def _own_in_order(own: list[Own]) -> list[Panel]:
    """Set apart what asks something of her and what she can go on with."""
    moves = [row for row in own if row.is_her_move]
    drafts = [row for row in own if row.is_draft and not row.is_her_move]
    rest = [row for row in own if row not in moves and row not in drafts]
    panels = [Panel("own", 60, rows=rest, anchor="own", title=_("What becomes of your stories"))]
    if drafts:
        title = _("Go on with a draft")
        panels.append(Panel("own", 40, rows=drafts, anchor="drafts", title=title))
    if moves:
        panels.append(Panel("own", 30, rows=moves, anchor="moves", title=_("Your turn")))
    return panels
