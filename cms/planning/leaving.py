"""When somebody leaves: rubrics, drafts and requests go to another in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts import roles
from cms.accounts.models import Person, User
from cms.contributions.handing_over import hand_item_to, hand_to
from cms.contributions.models import Contribution
from cms.planning import notices
from cms.planning.errors import NotYours
from cms.planning.models import Assignment
from cms.planning.standing import standings_of
from cms.publishing.actions import withdraw
from cms.stories.models import EditorialPage, Goal, Rubric
from cms.stories.ownership import items_of
from cms.workflow.links import hub_url

FORMER = "Oud-collega"
"""In Dutch: a name has no language, and this is the hub's."""


class Answer(StrEnum):
    """What she wants with her name under what is on the hub; asked of her, not decided for her."""

    KEEP = "keep"
    ANONYMISE = "anonymise"


@dataclass(frozen=True)
class Belongings:
    """All that has to go to somebody."""

    rubrics: Sequence[Rubric]
    goals: Sequence[Goal]
    drafts: Sequence[EditorialPage]
    requests: Sequence[Assignment]
    live: Sequence[tuple[EditorialPage, str]]


def belongings_of(user: User) -> Belongings:
    """Return what somebody keeps, writes, was asked for and has on the hub."""
    person = getattr(user, "person", None)
    items = list(items_of(user).filter(is_confidential=False).defer_streamfields())
    asked = [each for each in Assignment.objects.of(user).whole() if not each.is_confidential]
    standings = standings_of(asked)
    return Belongings(
        rubrics=list(Rubric.objects.filter(keeper=person)) if person else [],
        goals=list(Goal.objects.filter(owner=person)) if person else [],
        drafts=[item for item in items if not item.live and item.owner_id == user.pk],
        requests=[each for each in asked if standings[each.pk].waits_for_writer],
        live=[(item, hub_url(item)) for item in items if item.live],
    )


@transaction.atomic
def leave(
    user: User, *, to: User, by: User, answer: Answer, remove: Sequence[int] = ()
) -> Belongings:
    """Hand everything over at once; what she wants gone goes by the act that takes items offline.

    Args:
        user: Who leaves.
        to: Who goes on with it.
        by: Who does this.
        answer: Whether her name stays.
        remove: Keys of her items on the hub that she wants gone.

    Raises:
        NotYours: She does not look after requests.
        WorkflowError: An item can't be taken offline, and why; then nothing is done.
    """
    if not roles.sees_everything(by):
        raise NotYours
    held = belongings_of(user)
    _hand_on(user, held, to=to, by=by)
    for item, _url in held.live:
        if item.pk in remove:
            withdraw(item, by=by, reason=_("Whoever wrote it left and wants it gone."))
    person = getattr(user, "person", None)
    if person is not None and answer == Answer.ANONYMISE:
        anonymise(person)
    return held


def _hand_on(user: User, held: Belongings, *, to: User, by: User) -> None:
    _pass_on_what_is_kept(held, getattr(to, "person", None))
    for contribution in Contribution.objects.filter(author=user):
        if contribution.item is None or not contribution.item.live:
            hand_to(contribution, to=to, by=by)
    for item in held.drafts:
        item.refresh_from_db()
        if item.owner_id == user.pk:
            hand_item_to(item, to=to, by=by)
    for assignment in held.requests:
        assignment.assignee = to
        assignment.save(update_fields=["assignee"])
        notices.asked(assignment, is_second=True)


def anonymise(person: Person) -> None:
    """Take a colleague's name, picture and page away, everywhere at once.

    Items name the person, so each shows the other name from its next printing on. What stands in
    the words of a text itself, nobody but an editor can take out.
    """
    person.name = FORMER
    person.slug = f"oud-collega-{person.pk}"
    person.shown_on_hub = person.is_newcomer_shown = False
    person.portrait = None
    for name in ("pronouns", "role", "started", "about", "ask_me_about", "email", "role_card"):
        setattr(person, name, "")
    person.department = person.location = None
    person.save()


def _pass_on_what_is_kept(held: Belongings, heir: Person | None) -> None:
    for rubric in held.rubrics:
        rubric.keeper = heir
        newest = rubric.get_latest_revision_as_object()
        newest.keeper = heir
        rubric.save(update_fields=["keeper"])
        if rubric.latest_revision is not None:
            newest.save_revision(clean=False, overwrite_revision=rubric.latest_revision)
    for goal in held.goals:
        goal.owner = heir
        goal.save(update_fields=["owner"])
