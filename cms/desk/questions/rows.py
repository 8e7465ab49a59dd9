"""The screen's fields: from a question set to what is typed, and back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from cms.core.languages import Language
from cms.desk.questions.spoken import from_words, in_words
from cms.stories.questions.patterns import KEY, PERSON_FACTS
from cms.stories.questions.shapes import AnswerKind, AskedOf, ItemKind, Layout, Questions, Shape

ASIDE = "aside"
"""In the place of a shape: the answer stays in the newsroom."""
ELSEWHERE = "elsewhere"
"""In the place of a shape: the title or the summary says all of it."""
LONGEST_KEY = 38
WRITTEN = ("title", "title_there", "summary", "summary_there")
"""What is made of answers and words; kept with keys, shown with the numbers of questions."""


@dataclass(frozen=True)
class Words:
    """A question in one language, as it is typed."""

    ask: str = ""
    help: str = ""
    options: str = ""


@dataclass(frozen=True)
class Row:
    """One question, as it is typed."""

    key: str = ""
    answer: str = AnswerKind.SHORT
    required: bool = False
    words: str = ""
    asked_of: str = AskedOf.AMBASSADOR
    photos: str = "1"
    several: bool = False
    shape: str = Shape.TEXT
    here: Words = Words()
    there: Words = Words()

    @property
    def is_empty(self) -> bool:
        return not self.said

    @property
    def said(self) -> str:
        """The question itself, in the language of the rubric if it is there."""
        return self.here.ask.strip() or self.there.ask.strip()


@dataclass(frozen=True)
class Typed:
    """All that the screen holds.

    Attributes:
        language: Of the rubric; the other one is asked for beside it.
    """

    language: str
    kind: str = ItemKind.STORY
    layout: str = Layout.TEXT
    title: str = ""
    title_there: str = ""
    summary: str = ""
    summary_there: str = ""
    quote: str = ""
    picture: str = ""
    connection: str = ""
    rows: Sequence[Row] = field(default_factory=list)

    @property
    def other_language(self) -> str:
        return next(each for each in Language.values if each != self.language)

    @property
    def written(self) -> dict[str, str]:
        """Title and summary as the screen says them."""
        return {name: in_words(getattr(self, name), self.keys) for name in WRITTEN}

    @property
    def keys(self) -> list[str]:
        """The names of the questions, in the order of the screen."""
        return [row.key for row in self.rows]

    @property
    def named(self) -> "Typed":
        """Give every question a name; those that have one keep it, so that answers keep theirs."""
        taken: set[str] = set(PERSON_FACTS)
        rows: list[Row] = []
        for row in self.rows:
            key = row.key if KEY.match(row.key) and row.key not in taken else ""
            key = key or _name_for(row.here.ask or row.there.ask, taken)
            taken.add(key)
            rows.append(replace(row, key=key))
        return replace(self, rows=rows)

    def as_raw(self) -> dict[str, Any]:
        """Return what a file would say; empty rows are left out."""
        rows = [row for row in self.named.rows if not row.is_empty]
        return {
            "kind": self.kind,
            "connection": self.connection,
            "questions": [_raw_question(row, self) for row in rows],
            "frame": {
                "layout": Layout.QUESTIONS if self.kind == ItemKind.INTERVIEW else self.layout,
                "title": self._in_both(self.title, self.title_there),
                "summary": self._in_both(self.summary, self.summary_there),
                "quote": f"excerpt({self.quote})" if self.quote else "",
                "lead_image": f"{{{self.picture}}}" if self.picture else "",
                "body": [entry for row in rows if (entry := _entry(row, self.picture))],
                "newsroom_only": [row.key for row in rows if row.shape == ASIDE],
            },
        }

    def _in_both(self, here: str, there: str) -> str | dict[str, str]:
        other = there.strip() or here
        return here if other == here else {self.language: here, self.other_language: other}


def _raw_question(row: Row, typed: Typed) -> dict[str, Any]:
    raw: dict[str, Any] = {"key": row.key, "answer": row.answer, "required": row.required}
    if row.words.strip():
        raw["words"] = "-".join(re.findall(r"\d+", row.words)) or row.words
    if row.asked_of not in {"", AskedOf.AMBASSADOR}:
        raw["for"] = row.asked_of
    if row.answer == AnswerKind.PHOTO and row.photos.strip() not in {"", "1"}:
        raw["photos"] = int(row.photos) if row.photos.isdecimal() else row.photos
    if row.answer == AnswerKind.CHOICE and row.several:
        raw["several"] = True
    for language, words in ((typed.language, row.here), (typed.other_language, row.there)):
        if words.ask.strip():
            raw[language] = {"ask": words.ask.strip(), "help": words.help.strip()}
            if row.answer == AnswerKind.CHOICE:
                raw.setdefault("options", {})[language] = _lines(words.options)
    return raw


def _entry(row: Row, picture: str) -> str:
    if row.shape in {ASIDE, ELSEWHERE}:
        return ""
    if row.answer == AnswerKind.PHOTO:
        is_only_lead = row.key == picture and row.photos.strip() in {"", "1"}
        return "" if is_only_lead else f"gallery({row.key})"
    return row.key if row.shape in {Shape.TEXT, Shape.PICTURES} else f"{row.shape}({row.key})"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _name_for(ask: str, taken: set[str]) -> str:
    """Make a name out of a question's first words."""
    words = [word for word in slugify(ask).split("-") if word][:4]
    base = re.sub(r"\A[^a-z]+", "", "_".join(words))[:LONGEST_KEY].strip("_") or "question"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base[: LONGEST_KEY - 3]}_{number}"
    return name


