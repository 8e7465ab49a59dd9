"""The frame: from answers to title, summary, picture and body. Same answers, same draft."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms.accounts.models import Person
from cms.contributions.wording import lines_of, numbered, paragraphs, plain
from cms.core.wall_clock import hub_zone
from cms.stories.questions.patterns import filled, first_sentence, shortened
from cms.stories.questions.shapes import AnswerKind, Layout, Part, Question, Questions, Shape

LONGEST_TITLE = 140
LONGEST_SUMMARY = 300
LONGEST_QUOTE = 280
LONGEST_HEADING = 120
LONGEST_BOX_TITLE = 80

type Block = dict[str, Any]


@dataclass(frozen=True)
class Photo:
    """A picture with an answer: its key, what can be seen in it, and the keys of who is in it."""

    image: int
    alt: str = ""
    people: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Given:
    """Everything the frame knows.

    Attributes:
        name: Of the contribution; the blocks are named after it.
        answers: As typed, by the key of their question.
        photos: By the key of their question, in order.
        facts: About the colleague it is about, see `facts_of`.
        about: The key of that colleague.
        language: In which the item is written.
        place: The name of the rubric.
    """

    name: UUID
    answers: Mapping[str, str]
    photos: Mapping[str, Sequence[Photo]]
    facts: Mapping[str, str]
    about: int | None
    language: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Framed:
    """What the frame makes of it, as Wagtail keeps it.

    Attributes:
        shown: The keys of who is in each picture, by the key of the picture, as JSON has it.
    """

    title: str
    summary: str
    lead_image: int | None = None
    lead_image_alt: str = ""
    about: int | None = None
    body: list[Block] = field(default_factory=list)
    shown: dict[str, list[int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def framed(questions: Questions, given: Given) -> Framed:
    """Return the draft that these answers make."""
    frame = questions.frame
    said = {key: plain(text) for key, text in given.answers.items()}
    title = filled(frame.title_in(given.language), said, given.facts)
    summary = filled(frame.summary_in(given.language), said, given.facts)
    lead = next(iter(given.photos.get(frame.picture, ())), None)
    return Framed(
        title=shortened(title, most=LONGEST_TITLE) or _stand_in_title(given),
        summary=shortened(summary, most=LONGEST_SUMMARY),
        lead_image=lead.image if lead else None,
        lead_image_alt=lead.alt[:255] if lead else "",
        about=given.about,
        body=[*_cut_off(questions, given, title, summary), *_body(questions, given)],
        shown={
            str(photo.image): sorted(photo.people)
            for photos in given.photos.values()
            for photo in photos
            if photo.people
        },
    )


def _stand_in_title(given: Given) -> str:
    person = given.facts.get("person")
    return f"{given.place}: {person}" if person else given.place


def _cut_off(questions: Questions, given: Given, title: str, summary: str) -> Iterator[Block]:
    """Keep whole what the title or the summary had no room for."""
    frame = questions.frame
    placed = {part.key for part in frame.body}
    spoken: set[str] = set()
    if len(title) > LONGEST_TITLE:
        spoken |= frame.title_in(given.language).whole
    if len(summary) > LONGEST_SUMMARY:
        spoken |= frame.summary_in(given.language).whole
    for question in questions.asked:
        if question.key in spoken - placed:
            yield from _text_blocks(question, Part(question.key), given, Layout.TEXT)


def _body(questions: Questions, given: Given) -> Iterator[Block]:
    frame = questions.frame
    quote_after = max(1, len(frame.body) // 2)
    for number, part in enumerate(frame.body, start=1):
        yield from _part(questions.by_key[part.key], part, given, questions)
        if number == quote_after:
            yield from _quote(frame.quote, given)


def _part(question: Question, part: Part, given: Given, questions: Questions) -> Iterator[Block]:
    if part.shape == Shape.PICTURES:
        yield from _pictures(question, given, is_lead=question.key == questions.frame.picture)
    elif given.answers.get(part.key, "").strip():
        yield from _text_blocks(question, part, given, questions.frame.layout)


def _pictures(question: Question, given: Given, *, is_lead: bool) -> Iterator[Block]:
    """Show every photo but the one that stands above the text already."""
    for photo in given.photos.get(question.key, ())[1 if is_lead else 0 :]:
        picture = {"image": photo.image, "decorative": False, "alt_text": photo.alt}
        value = {"image": picture, "caption": ""}
        yield _block(given, f"{question.key}.{photo.image}", "image", value)


def _text_blocks(question: Question, part: Part, given: Given, layout: Layout) -> Iterator[Block]:
    key = question.key
    text = in_language(question, given.answers[key], given.language)
    ask = question.worded(given.language).ask
    html = numbered(text) if part.shape == Shape.NUMBERED else paragraphs(text)
    if part.shape == Shape.CALL_OUT:
        title = shortened(ask, most=LONGEST_BOX_TITLE)
        yield _block(given, key, "call_out", {"title": title, "body": html})
    elif layout == Layout.QUESTIONS:
        yield _block(given, key, "question_answer", {"question": ask, "answer": html})
    else:
        if layout == Layout.HEADINGS:
            heading = {"text": shortened(ask, most=LONGEST_HEADING)}
            yield _block(given, f"{key}.heading", "heading", heading)
        yield _block(given, key, "paragraph", html)


def in_language(question: Question, text: str, language: str) -> str:
    """Return a choice in the language of the item; other answers are said in her own words."""
    if question.kind != AnswerKind.CHOICE:
        return text
    told = question.worded(language).options
    spoken = {
        option: told[place]
        for wording in question.wordings.values()
        for place, option in enumerate(wording.options)
    }
    return "\n".join(spoken.get(line, line) for line in lines_of(text))


def _quote(key: str, given: Given) -> Iterator[Block]:
    """Show one sentence large; never a cut one, and not one that is all there is."""
    said = plain(given.answers.get(key, ""))
    sentence = first_sentence(said)
    if sentence != said and len(sentence) <= LONGEST_QUOTE:
        yield _block(
            given, f"{key}.quote", "pull_quote", {"text": sentence, "speaker": given.about}
        )


def _block(given: Given, name: str, kind: str, value: Any) -> Block:
    """Name a block after its answer, so that it is known again in the draft."""
    return {"type": kind, "value": value, "id": block_id(given.name, name)}


def block_id(contribution: UUID, name: str) -> str:
    return str(uuid5(contribution, name))


def facts_of(person: Person | None, language: str) -> dict[str, str]:
    """Return what a pattern may say of a colleague, in the words of a language."""
    if person is None:
        return {}
    with override(language):
        facts = {
            "person": person.name,
            "role": person.role,
            "department": person.department.name if person.department else "",
            "location": person.location.name if person.location else "",
            **_since(person.started),
        }
    return {name: words for name, words in facts.items() if words}


def _since(started: str) -> dict[str, str]:
    year, _dash, month = started.partition("-")
    if not (year.isdecimal() and month.isdecimal() and int(month) in MONTHS):
        return {}
    now = timezone.now().astimezone(hub_zone())
    whole = now.year - int(year) - (now.month < int(month))
    words = ngettext("%(n)s year", "%(n)s years", whole) % {"n": whole}
    return {
        "start_month": _("%(month)s %(year)s") % {"month": MONTHS[int(month)], "year": year},
        "years": words if whole > 0 else "",
    }
