"""The acts of who answers: begin, answer, choose between two versions, add a photo, hand in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, WorkflowState

from cms.accounts.models import Person, User
from cms.contributions.composing import compose, unanswered, written_in
from cms.contributions.errors import AnswersMissing, NotHers, TooManyPhotos, UnknownQuestion
from cms.contributions.models import Answer, AnswerPhoto, Contribution, OtherVersion
from cms.contributions.wording import as_typed
from cms.contributions.writers import Writer, account_of, guest_of, may_answer, questions_for
from cms.media.intake import CleanPicture
from cms.media.models import Image
from cms.stories.models import QuestionSet
from cms.stories.questions.shapes import AnswerKind
from cms.workflow import actions as workflow
from cms.workflow.errors import NotAllowed

OF_PHOTO = ("alt", "who")
LONGEST_ALT = 255


class Outcome(StrEnum):
    """What became of an answer that came in."""

    SAVED = "saved"
    OLDER = "older"
    TWO = "two"


@dataclass(frozen=True)
class Typed:
    """An answer as a page sends it.

    Attributes:
        key: Of the question.
        text: As typed.
        base: The revision that was changed; 0 where there was no answer.
        writer: The page that sends it, and `turn`, its own count: what it sends twice, or too
            late, is known again.
    """

    key: str
    text: str
    base: int = 0
    writer: str = ""
    turn: int = 0


@dataclass(frozen=True)
class Saved:
    outcome: Outcome
    answer: Answer


@transaction.atomic
def begin(question_set: QuestionSet, *, by: User, about: Person | None = None) -> Contribution:
    """Begin to answer; what she began before and left empty is taken up again."""
    mine = Contribution.objects.select_for_update(of=("self",)).filter(
        question_set=question_set, author=by, item=None, answers=None, asked_for=False
    )
    found = mine.first()
    if found is None:
        found = Contribution(
            question_set=question_set, author=by, language=question_set.rubric.language
        )
    found.about = about
    found.touched_at = timezone.now()
    found.save()
    return found


def begin_asked(
    question_set: QuestionSet, *, by: User, about: Person | None = None
) -> Contribution:
    """Make ready what somebody is asked to answer; it waits for her, also when it is empty."""
    return Contribution.objects.create(
        question_set=question_set,
        author=by,
        about=about,
        language=question_set.rubric.language,
        asked_for=True,
    )


def no_longer_asked(contribution: Contribution) -> None:
    """Let what was asked for be her own; where it is empty still, it goes after a while."""
    contribution.asked_for = False
    contribution.save(update_fields=["asked_for"])


def held(contribution: Contribution, *, by: Writer) -> Contribution:
    """Return a contribution locked, for the act that follows.

    Raises:
        NotHers: It is gone, or somebody else's, or within a circle that she is not in.
    """
    found = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("question_set__rubric", "about__department", "about__location", "item")
        .filter(pk=contribution.pk)
        .first()
    )
    if found is None or not may_answer(found, by):
        raise NotHers
    return found


@transaction.atomic
def save_answer(contribution: Contribution, typed: Typed, *, by: Writer) -> Saved:
    """Keep an answer where nobody changed it since; else keep both.

    Raises:
        NotHers: It is not hers to answer.
        UnknownQuestion: The key is of no question of hers.
    """
    found = held(contribution, by=by)
    _refuse_unknown(found, typed.key, by=by)
    saved = _saved(found, typed, by=by)
    if saved.outcome == Outcome.SAVED:
        _touch(found)
        compose(found, by=account_of(by))
    return saved


def _saved(contribution: Contribution, typed: Typed, *, by: Writer) -> Saved:
    text = as_typed(typed.text)
    answer = contribution.answers.filter(key=typed.key).first()
    if answer is None:
        answer = Answer(contribution=contribution, key=typed.key, revision=0)
    is_own = bool(typed.writer) and answer.writer == typed.writer
    if is_own and typed.turn <= answer.turn:
        return Saved(Outcome.OLDER, answer)
    if not is_own and typed.base != answer.revision:
        if text == answer.text or not text.strip():
            return Saved(Outcome.OLDER, answer)
        _keep_beside(contribution, typed, text=text, by=by)
        return Saved(Outcome.TWO, answer)
    if text != answer.text or not answer.pk:
        answer.revision += 1
    answer.text, answer.writer, answer.turn = text, typed.writer, typed.turn
    answer.saved_at = timezone.now()
    answer.saved_by, answer.saved_through = account_of(by), guest_of(by)
    answer.save()
    return Saved(Outcome.SAVED, answer)


def _keep_beside(contribution: Contribution, typed: Typed, *, text: str, by: Writer) -> None:
    """Keep a second version; the same page's next one takes its place."""
    same: dict[str, Any] = {"writer": typed.writer} if typed.writer else {"text": text}
    OtherVersion.objects.update_or_create(
        contribution=contribution,
        key=typed.key,
        **same,
        defaults={
            "text": text,
            "saved_by": account_of(by),
            "saved_through": guest_of(by),
            "saved_at": timezone.now(),
        },
    )


