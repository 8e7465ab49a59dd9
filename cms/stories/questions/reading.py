"""Reads a question set from a file or a form, or says what is wrong, where, and how to mend it.

The same reader stands in front of the database, so what is kept can always be read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from cms.core.languages import Language
from cms.stories.questions.patterns import KEY, PERSON_FACTS, Pattern, read, unknown_in
from cms.stories.questions.shapes import (
    AnswerKind,
    AskedOf,
    Frame,
    ItemKind,
    Layout,
    Part,
    Question,
    Questions,
    Shape,
    Wording,
)

type Raw = Mapping[str, Any]

MOST_QUESTIONS = 20
MOST_PHOTOS = 6
LONGEST_ASK = 240
"""As long as the heading of a question on the hub may be."""
LONGEST_HELP = 400
_ENTRY = re.compile(r"(?:(\w+)\((\w+)\)|(\w+))\Z")
_WHOLE = re.compile(r"\{(\w+)(?:\[\d+\])?\}\Z")
_EXCERPT = re.compile(r"excerpt\((\w+)\)\Z")
_WORDS = re.compile(r"(\d{1,5})-(\d{1,5})\Z")
OF_QUESTION = frozenset(
    {"key", "answer", "required", "words", "for", "photos", "options", "several"}
)
OF_SET = ("kind", "connection", "frame", "questions")
OF_FRAME = frozenset({"title", "summary", "quote", "lead_image", "layout", "body", "newsroom_only"})


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        where: The key in the file, such as `questions[2].words`.
        message: What is wrong and what to do, in the words of who writes the file.
        name: Which question, or what stands in the place of one, where it is about that.
    """

    where: str
    message: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class UnreadableQuestionsError(ValueError):
    """A set that can't be used; `faults` says all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def questions_of(raw: Raw) -> Questions:
    """Return the set that a file or a form describes.

    Raises:
        UnreadableQuestionsError: Naming every key that is wrong, and how to mend it.
    """
    reader = _Reader()
    found = reader.questions(raw)
    if reader.faults or found is None:
        raise UnreadableQuestionsError(reader.faults)
    return found


def stored(raw: Raw) -> dict[str, Any]:
    """Return the part of a rubric's file that is the question set."""
    kept = {name: deepcopy(raw.get(name)) for name in OF_SET if raw.get(name)}
    questions_of(kept)
    return kept


