"""Who answers: an account, or somebody who came in by link; the one place that knows."""

from uuid import UUID

from cms.accounts.models import User
from cms.contributions.models import Contribution
from cms.links.models import PersonalLink
from cms.stories.models import EditorialPage
from cms.stories.policy import may_see
from cms.stories.questions.shapes import AskedOf, Question

WRITE, ANSWER = "write", "answer"
"""Purposes of links: to the whole form of who writes, and to the questions of who it is about."""

type Writer = User | PersonalLink


def account_of(writer: Writer) -> User | None:
    return None if isinstance(writer, PersonalLink) else writer


def guest_of(writer: Writer) -> PersonalLink | None:
    return writer if isinstance(writer, PersonalLink) else None


def name_of(writer: Writer) -> str:
    """Return how a page addresses her."""
    if isinstance(writer, PersonalLink):
        return writer.first_name
    return writer.first_name or writer.username


def may_answer(contribution: Contribution, writer: Writer) -> bool:
    """Say whether this writer answers here: it is hers, and the draft still open to her.

    A link opens nothing confidential, whoever holds it: links are passed on.
    """
    item = contribution.item
    if isinstance(writer, PersonalLink):
        is_of_this = writer.purpose == ANSWER and writer.thing == contribution.public_id
        return is_of_this and writer.is_open and not (item and item.is_confidential)
    if contribution.author_id != writer.pk or not writer.is_active:
        return False
    return item is None or may_see(writer, item)


def written_at_desk(item: EditorialPage, writer: User) -> UUID | None:
    """Return under which name this person finds an item at her own desk; None where she doesn't."""
    made = Contribution.objects.of(writer).filter(item=item.pk).select_related("item").first()
    return made.public_id if made is not None and may_answer(made, writer) else None


def account_behind(contribution: Contribution, link: PersonalLink | None) -> User | None:
    """Return whose desk a link to a whole form stands for, here and nowhere else."""
    if link is None or link.purpose != WRITE or link.thing != contribution.public_id:
        return None
    if not link.is_open or (contribution.item and contribution.item.is_confidential):
        return None
    return link.user if link.user_id == contribution.author_id else None


def questions_for(contribution: Contribution, writer: Writer) -> tuple[Question, ...]:
    """Return what is asked of this writer, in order."""
    asked = contribution.question_set.questions.asked
    return asked if account_of(writer) else hers_of(asked)


def hers_of(asked: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the questions of who it is about; where none is hers alone, all of them."""
    hers = tuple(one for one in asked if one.asked_of == AskedOf.INTERVIEWEE)
    return hers or asked
