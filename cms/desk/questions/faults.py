"""What is wrong with a set, said as the screen says things; a file has keys instead."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.desk.questions import spoken
from cms.desk.questions.rows import Row
from cms.stories.questions.reading import Fault

PLACES = {
    "frame.title": gettext_lazy("Title"),
    "frame.summary": gettext_lazy("Summary"),
    "frame.quote": gettext_lazy("Shown large"),
    "frame.lead_image": gettext_lazy("Photo above the text"),
}
WRITTEN = {"frame.title", "frame.summary"}
CHOSEN = {"frame.quote", "frame.lead_image"}
_OF_A_QUESTION = re.compile(r"\w+\[(\d+)\](?: \((\w+)\))?")


@dataclass(frozen=True)
class Told:
    """One thing that is wrong: where on the screen, and what to do."""

    place: str
    message: str


def told(faults: Iterable[Fault], rows: Sequence[Row]) -> Iterator[Told]:
    """Yield faults with the numbers and the words that the screen shows."""
    for fault in faults:
        yield Told(_place(fault, rows), _message(fault, [row.key for row in rows]))


def _place(fault: Fault, rows: Sequence[Row]) -> str:
    found = _OF_A_QUESTION.match(fault.where)
    if found is None and fault.where in PLACES:
        return str(PLACES[fault.where])
    key = fault.name if found is None else found[2]
    numbers = {row.key: number for number, row in enumerate(rows, start=1)}
    if key in numbers:
        return _("Question %(number)s") % {"number": numbers[key]}
    return _("The questions")


def _message(fault: Fault, keys: Sequence[str]) -> str:
    if fault.where in WRITTEN:
        name = spoken.in_words(f"{{{fault.name}}}", keys)
        words = {"name": name, "example": spoken.example()}
        if fault.name:
            return _("‘%(name)s’ stands for nothing. Write %(example)s, for instance.") % words
        return _("Say from which answer it comes, for instance %(example)s.") % words
    if fault.where in CHOSEN and fault.name:
        return _("Choose one of the questions, or leave it empty.")
    if fault.where == "frame.body":
        if fault.name:
            return _("Nothing becomes of this answer. Choose where it stands in the story.")
        return _("Let at least one answer stand in the story.")
    return fault.message