class _Reader:
    """Reads on after a fault, so that all of them are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, message: str, *, name: str = "") -> None:
        self.faults.append(Fault(where, message, name))

    def questions(self, raw: Raw) -> Questions | None:
        kind = self._choice(raw.get("kind"), "kind", ItemKind, usual=None)
        rows = raw.get("questions")
        if not isinstance(rows, list) or not 0 < len(rows) <= MOST_QUESTIONS:
            words = _("Ask at least one question and at most %(most)s.")
            self.fault("questions", words % {"most": MOST_QUESTIONS})
            return None
        found = [self._question(row, f"questions[{n}]") for n, row in enumerate(rows, start=1)]
        asked = tuple(question for question in found if question)
        self._refuse_twins(asked)
        frame = self._frame(raw.get("frame"), asked)
        if kind is None or frame is None or len(asked) < len(rows):
            return None
        self._check_whole(kind, asked, frame)
        connection = str(raw.get("connection") or "")
        return Questions(kind=kind, asked=asked, frame=frame, connection=connection)

    def _choice[Choice: TextChoices](
        self, value: Any, where: str, choices: type[Choice], *, usual: Choice | None
    ) -> Choice | None:
        if value is None and usual is not None:
            return usual
        if value in choices.values:
            return choices(value)
        words = _("‘%(value)s’ can't be used here. Choose one of: %(choices)s.")
        self.fault(where, words % {"value": value, "choices": ", ".join(choices.values)})
        return None

    def _question(self, raw: Any, where: str) -> Question | None:
        if not isinstance(raw, Mapping):
            self.fault(where, _("Write a question with a key, a kind of answer and its words."))
            return None
        self._refuse_unknown(raw, where, OF_QUESTION | set(Language.values))
        key = raw.get("key")
        if not isinstance(key, str) or not KEY.match(key) or key in PERSON_FACTS:
            words = _("Give it a name of small letters, such as ‘first_day’.")
            self.fault(f"{where}.key", words)
            return None
        where = f"{where} ({key})"
        kind = self._choice(raw.get("answer"), f"{where}.answer", AnswerKind, usual=None)
        asked_of = self._choice(raw.get("for"), f"{where}.for", AskedOf, usual=AskedOf.AMBASSADOR)
        wordings = self._wordings(raw, where, kind)
        if kind is None or asked_of is None or not wordings:
            return None
        return Question(
            key=key,
            kind=kind,
            required=self._flag(raw.get("required", False), f"{where}.required"),
            asked_of=asked_of,
            wordings=wordings,
            words=self._words(raw.get("words"), f"{where}.words"),
            photos=self._photos(raw.get("photos", 1), f"{where}.photos"),
            several=self._flag(raw.get("several", False), f"{where}.several"),
        )

    def _refuse_unknown(self, raw: Raw, where: str, known: set[str] | frozenset[str]) -> None:
        for name in sorted(str(name) for name in raw if name not in known):
            words = _("Nothing is called this. Take it out, or write one of: %(known)s.")
            self.fault(f"{where}.{name}", words % {"known": ", ".join(sorted(known))})

    def _flag(self, value: Any, where: str) -> bool:
        if not isinstance(value, bool):
            self.fault(where, _("Write true or false."))
        return value is True

    def _words(self, value: Any, where: str) -> tuple[int, int] | None:
        if value in (None, ""):
            return None
        match = _WORDS.match(str(value))
        if match is None or int(match[1]) > int(match[2]) or not int(match[2]):
            self.fault(where, _("Write how many words are enough, from and to, such as 10-40."))
            return None
        return int(match[1]), int(match[2])

    def _photos(self, value: Any, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_PHOTOS:
            words = _("Write how many photos there may be, from 1 to %(most)s.")
            self.fault(where, words % {"most": MOST_PHOTOS})
            return 1
        return value

    def _wordings(self, raw: Raw, where: str, kind: AnswerKind | None) -> dict[str, Wording]:
        options = raw.get("options") or {}
        if not isinstance(options, Mapping):
            self.fault(f"{where}.options", _("Write a list of choices for each language."))
            options = {}
        found = {
            language: wording
            for language in Language.values
            if language in raw
            and (wording := self._wording(raw[language], f"{where}.{language}", options, language))
        }
        if not any(language in raw for language in Language.values):
            self.fault(where, _("Write the question as you would say it aloud, under nl or en."))
        if kind == AnswerKind.CHOICE:
            self._check_options(found, f"{where}.options")
        return found

    def _wording(self, raw: Any, where: str, options: Raw, language: str) -> Wording | None:
        ask = raw.get("ask") if isinstance(raw, Mapping) else None
        if not isinstance(ask, str) or not ask.strip() or len(ask) > LONGEST_ASK:
            words = _("Write the question as you would say it aloud, in %(most)s characters.")
            self.fault(f"{where}.ask", words % {"most": LONGEST_ASK})
            return None
        help_text = raw.get("help") or ""
        if not isinstance(help_text, str) or len(help_text) > LONGEST_HELP:
            words = _("Write help of at most %(most)s characters, or none.")
            self.fault(f"{where}.help", words % {"most": LONGEST_HELP})
            return None
        given = options.get(language) or ()
        if isinstance(given, str) or not all(str(option).strip() for option in given):
            self.fault(f"{where}.options", _("Write a list of choices for each language."))
            return None
        return Wording(ask.strip(), help_text.strip(), tuple(str(one).strip() for one in given))

    def _check_options(self, wordings: Mapping[str, Wording], where: str) -> None:
        numbers = {len(wording.options) for wording in wordings.values()}
        if len(numbers) > 1:
            self.fault(where, _("Give as many choices in every language, in the same order."))
        elif numbers and min(numbers) < len(("one", "or another")):
            self.fault(where, _("Give at least two choices."))

    def _refuse_twins(self, asked: Sequence[Question]) -> None:
        keys = [question.key for question in asked]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            words = _("Two questions are called ‘%(key)s’. Give one of them another name.")
            self.fault("questions", words % {"key": key})

    def _frame(self, raw: Any, asked: Sequence[Question]) -> Frame | None:
        if not isinstance(raw, Mapping):
            self.fault("frame", _("Say what the answers become: title, summary and body."))
            return None
        self._refuse_unknown(raw, "frame", OF_FRAME)
        kinds = {question.key: question.kind for question in asked}
        layout = self._choice(raw.get("layout"), "frame.layout", Layout, usual=None)
        title = self._patterns(raw.get("title"), "frame.title", kinds)
        summary = self._patterns(raw.get("summary"), "frame.summary", kinds)
        quote = self._named(raw.get("quote"), "frame.quote", _EXCERPT, kinds)
        picture = self._named(raw.get("lead_image"), "frame.lead_image", _WHOLE, kinds)
        if picture and kinds[picture] != AnswerKind.PHOTO:
            self.fault("frame.lead_image", _("Choose a question that asks for a photo."))
        if quote and kinds[quote] not in {AnswerKind.SHORT, AnswerKind.LONG}:
            self.fault("frame.quote", _("Choose a question that is answered in words."))
        body = tuple(self._body(raw.get("body"), kinds))
        aside = self._newsroom_only(raw.get("newsroom_only") or [], kinds)
        if layout is None or not title or not summary:
            return None
        return Frame(
            layout=layout,
            title=title,
            summary=summary,
            quote=quote,
            picture=picture,
            body=body,
            newsroom_only=aside,
        )

    def _patterns(
        self, raw: Any, where: str, kinds: Mapping[str, AnswerKind]
    ) -> dict[str, Pattern]:
        given = raw if isinstance(raw, Mapping) else dict.fromkeys(Language.values, raw)
        texts = {name: text for name, text in given.items() if isinstance(text, str) and text}
        if len(texts) < len(given) or not set(texts) <= set(Language.values) or not texts:
            self.fault(where, _("Say from which answer it comes, such as ‘excerpt(first_day)’."))
            return {}
        patterns = {name: read(text) for name, text in texts.items()}
        spoken = {key for key, kind in kinds.items() if kind != AnswerKind.PHOTO}
        for name in unknown_in(patterns.values(), spoken.__contains__):
            words = _("There is no answer called ‘%(name)s’ to put here. There are: %(known)s.")
            known = ", ".join([*sorted(spoken), *sorted(PERSON_FACTS)])
            self.fault(where, words % {"name": name, "known": known}, name=name)
        if not any(pattern.keys for pattern in patterns.values()):
            self.fault(where, _("Say from which answer it comes, such as ‘excerpt(first_day)’."))
        return patterns

    def _named(
        self, raw: Any, where: str, shape: re.Pattern[str], kinds: Mapping[str, AnswerKind]
    ) -> str:
        if raw in (None, ""):
            return ""
        match = shape.match(str(raw))
        if match is None or match[1] not in kinds:
            words = _("Name one of the questions, or leave it empty: %(known)s.")
            self.fault(where, words % {"known": ", ".join(sorted(kinds))}, name=str(raw))
            return ""
        return match[1]

    def _body(self, raw: Any, kinds: Mapping[str, AnswerKind]) -> Iterator[Part]:
        if not isinstance(raw, list) or not raw:
            self.fault("frame.body", _("Name the questions whose answers make the text."))
            return
        for number, entry in enumerate(raw, start=1):
            where = f"frame.body[{number}]"
            match = _ENTRY.match(str(entry))
            key = (match[2] or match[3]) if match else ""
            if match is None or key not in kinds:
                words = _("Name one of the questions: %(known)s.")
                self.fault(where, words % {"known": ", ".join(sorted(kinds))})
                continue
            shape = self._choice(match[1], where, Shape, usual=Shape.TEXT)
            if kinds[key] == AnswerKind.PHOTO and shape != Shape.PICTURES:
                self.fault(where, _("Write a photo as ‘gallery(%(key)s)’.") % {"key": key})
            elif kinds[key] != AnswerKind.PHOTO and shape == Shape.PICTURES:
                self.fault(where, _("There are no photos in this answer. Take ‘gallery’ off."))
            elif shape is not None:
                yield Part(key, shape)

    def _newsroom_only(self, raw: Any, kinds: Mapping[str, AnswerKind]) -> frozenset[str]:
        names = [str(name) for name in raw] if isinstance(raw, list) else [str(raw)]
        for name in sorted(set(names) - set(kinds)):
            words = _("There is no question called ‘%(name)s’. Take it out.")
            self.fault("frame.newsroom_only", words % {"name": name})
        return frozenset(names) & frozenset(kinds)

    def _check_whole(self, kind: ItemKind, asked: Sequence[Question], frame: Frame) -> None:
        if kind == ItemKind.INTERVIEW and frame.layout != Layout.QUESTIONS:
            words = _("An interview prints its questions: write ‘qa’.")
            self.fault("frame.layout", words)
        placed = [part.key for part in frame.body]
        for key in sorted({key for key in placed if placed.count(key) > 1}):
            words = _("‘%(key)s’ stands in the text twice. Take one out.")
            self.fault("frame.body", words % {"key": key})
        whole = [pattern.whole for pattern in (*frame.title.values(), *frame.summary.values())]
        used = {*placed, frame.picture, *frame.newsroom_only, *frozenset().union(*whole)}
        for question in asked:
            if question.key not in used:
                words = _(
                    "Nothing becomes of the answer to ‘%(key)s’. Name it in the text, or under"
                    " newsroom_only."
                )
                self.fault("frame.body", words % {"key": question.key}, name=question.key)
