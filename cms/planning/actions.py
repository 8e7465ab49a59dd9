"""The acts around requests: ask, accept, decline, hand over, claim, cancel; and ideas."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cms.accounts import roles
from cms.accounts.models import Person, User
from cms.contributions.actions import begin_asked, no_longer_asked
from cms.contributions.composing import is_open
from cms.contributions.handing_over import hand_to
from cms.planning import notices
from cms.planning.errors import (
    AlreadyTaken,
    NoLongerAsked,
    NotAWriter,
    NothingAsked,
    NotYours,
    ReasonNeeded,
    TooFar,
)
from cms.planning.models import Assignment, Idea
from cms.stories.models import Goal, Rubric
from cms.stories.ownership import rubrics_open_to
from cms.stories.question_versions import newest_set


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked, before it is a request.

    Attributes:
        assignee: Nobody, where it is free to claim.
        week: Any day of the week that it is meant for.
    """

    rubric: Rubric
    subject: str
    due_on: date
    assignee: User | None = None
    about: Person | None = None
    goal: Goal | None = None
    week: date | None = None
    note: str = ""
    idea: Idea | None = None


@transaction.atomic
def ask(wish: Wish, *, by: User) -> Assignment:
    """Make a request, and write to who is asked.

    Raises:
        NothingAsked: The rubric has no questions.
        NotAWriter: Who is asked may not write in it.
    """
    if newest_set(wish.rubric) is None:
        raise NothingAsked
    monday = date.fromisocalendar(*wish.week.isocalendar()[:2], 1) if wish.week else None
    made = Assignment.objects.create(
        rubric=wish.rubric,
        subject=" ".join(wish.subject.split()),
        goal=wish.goal,
        note=wish.note.strip(),
        due_on=wish.due_on,
        week=monday,
        about=wish.about,
        idea=wish.idea,
        made_by=by,
    )
    if wish.assignee is not None:
        _give(made, to=wish.assignee)
        notices.asked(made)
    return made


@transaction.atomic
def accept(assignment: Assignment, *, by: User) -> None:
    """Say yes to a request; answering its first question says the same.

    Raises:
        NotYours: Somebody else is asked by now.
        NoLongerAsked: It was cancelled.
    """
    found = _hers(assignment, by=by)
    if found.accepted_at is None:
        found.accepted_at = timezone.now()
        found.save(update_fields=["accepted_at"])


@transaction.atomic
def decline(assignment: Assignment, *, by: User, reason: str) -> None:
    """Say no, with a reason; what was written stays as a draft of its own.

    Raises:
        NotYours: Somebody else is asked by now.
        NoLongerAsked: It was cancelled.
        ReasonNeeded: Nobody would know why.
        TooFar: It was handed in.
    """
    found = _hers(assignment, by=by)
    if not reason.strip():
        raise ReasonNeeded
    _refuse_too_far(found)
    found.declined_at = timezone.now()
    found.reason = reason.strip()[:400]
    found.save(update_fields=["declined_at", "reason"])
    _let_go(found)
    notices.declined(found, by=by)


@transaction.atomic
def hand_over(assignment: Assignment, *, to: User, by: User) -> None:
    """Give a request, with what was written for it, to somebody else.

    Raises:
        NotYours: It is neither hers who tries nor does she look after requests.
        NoLongerAsked: It was cancelled.
        NotAWriter: The other may not write in this rubric.
        TooFar: It was handed in.
    """
    found = _held(assignment)
    if found.assignee_id != by.pk and not roles.sees_everything(by):
        raise NotYours
    _refuse_over(found)
    _refuse_too_far(found)
    before = found.assignee
    _give(found, to=to)
    is_second = before is not None and before not in {by, to}
    notices.asked(found, handed_over_by=by if before == by else None, is_second=is_second)
    if before is not None and is_second:
        notices.passed_on(found, before=before, by=by)


@transaction.atomic
def claim(assignment: Assignment, *, by: User) -> None:
    """Take a request that nobody has.

    Raises:
        AlreadyTaken: Somebody was ahead.
        NoLongerAsked: It was cancelled.
        NotAWriter: She may not write in this rubric.
    """
    found = _held(assignment)
    _refuse_over(found)
    if found.assignee_id is not None:
        raise AlreadyTaken
    _give(found, to=by)
    found.accepted_at = timezone.now()
    found.save(update_fields=["accepted_at"])
    notices.claimed(found, by=by)


@transaction.atomic
def cancel(assignment: Assignment, *, by: User) -> None:
    """Ask it no longer; who was asked hears that she need not do anything.

    Raises:
        NotYours: She does not look after requests.
    """
    if not roles.sees_everything(by):
        raise NotYours
    found = _held(assignment)
    if found.cancelled_at is None:
        found.cancelled_at = timezone.now()
        found.save(update_fields=["cancelled_at"])
        _let_go(found)
        notices.cancelled(found, by=by)


@transaction.atomic
def ask_again(assignment: Assignment, *, to: User, by: User) -> None:
    """Ask somebody else after a no.

    Raises:
        NotYours: She does not look after requests.
        NotAWriter: The other may not write in this rubric.
    """
    if not roles.sees_everything(by):
        raise NotYours
    found = _held(assignment)
    found.declined_at, found.reason = None, ""
    _give(found, to=to, anew=True)
    notices.asked(found)


@transaction.atomic
def propose(text: str, *, by: User, rubric: Rubric | None = None) -> Idea:
    """Keep an idea, and tell who looks after requests."""
    idea = Idea.objects.create(text=" ".join(text.split())[:600], rubric=rubric, proposed_by=by)
    notices.proposed(idea)
    return idea


@transaction.atomic
def answer_idea(idea: Idea, *, sentence: str, by: User) -> None:
    """Answer an idea that becomes no request now, and tell who had it.

    Raises:
        NotYours: She does not look after requests.
        ReasonNeeded: There is no sentence.
    """
    if not roles.sees_everything(by):
        raise NotYours
    if not sentence.strip():
        raise ReasonNeeded
    idea.answer, idea.answered_by = sentence.strip()[:400], by
    idea.answered_at = timezone.now()
    idea.save(update_fields=["answer", "answered_by", "answered_at"])
    notices.answered(idea)


def _give(assignment: Assignment, *, to: User, anew: bool = False) -> None:
    rubric = assignment.rubric
    if rubric is None or not rubrics_open_to(to).filter(pk=rubric.pk).exists():
        raise NotAWriter
    if assignment.contribution is None or anew:
        questions = newest_set(rubric)
        if questions is None:
            raise NothingAsked
        assignment.contribution = begin_asked(questions, by=to, about=assignment.about)
    else:
        hand_to(assignment.contribution, to=to)
    assignment.assignee, assignment.given_at = to, timezone.now()
    assignment.accepted_at = assignment.reminded_at = None
    assignment.reminded = 0
    assignment.save()


def _let_go(assignment: Assignment) -> None:
    if assignment.contribution is not None:
        no_longer_asked(assignment.contribution)


def _held(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("rubric", "goal", "assignee", "about", "made_by")
        .get(pk=assignment.pk)
    )


def _hers(assignment: Assignment, *, by: User) -> Assignment:
    found = _held(assignment)
    if found.assignee_id != by.pk:
        raise NotYours
    _refuse_over(found)
    return found


def _refuse_over(assignment: Assignment) -> None:
    if assignment.cancelled_at is not None or assignment.declined_at is not None:
        raise NoLongerAsked


def _refuse_too_far(assignment: Assignment) -> None:
    contribution = assignment.contribution
    if contribution is not None and not is_open(contribution.item):
        raise TooFar