@transaction.atomic
def settle(contribution: Contribution, typed: Typed, *, by: Writer) -> Saved:
    """Choose between versions of an answer: this is the one, and the others go.

    Raises:
        NotHers: It is not hers to answer.
        UnknownQuestion: The key is of no question of hers.
    """
    saved = save_answer(contribution, typed, by=by)
    if saved.outcome != Outcome.TWO:
        OtherVersion.objects.filter(contribution=contribution, key=typed.key).delete()
    return saved


def _refuse_unknown(contribution: Contribution, key: str, *, by: Writer) -> None:
    asked = questions_for(contribution, by)
    if any(one.key == key and one.kind != AnswerKind.PHOTO for one in asked):
        return
    name, _dot, number = key.partition(".")
    if name in OF_PHOTO and number.isdecimal() and _photo(contribution, int(number), by=by):
        return
    raise UnknownQuestion


def _photo(contribution: Contribution, number: int, *, by: Writer) -> AnswerPhoto | None:
    """Return a photo of a question that is asked of this writer."""
    keys = [one.key for one in questions_for(contribution, by)]
    return contribution.photos.filter(pk=number, key__in=keys).first()


@transaction.atomic
def add_photo(
    contribution: Contribution, key: str, *, picture: CleanPicture, by: Writer, once: str = ""
) -> AnswerPhoto:
    """Answer a question with a picture that was taken in; the same one again is the same photo.

    Raises:
        NotHers: It is not hers to answer.
        UnknownQuestion: No photo is asked for there.
        TooManyPhotos: There are as many as the question takes.
    """
    found = held(contribution, by=by)
    asked = [one for one in questions_for(found, by) if one.kind == AnswerKind.PHOTO]
    question = next((one for one in asked if one.key == key), None)
    if question is None:
        raise UnknownQuestion
    if once and (known := found.photos.filter(once=once).first()):
        return known
    if found.photos.filter(key=key).count() >= question.photos:
        raise TooManyPhotos
    image = Image.objects.create(
        title=str(picture.name or "")[:255],
        file=picture,
        uploaded_by_user=account_of(by),
        collection=Collection.get_first_root_node(),
    )
    photo = AnswerPhoto.objects.create(contribution=found, key=key, image=image, once=once)
    _touch(found)
    compose(found, by=account_of(by))
    return photo


@transaction.atomic
def remove_photo(contribution: Contribution, number: int, *, by: Writer) -> None:
    """Take a photo away from its answer, with what was said of it.

    Raises:
        NotHers: It is not hers to answer.
    """
    found = held(contribution, by=by)
    photo = _photo(found, number, by=by)
    if photo is None:
        return
    found.answers.filter(key__in=[photo.alt_key, photo.who_key]).delete()
    photo.delete()
    _touch(found)
    compose(found, by=account_of(by))


@transaction.atomic
def hand_in(contribution: Contribution, *, by: User) -> None:
    """Ask for a decision about the draft that the answers made.

    Raises:
        NotHers: It is not hers.
        AnswersMissing: A question that needs an answer has none.
        WorkflowError: It can't be submitted now, and why.
    """
    found = held(contribution, by=by)
    compose(found, by=by)
    if left := unanswered(found, written_in(found)):
        raise AnswersMissing(left)
    if found.item is None:
        raise NotAllowed
    workflow.submit(found.item, by=by)


@transaction.atomic
def take_back(contribution: Contribution, *, by: User) -> None:
    """End the wait for a decision, so that the answers can be changed again.

    Of what was on the hub they change nothing any more, so the wait is left to who began it.

    Raises:
        NotHers: It is not hers.
    """
    found = held(contribution, by=by)
    if found.item is None or found.item.first_published_at is not None:
        return
    item = workflow.locked_item(found.item.pk)
    state = item.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        state.cancel(user=by)
    compose(found, by=by)


def _touch(contribution: Contribution) -> None:
    contribution.touched_at = timezone.now()
    contribution.save(update_fields=["touched_at"])


@transaction.atomic
def name_person(contribution: Contribution, person: Person | None, *, by: User) -> None:
    """Say whom it is about.

    Raises:
        NotHers: It is not hers.
    """
    found = held(contribution, by=by)
    found.about = person
    found.save(update_fields=["about"])
    compose(found, by=by)