def typed_of(questions: Questions, language: str) -> Typed:
    """Return a set as the screen shows it."""
    frame = questions.frame
    typed = Typed(
        language=language,
        kind=questions.kind,
        layout=frame.layout,
        title=frame.title_in(language).source,
        summary=frame.summary_in(language).source,
        quote=frame.quote,
        picture=frame.picture,
        connection=questions.connection,
    )
    other = typed.other_language
    return replace(
        typed,
        title_there=_different(frame.title_in(other).source, typed.title),
        summary_there=_different(frame.summary_in(other).source, typed.summary),
        rows=[*_rows(questions, language, other)],
    )


def _different(there: str, here: str) -> str:
    return "" if there == here else there


def _rows(questions: Questions, language: str, other: str) -> Iterator[Row]:
    shapes = {part.key: str(part.shape) for part in questions.frame.body}
    shapes |= dict.fromkeys(questions.frame.newsroom_only, ASIDE)
    for one in questions.asked:
        yield Row(
            key=one.key,
            answer=one.kind,
            required=one.required,
            words="-".join(str(number) for number in one.words) if one.words else "",
            asked_of=one.asked_of,
            photos=str(one.photos),
            several=one.several,
            shape=shapes.get(one.key, Shape.TEXT if one.kind == AnswerKind.PHOTO else ELSEWHERE),
            here=_words(one.wordings.get(language)),
            there=_words(one.wordings.get(other)),
        )


def _words(wording: Any) -> Words:
    if wording is None:
        return Words()
    return Words(wording.ask, wording.help, "\n".join(wording.options))


def typed_in(posted: QueryDict, language: str) -> Typed:
    """Return what was typed on the screen."""
    count = posted.get("count", "0")
    number = min(int(count), 60) if count.isdecimal() else 0
    names = ("kind", "layout", "quote", "picture", "connection")
    fields = {name: posted.get(name, "") for name in names}
    shown = [_row(posted, place) for place in range(number)]
    typed = Typed(language=language, rows=shown, **fields).named
    keys = typed.keys
    gone = frozenset(key for place, key in enumerate(keys) if f"{place}-remove" in posted)
    written = {name: from_words(posted.get(name, ""), keys, left_out=gone) for name in WRITTEN}
    return replace(typed, rows=[row for row in typed.rows if row.key not in gone], **written)


def _row(posted: Mapping[str, str], place: int) -> Row:
    def of(name: str) -> str:
        return posted.get(f"{place}-{name}", "")

    return Row(
        key=of("key"),
        answer=of("answer"),
        required=bool(of("required")),
        words=of("words"),
        asked_of=of("asked_of"),
        photos=of("photos"),
        several=bool(of("several")),
        shape=of("shape"),
        here=Words(of("ask"), of("help"), of("options")),
        there=Words(of("ask_there"), of("help_there"), of("options_there")),
    )


def moved(typed: Typed, *, up: str = "", down: str = "") -> Typed:
    """Return the same with one question a place higher or lower."""
    rows = list(typed.rows)
    for word, step in ((up, -1), (down, 1)):
        if word.isdecimal() and int(word) < len(rows):
            place = int(word)
            there = min(max(place + step, 0), len(rows) - 1)
            rows[place], rows[there] = rows[there], rows[place]
    return replace(typed, rows=rows)
