"""What the form shows of a contribution: its questions with their answers, in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.utils.translation import get_language

from cms.contributions.composing import Written, written_in
from cms.contributions.models import Answer, AnswerPhoto, Contribution, OtherVersion
from cms.contributions.wording import lines_of
from cms.contributions.writers import Writer, questions_for
from cms.desk.write.advice import advice_on
from cms.stories.questions.shapes import AnswerKind, AskedOf, Question, Wording

LONG_BY = 1.5
"""From so many times what is enough, the form says that it is long."""
MARK = 16


@dataclass(frozen=True)
class Field:
    """One text that is typed, with what a page needs to send it again safely."""

    key: str
    text: str = ""
    revision: int = 0
    writer: str = ""
    turn: int = 0
    saved_at: datetime | None = None
    others: Sequence[OtherVersion] = ()

    @property
    def mark(self) -> str:
        """Know again, in a form that is sent back whole, a text that nobody touched."""
        return marked(self.text)

    @property
    def name(self) -> str:
        return f"answer-{self.key}"


def marked(text: str) -> str:
    return sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:MARK]


@dataclass(frozen=True)
class ShownPhoto:
    photo: AnswerPhoto
    alt: Field
    who: Field


@dataclass(frozen=True)
class Asked:
    """A question as it is asked, with what was answered."""

    number: int
    question: Question
    wording: Wording
    field: Field
    photos: Sequence[ShownPhoto] = ()
    chosen: Sequence[str] = ()

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def is_answered(self) -> bool:
        return bool(self.field.text.strip() or self.photos)

    @property
    def is_photo(self) -> bool:
        return self.question.kind == AnswerKind.PHOTO

    @property
    def is_choice(self) -> bool:
        return self.question.kind == AnswerKind.CHOICE

    @property
    def takes_more(self) -> bool:
        return len(self.photos) < self.question.photos

    @property
    def is_for_interviewee(self) -> bool:
        return self.question.asked_of == AskedOf.INTERVIEWEE

    @property
    def advice(self) -> str:
        return advice_on(self.question)

    @property
    def enough(self) -> int:
        """As many words as are enough; 0 where nobody counts."""
        return self.question.words[1] if self.question.words else 0

    @property
    def long_from(self) -> int:
        return round(self.enough * LONG_BY)

    @property
    def rows(self) -> int:
        return 7 if self.question.kind == AnswerKind.LONG else 4


@dataclass(frozen=True)
class Progress:
    """How far somebody is."""

    done: int
    total: int
    next_number: int

    @property
    def is_begun(self) -> bool:
        return self.done > 0

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class ShownForm:
    contribution: Contribution
    written: Written
    asked: list[Asked] = field(default_factory=list)

    @property
    def progress(self) -> Progress:
        return progress_of([each.is_answered for each in self.asked])

    @property
    def fields(self) -> list[Field]:
        """Everything that can be typed here."""
        found = [each.field for each in self.asked if not each.is_photo]
        for each in self.asked:
            found += [text for photo in each.photos for text in (photo.alt, photo.who)]
        return found


def progress_of(answered: Sequence[bool]) -> Progress:
    first_open = answered.index(False) + 1 if False in answered else len(answered)
    return Progress(done=sum(answered), total=len(answered), next_number=first_open)


def shown(contribution: Contribution, writer: Writer) -> ShownForm:
    """Return everything about a contribution that its form shows to this writer."""
    written = written_in(contribution)
    others: dict[str, list[OtherVersion]] = {}
    for other in contribution.other_versions.all():
        others.setdefault(other.key, []).append(other)
    language = get_language() or contribution.language
    asked = [
        Asked(
            number=number,
            question=question,
            wording=question.worded(language),
            field=_field(question.key, written, others),
            photos=[_photo(each, written, others) for each in written.photos_of(question.key)],
            chosen=_chosen(question, written.text(question.key), language),
        )
        for number, question in enumerate(questions_for(contribution, writer), start=1)
    ]
    return ShownForm(contribution, written, asked)


def _photo(
    photo: AnswerPhoto, written: Written, others: dict[str, list[OtherVersion]]
) -> ShownPhoto:
    alt, who = (_field(key, written, others) for key in (photo.alt_key, photo.who_key))
    return ShownPhoto(photo, alt, who)


def photo_field(photo: AnswerPhoto) -> ShownPhoto:
    """Return a photo that nothing was said of yet."""
    return ShownPhoto(photo, Field(photo.alt_key), Field(photo.who_key))


def _field(key: str, written: Written, others: dict[str, list[OtherVersion]]) -> Field:
    answer: Answer | None = written.answers.get(key)
    beside = others.get(key, ())
    if answer is None:
        return Field(key, others=beside)
    return Field(
        key=key,
        text=answer.text,
        revision=answer.revision,
        writer=answer.writer,
        turn=answer.turn,
        saved_at=answer.saved_at,
        others=beside,
    )


def _chosen(question: Question, text: str, language: str) -> list[str]:
    """Return what was chosen, in the language in which it is asked."""
    told = question.worded(language).options
    spoken = {
        option: told[place]
        for wording in question.wordings.values()
        for place, option in enumerate(wording.options)
    }
    return [spoken.get(line, line) for line in lines_of(text)]
