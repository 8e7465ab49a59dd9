"""What an approver looks at in a rubric: what Plein measures, and what only a person sees."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.stories.models import Announcement, Connection, EditorialPage
from cms.workflow import plain_words
from cms.workflow.models import Checklist
from cms.workflow.permissions import rubric_of
from cms.workflow.plain_words import LONG_SENTENCE, MOST_NAMED, Reading

PLAIN, LENGTH, PURPOSE = "plain", "length", "purpose"
MEASURES = {
    PLAIN: gettext_lazy("Plain words (B1): sentences and words that are not too long"),
    LENGTH: gettext_lazy("Not too short and not too long"),
    PURPOSE: gettext_lazy("What it connects with and which goal it serves"),
}
"""What Plein looks at by itself where a rubric does not leave it out."""
BRIEF = 90
"""Letters of a sentence that is named; enough to find it."""


@dataclass(frozen=True)
class Row:
    """One line of the checklist.

    Attributes:
        said: The finding, in a sentence.
        is_right: Whether it needs no second look.
        named: The sentences or words that it is about.
    """

    said: str
    is_right: bool
    named: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Looked:
    """What was measured, and what the approver looks at herself."""

    measured: list[Row]
    own_rows: list[str]


def look_at(page: EditorialPage) -> Looked:
    """Measure an item by the checklist of its rubric; hints for people, they stop nothing."""
    rubric = rubric_of(page)
    found = Checklist.objects.filter(rubric=rubric).first() if rubric else None
    checklist = found or Checklist(rubric=rubric)
    rows = [row.strip() for row in checklist.own_rows.splitlines() if row.strip()]
    if rubric and rubric.tone:
        rows.insert(0, _("The tone fits: %(tone)s") % {"tone": rubric.tone})
    return Looked(list(_measured(page, checklist)), rows)


def _measured(page: EditorialPage, checklist: Checklist) -> Iterator[Row]:
    reading = plain_words.reading_of(page)
    if PLAIN not in checklist.left_out:
        yield _of_words(reading)
    if LENGTH not in checklist.left_out:
        yield _of_length(reading.words, checklist)
    is_asked = page.connection and not isinstance(page, Announcement)
    if PURPOSE not in checklist.left_out and is_asked:
        yield _of_purpose(page)


def _of_words(reading: Reading) -> Row:
    average = {"n": round(reading.average)}
    if reading.is_plain:
        said = ngettext(
            "Reads easily: %(n)s word a sentence",
            "Reads easily: %(n)s words a sentence",
            average["n"],
        )
        return Row(said % average, is_right=True)
    if reading.long_sentences:
        number = len(reading.long_sentences)
        said = ngettext(
            "%(n)s sentence has more than %(most)s words",
            "%(n)s sentences have more than %(most)s words",
            number,
        ) % {"n": number, "most": LONG_SENTENCE}
        return Row(
            said, is_right=False, named=[_brief(one) for one in reading.long_sentences[:MOST_NAMED]]
        )
    if reading.long_words:
        number = len(reading.long_words)
        said = ngettext("%(n)s very long word", "%(n)s very long words", number) % {"n": number}
        return Row(said, is_right=False, named=reading.long_words[:MOST_NAMED])
    return Row(
        _("Sentences of %(n)s words on average: shorter reads easier") % average, is_right=False
    )


def _of_length(words: int, checklist: Checklist) -> Row:
    said = ngettext("%(n)s word", "%(n)s words", words) % {"n": words}
    fewest, most = checklist.fewest_words, checklist.most_words
    if fewest and words < fewest:
        return Row(
            _("%(said)s: short, %(n)s is usual here") % {"said": said, "n": fewest}, is_right=False
        )
    if most and words > most:
        return Row(
            _("%(said)s: long, %(n)s is enough here") % {"said": said, "n": most}, is_right=False
        )
    return Row(said, is_right=True)


def _of_purpose(page: EditorialPage) -> Row:
    if page.connection == Connection.PRACTICAL:
        return Row(_("Practical: it needs no goal"), is_right=True)
    words = {"what": page.get_connection_display().lower(), "goal": page.goal}
    if page.goal is None:
        return Row(_("Connects with: %(what)s. No goal was chosen.") % words, is_right=True)
    return Row(_("Connects with: %(what)s. Goal: %(goal)s") % words, is_right=True)


def _brief(sentence: str) -> str:
    return sentence if len(sentence) <= BRIEF else sentence[: BRIEF - 1].rstrip() + "…"
