"""Who hears what of a request, put in the outbox by the same transaction as the act."""

from datetime import datetime, time, timedelta
from functools import partial

from cms.accounts import roles
from cms.accounts.models import User
from cms.contributions.writers import WRITE
from cms.core.wall_clock import hub_zone
from cms.links.actions import Bearer, make_link
from cms.links.models import PersonalLink
from cms.planning import letters
from cms.planning.models import Assignment, Idea
from cms.planning.standing import Standing
from cms.workflow.notifications import language_of, send

AFTER_DUE = timedelta(days=7)


def asked(
    assignment: Assignment, *, handed_over_by: User | None = None, is_second: bool = False
) -> None:
    """Write to who is asked; no mail where she has no mailbox, her desk tells her as well."""
    to = assignment.assignee
    if to is not None and to.email:
        _link, url = link_for(assignment, by=handed_over_by or assignment.made_by)
        write = partial(letters.asked, assignment, url, is_second=is_second)
        send([to], partial(write, handed_over_by=handed_over_by))


def reminded(assignment: Assignment, standing: Standing) -> bool:
    """Ask once more; say whether a mail was written."""
    to = assignment.assignee
    if to is None or not to.email or not to.is_active:
        return False
    _link, url = link_for(assignment, by=None)
    send([to], partial(letters.reminded, assignment, standing, url))
    return True


def passed_on(assignment: Assignment, *, before: User, by: User) -> None:
    send([before], partial(letters.passed_on, assignment, by=by))


def cancelled(assignment: Assignment, *, by: User) -> None:
    if assignment.assignee is not None and assignment.assignee != by:
        send([assignment.assignee], partial(letters.cancelled, assignment, by=by))


def declined(assignment: Assignment, *, by: User) -> None:
    send(_those_who_ask(assignment), partial(letters.declined, assignment, by=by))


def claimed(assignment: Assignment, *, by: User) -> None:
    send(_those_who_ask(assignment, besides=by), partial(letters.claimed, assignment, by=by))


def proposed(idea: Idea) -> None:
    managers = User.objects.filter(groups__name=roles.COMMUNITY_MANAGERS, is_active=True)
    others = [user for user in managers if user != idea.proposed_by]
    send(others, partial(letters.proposed, idea))


def answered(idea: Idea) -> None:
    if idea.proposed_by is not None and idea.proposed_by != idea.answered_by:
        send([idea.proposed_by], partial(letters.idea_answered, idea))


def link_for(assignment: Assignment, *, by: User | None) -> tuple[PersonalLink, str]:
    """Return the link of who is asked to her own form, good until a week after the due date."""
    to, contribution = assignment.assignee, assignment.contribution
    if to is None or contribution is None:
        raise LookupError("Nobody is asked yet.")
    last_day = assignment.due_on + AFTER_DUE
    until = datetime.combine(last_day, time(23, 59), tzinfo=hub_zone())
    bearer = Bearer(
        name=to.display_name,
        user=to,
        person=getattr(to, "person", None),
        email=to.email,
        language=language_of(to),
    )
    return make_link(WRITE, contribution.public_id, bearer=bearer, by=by, until=until)


def _those_who_ask(assignment: Assignment, *, besides: User | None = None) -> list[User]:
    """Return who made the request, or the managers where she is gone."""
    maker = assignment.made_by
    if maker is not None and maker.is_active:
        return [maker] if maker != besides else []
    managers = User.objects.filter(groups__name=roles.COMMUNITY_MANAGERS, is_active=True)
    return [user for user in managers if user != besides]
