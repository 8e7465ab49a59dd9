"""What a rubric asks and what becomes of the answers; read once, then only looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cms.stories.questions.patterns import PERSON_FACTS, Pattern


class AnswerKind(TextChoices):
    """With what a question is answered."""

    SHORT = "short", _("a sentence or two")
    LONG = "long", _("a piece of text")
    PHOTO = "photo", _("a photo")
    CHOICE = "choice", _("a choice")


class ItemKind(TextChoices):
    """What the answers become."""

    STORY = "story", _("Story")
    INTERVIEW = "interview", _("Interview")


class AskedOf(TextChoices):
    """Who answers."""

    AMBASSADOR = "ambassador", _("who writes")
    INTERVIEWEE = "interviewee", _("who it is about")


class Layout(TextChoices):
    """What becomes of the questions themselves."""

    QUESTIONS = "qa", _("questions with their answers")
    HEADINGS = "headings", _("questions as headings")
    TEXT = "text", _("answers only")


class Shape(TextChoices):
    """In what shape an answer stands in the body."""

    TEXT = "text", _("as text")
    NUMBERED = "numbered", _("as numbered steps")
    CALL_OUT = "callout", _("in a box")
    PICTURES = "gallery", _("as pictures")


@dataclass(frozen=True)
class Wording:
    """A question in one language."""

    ask: str
    help: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        key: Its name, the same in every version and language.
        required: Asked for before submitting; never before going on.
        words: How many are enough, from and to; None where nobody counts.
        photos: How many pictures a photo question takes at most.
        several: Whether more than one choice may be made.
        wordings: By language; every question has at least one.
    """

    key: str
    kind: AnswerKind
    required: bool
    asked_of: AskedOf
    wordings: Mapping[str, Wording]
    words: tuple[int, int] | None = None
    photos: int = 1
    several: bool = False

    def worded(self, language: str) -> Wording:
        """Return it in this language, else in the one it was written in."""
        return self.wordings.get(language) or next(iter(self.wordings.values()))


@dataclass(frozen=True)
class Part:
    """One answer's place in the body."""

    key: str
    shape: Shape = Shape.TEXT


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Which answer becomes what.

    Attributes:
        title: By language.
        summary: By language.
        quote: The key of the answer whose first sentence is shown large, or nothing.
        picture: The key of the photo above the text, or nothing.
        body: In the order of the page.
        newsroom_only: Keys of answers that stay in the newsroom.
    """

    layout: Layout
    title: Mapping[str, Pattern]
    summary: Mapping[str, Pattern]
    quote: str = ""
    picture: str = ""
    body: tuple[Part, ...] = ()
    newsroom_only: frozenset[str] = field(default_factory=frozenset)

    def title_in(self, language: str) -> Pattern:
        return self.title.get(language) or next(iter(self.title.values()))

    def summary_in(self, language: str) -> Pattern:
        return self.summary.get(language) or next(iter(self.summary.values()))


@dataclass(frozen=True, kw_only=True)
class Questions:
    """A whole set: what is asked and what becomes of it.

    Attributes:
        connection: What its stories mostly connect a colleague with, or nothing.
    """

    kind: ItemKind
    asked: tuple[Question, ...]
    frame: Frame
    connection: str = ""

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.asked}

    @cached_property
    def is_about_somebody(self) -> bool:
        """Say whether the form asks whom it is about."""
        patterns = [*self.frame.title.values(), *self.frame.summary.values()]
        named = {piece.name for pattern in patterns for piece in pattern.pieces}
        return self.kind == ItemKind.INTERVIEW or bool(named & PERSON_FACTS)
